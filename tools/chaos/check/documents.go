package check

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// documents holds the documents against the events that tell of them, and against their bytes.
func (c *checker) documents() {
	told := map[string]*entry{}
	for _, e := range c.found.entries {
		if e.kind != "document" {
			continue
		}
		d := e.event.Data
		if other := told[d.ID]; other != nil {
			c.report.add(Doubled, fmt.Sprintf("pos %d", e.pos), "document %s was attached at %d already", d.ID, other.pos)
		}
		told[d.ID] = e
		if row := c.found.documents[d.ID]; row == nil {
			c.report.add(Lost, fmt.Sprintf("pos %d", e.pos), "document %s was attached and is not there", d.ID)
		} else if row.proposal != e.proposal || row.sha256 != d.SHA256 {
			c.report.add(Altered, fmt.Sprintf("pos %d", e.pos), "document %s is not the one that was attached", d.ID)
		}
	}
	hashes := map[string]bool{}
	for id, row := range c.found.documents {
		hashes[row.sha256] = true
		// A case that another one opened takes documents along, with its first act.
		if p := c.histories[row.proposal]; told[id] == nil && (p == nil || p.opener == nil) {
			c.report.add(Phantom, "", "document %s of %s was never attached", id, row.proposal)
		}
	}
	if c.in.Files == "" {
		return
	}
	for hash := range hashes {
		if err := wholeFile(c.in.Files, hash); err != nil {
			c.report.add(Lost, err.Error(), "the bytes of document %s are not there as they were", hash)
		}
	}
}

// wholeFile tells why the bytes that have a hash are not kept under it.
func wholeFile(dir, hash string) (err error) {
	if len(hash) != hex.EncodedLen(sha256.Size) {
		return fmt.Errorf("%q is no hash", hash)
	}
	file, err := os.Open(filepath.Join(dir, hash[:2], hash[2:4], hash))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return err
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != hash {
		return fmt.Errorf("they have the hash %s", got)
	}
	return nil
}

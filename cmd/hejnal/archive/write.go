package archive

import (
	"archive/tar"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
)

const manifestName = "manifest.json"

// Describe reads a file to its end and names it as a part.
func Describe(name string, reader io.Reader) (Part, error) {
	digest := sha256.New()
	size, err := io.Copy(digest, reader)
	if err != nil {
		return Part{}, fmt.Errorf("read %s: %w", name, err)
	}
	return Part{Name: name, Size: size, SHA256: hex.EncodeToString(digest.Sum(nil))}, nil
}

// Write writes an archive of the parts that the manifest names, each opened by its name when its turn comes. A part that
// is not what the manifest says is an error, and what was written is then no archive.
func Write(w io.Writer, manifest Manifest, open func(name string) (io.ReadCloser, error)) error {
	manifest.Format = Format
	if err := manifest.check(); err != nil {
		return fmt.Errorf("write archive: %w", err)
	}
	text, err := json.MarshalIndent(manifest, "", "  ")
	if err != nil {
		return fmt.Errorf("write archive: %w", err)
	}
	compressed, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
	if err != nil {
		return fmt.Errorf("write archive: %w", err)
	}
	packed := tar.NewWriter(compressed)
	err = entry(packed, manifestName, manifest.MadeAt, int64(len(text)))
	if err == nil {
		_, err = packed.Write(text)
	}
	for i := 0; err == nil && i < len(manifest.Parts); i++ {
		err = add(packed, manifest.Parts[i], manifest.MadeAt, open)
	}
	if err == nil {
		err = packed.Close()
	}
	if err == nil {
		err = compressed.Close()
	}
	if err != nil {
		return fmt.Errorf("write archive: %w", err)
	}
	return nil
}

func entry(packed *tar.Writer, name string, at time.Time, size int64) error {
	return packed.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600, ModTime: at, Format: tar.FormatPAX})
}

// add writes one part. Whether the file is longer than the part shows because nothing beyond its size may follow.
func add(packed *tar.Writer, part Part, at time.Time, open func(string) (io.ReadCloser, error)) error {
	file, err := open(part.Name)
	if err != nil {
		return err
	}
	err = entry(packed, part.Name, at, part.Size)
	if err == nil {
		var got Part
		if got, err = Describe(part.Name, io.TeeReader(file, packed)); err == nil && got != part {
			err = fmt.Errorf("%s changed while it was read", part.Name)
		}
	}
	return errors.Join(err, file.Close())
}

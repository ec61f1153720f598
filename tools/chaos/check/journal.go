package check

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

const (
	typePrefix   = "pl.krakow.cooperation."
	schemaPrefix = "urn:hejnal:schema:"
	timeLayout   = "2006-01-02T15:04:05.000000Z"
)

// journal judges the numbers of the journal, and each entry against its own text.
func (c *checker) journal() {
	c.report.Entries = len(c.found.entries)
	ids := map[string]int64{}
	seqs := map[string]int64{}
	var pos, public int64
	for _, e := range c.found.entries {
		if pos++; e.pos != pos {
			c.report.add(Gap, "", "the journal goes on with position %d where %d belongs", e.pos, pos)
			pos = e.pos
		}
		if e.publicPos.Valid {
			if public++; e.publicPos.Int64 != public {
				c.report.add(Gap, fmt.Sprintf("pos %d", e.pos), "the public journal goes on with %d where %d belongs", e.publicPos.Int64, public)
				public = e.publicPos.Int64
			}
		}
		for _, id := range []string{e.id, e.publicID.String} {
			if other, twice := ids[id]; twice && id != "" {
				c.report.add(Doubled, "", "the event id %s stands at %d and at %d", id, other, e.pos)
			}
			ids[id] = e.pos
		}
		if e.kind == "transition" {
			if seqs[e.proposal]++; e.seq != seqs[e.proposal] {
				c.report.add(Gap, fmt.Sprintf("pos %d", e.pos), "proposal %s goes on with seq %d where %d belongs", e.proposal, e.seq, seqs[e.proposal])
				seqs[e.proposal] = e.seq
			}
		} else if e.seq != 0 {
			c.report.add(Altered, fmt.Sprintf("pos %d", e.pos), "a %s entry has the seq %d of a transition", e.kind, e.seq)
		}
		c.entry(e)
	}
}

// entry judges one entry: its hash, and what its text says against its row.
func (c *checker) entry(e *entry) {
	where := fmt.Sprintf("pos %d, event %s", e.pos, e.id)
	leaf := sha256.Sum256(append([]byte{0}, e.text...))
	if !bytes.Equal(leaf[:], e.leaf) {
		c.report.add(Altered, where, "the leaf hash is not that of the text")
	}
	c.attributes(where, e.text, e.event, e.id, e.kind, e)
	if want := c.subject(e); e.subject != want {
		c.report.add(Altered, where, "the subject is %s where the text gives %s", e.subject, want)
	}
	d := e.event.Data
	if e.kind == "transition" && (d.ID != e.id || d.Seq != e.seq || d.ProposalID != e.proposal) {
		c.report.add(Altered, where, "the text tells of act %s, seq %d of %s", d.ID, d.Seq, d.ProposalID)
	}
	c.cause(where, e)
	if e.publicPos.Valid != (e.publicID.Valid && e.publicSubject.Valid && len(e.publicText) > 0) {
		c.report.add(Altered, where, "the entry is public in part")
	}
	if e.publicPos.Valid {
		c.public(where, e)
	}
}

// attributes judges an event's attributes.
func (c *checker) attributes(where string, text []byte, told event, id, kind string, e *entry) {
	if !json.Valid(text) || bytes.ContainsAny(text, "\n\r") {
		c.report.add(Altered, where, "the text is no single line of JSON")
		return
	}
	moment := time.UnixMicro(e.at).UTC().Format(timeLayout)
	for _, attribute := range []struct{ name, got, want string }{
		{"specversion", told.SpecVersion, "1.0"},
		{"id", told.ID, id},
		{"type", told.Type, typePrefix + kind + ".v1"},
		{"dataschema", told.DataSchema, schemaPrefix + kind + ":1"},
		{"time", told.Time, moment},
	} {
		if attribute.got != attribute.want {
			c.report.add(Altered, where, "the attribute %s is %q where %q belongs", attribute.name, attribute.got, attribute.want)
		}
	}
	if e.proposal != "" && told.Subject != e.proposal {
		c.report.add(Altered, where, "the event is about %s and its entry about %s", told.Subject, e.proposal)
	}
}

// subject is the subject that the text of an entry asks for. What only the subject tells is taken from it.
func (c *checker) subject(e *entry) string {
	prefix, d := c.in.Streams.Prefix, e.event.Data
	switch e.kind {
	case "transition":
		return strings.Join([]string{prefix, "transition", d.Form, d.Event, e.proposal}, ".")
	case "task":
		return strings.Join([]string{prefix, "task", d.Role, e.what(prefix), d.Form, e.proposal}, ".")
	case "document":
		return strings.Join([]string{prefix, "document", "attached", d.Form, e.proposal}, ".")
	}
	return prefix + ".admin." + e.subject[strings.LastIndex(e.subject, ".")+1:]
}

// cause judges that what an entry came from stands before it: of a task in the same change, of a document before.
func (c *checker) cause(where string, e *entry) {
	if e.cause == "" {
		return
	}
	from := c.found.byID[e.cause]
	switch {
	case from == nil:
		c.report.add(Lost, where, "the cause %s is not in the journal", e.cause)
	case from.kind != "transition" || from.proposal != e.proposal || from.pos > e.pos || e.kind == "task" && from.at != e.at:
		c.report.add(Altered, where, "the cause %s at %d is no transition that can have brought it about", e.cause, from.pos)
	}
	if e.kind == "task" && e.event.Data.Cause != e.cause {
		c.report.add(Altered, where, "the text names the cause %q, the entry %q", e.event.Data.Cause, e.cause)
	}
}

// public judges the public part of an entry.
func (c *checker) public(where string, e *entry) {
	var told event
	if err := json.Unmarshal(e.publicText, &told); err != nil {
		told = event{}
	}
	c.attributes(where+", public", e.publicText, told, e.publicID.String, "public", e)
	inside, d := e.event.Data, told.Data
	want := strings.Join([]string{c.in.Streams.PublicPrefix, inside.Form, inside.Event, e.proposal}, ".")
	if e.publicSubject.String != want {
		c.report.add(Altered, where, "the public subject is %s where %s belongs", e.publicSubject.String, want)
	}
	if e.kind != "transition" || d.ProposalID != e.proposal || d.Transition != inside.Transition || d.Event != inside.Event || d.State != inside.State {
		c.report.add(Altered, where, "the public event tells of another act than the entry")
	}
}

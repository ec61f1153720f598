package bench

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// template makes the bytes that one more contact of a case leaves, the way the engine left them for the last one. Only
// what differs from contact to contact is put in, so that writing by hand costs no decision and no encoding.
type template struct {
	id, partner, subject string
	version, seq         int64 // of the case as it stands
	body, text           cut
}

// stored is what a case and its last journal entry look like in a store.
type stored struct {
	id, partner, body string
	version, seq      int64
	event, subject    string
	text              []byte
}

// contactRow is what a contact leaves in a case and in the journal.
type contactRow struct {
	id, partner, event, subject string
	at                          int64 // microseconds
	version, seq                int64
	body                        string
	text                        []byte
}

// templateOf learns from what the engine stored.
func templateOf(s stored) (template, error) {
	var moved struct {
		UpdatedAt string `json:"updated_at"`
	}
	if err := json.Unmarshal([]byte(s.body), &moved); err != nil {
		return template{}, fmt.Errorf("learn from case %s: %w", s.id, err)
	}
	t := template{id: s.id, partner: s.partner, subject: s.subject, version: s.version, seq: s.seq}
	// The first contact is so soon after the opening that only the one of the two moments that changes may be replaced.
	body := map[string]string{
		fmt.Sprintf(`"version":%d,"seq":%d,`, s.version, s.seq): `"version":` + holeVersion + `,"seq":` + holeSeq + `,`,
		`"updated_at":"` + moved.UpdatedAt + `"`:                `"updated_at":"` + holeTime + `"`,
		`"last_act":"` + s.event + `"`:                          `"last_act":"` + holeEvent + `"`,
	}
	text := map[string]string{
		fmt.Sprintf(`"seq":%d,`, s.seq): `"seq":` + holeSeq + `,`, `"` + moved.UpdatedAt + `"`: `"` + holeTime + `"`, s.event: holeEvent,
	}
	var wrong [2]error
	t.body, wrong[0] = cutAt(s.body, body)
	t.text, wrong[1] = cutAt(string(s.text), text)
	if err := errors.Join(wrong[:]...); err != nil {
		return template{}, fmt.Errorf("learn from case %s: %w", s.id, err)
	}
	return t, nil
}

// next is the row of the next contact, made under the event id at the moment.
func (t *template) next(event string, at time.Time) contactRow {
	t.version++
	t.seq++
	at = at.UTC().Truncate(time.Microsecond)
	values := map[string]string{
		holeVersion: strconv.FormatInt(t.version, 10), holeSeq: strconv.FormatInt(t.seq, 10),
		holeTime: at.Format(time.RFC3339Nano), holeEvent: event,
	}
	return contactRow{
		id: t.id, partner: t.partner, event: event, subject: t.subject, at: at.UnixMicro(), version: t.version, seq: t.seq,
		body: string(t.body.fill(values)), text: t.text.fill(values),
	}
}

// What is put in, between two bytes that no text has.
const (
	edge        = "\x00"
	holeVersion = edge + "version" + edge
	holeSeq     = edge + "seq" + edge
	holeTime    = edge + "time" + edge
	holeEvent   = edge + "event" + edge
)

// cut is a text with holes: a piece, what is put in behind it, a piece …
type cut []string

// cutAt puts holes into a text. Everything that they replace must stand in it.
func cutAt(text string, holes map[string]string) (cut, error) {
	for old, hole := range holes {
		if !strings.Contains(text, old) {
			return nil, fmt.Errorf("%s does not stand in %s", old, text)
		}
		text = strings.ReplaceAll(text, old, hole)
	}
	return strings.Split(text, edge), nil
}

func (c cut) fill(values map[string]string) []byte {
	out := make([]byte, 0, 2048)
	for i, piece := range c {
		if i%2 == 1 {
			piece = values[edge+piece+edge]
		}
		out = append(out, piece...)
	}
	return out
}

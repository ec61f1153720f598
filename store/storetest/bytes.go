package storetest

import (
	"bytes"
	"crypto/sha256"
	"testing"

	"hejnal/store"
)

// byteExact commits texts that a database might be tempted to mend.
func byteExact(t *testing.T, database Database) {
	s := database.Open(t)
	every := make([]byte, 256)
	for i := range every {
		every[i] = byte(i)
	}
	texts := [][]byte{
		[]byte(`{ "b" : 1.0,	"a":1e2, "a":"\u0000 \/ ` + "ż" + `" }` + "\r\n"),
		every,
		{},
		{0},
		bytes.Repeat([]byte("x"), 300_000),
	}
	for i, text := range texts {
		entry := admin(i)
		entry.Text = text
		entry.Public = &store.PublicEntry{ID: newID(), Subject: "s", Text: text}
		entry.Personal = []store.Personal{{Pointer: "/p", Value: text, Salt: text}}
		commit(t, s, store.Change{Entries: []store.Entry{entry}})
		got := must[store.Record](t)(s.Entry(t.Context(), entry.ID))
		for part, have := range map[string][]byte{"text": got.Text, "public text": got.Public.Text, "value": got.Personal[0].Value, "salt": got.Personal[0].Salt} {
			if !bytes.Equal(have, text) {
				t.Errorf("%s %d: got %d other bytes for %d", part, i, len(have), len(text))
			}
		}
		leaf := sha256.Sum256(append([]byte{0}, text...))
		if got := must[[]byte](t)(database.Leaf(t.Context(), entry.ID)); !bytes.Equal(got, leaf[:]) {
			t.Errorf("leaf %d: got %x, want %x", i, got, leaf)
		}
	}
}

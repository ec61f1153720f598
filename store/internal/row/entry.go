package row

import (
	"crypto/sha256"

	"hejnal/store"
)

// Leaf is the hash of a stored text as a leaf of a Merkle tree (RFC 6962).
func Leaf(text []byte) []byte {
	leaf := sha256.New()
	leaf.Write([]byte{0})
	leaf.Write(text)
	return leaf.Sum(nil)
}

// Attach gives each record its personal values. Both are ordered by position.
func Attach(records []store.Record, positions []int64, values []store.Personal) {
	at := 0
	for i := range records {
		for at < len(positions) && positions[at] == records[i].Pos {
			records[i].Personal = append(records[i].Personal, values[at])
			at++
		}
	}
}

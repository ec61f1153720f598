package events

import (
	"crypto/sha256"
	"encoding/hex"
)

// Hash returns the text that stands in an event for a personal value:
// "sha256:" and the hexadecimal SHA-256 of salt followed by value. A salt of
// its own for every value, 16 random bytes or more, keeps short values from
// being guessed; erasing salt and value leaves the event's bytes valid.
func Hash(salt, value []byte) string {
	h := sha256.New()
	h.Write(salt)
	h.Write(value)
	return "sha256:" + hex.EncodeToString(h.Sum(nil))
}

package store

import (
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// longestKey is how many bytes of a key are kept. Cursors carry keys, and PostgreSQL takes no more than 2,704, compressed, into
// a row of an index. As a rule all letters stand in these: what is cut off tells apart the same letters in capitals and in small.
const longestKey = 1_000

// collators are kept because one is costly to make and serves one caller at a time.
var collators = sync.Pool{New: func() any { return collate.New(language.Polish) }}

// CollationKey returns bytes that order as the text does by Polish rules, 1,000 at most. Keys are not to be compared across
// versions of golang.org/x/text.
func CollationKey(text string) []byte {
	collator := collators.Get().(*collate.Collator)
	defer collators.Put(collator)
	key := collator.KeyFromString(new(collate.Buffer), text)
	return key[:min(len(key), longestKey)]
}

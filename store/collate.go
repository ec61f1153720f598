package store

import (
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// collators are kept because one is costly to make and serves one caller at a time.
var collators = sync.Pool{New: func() any { return collate.New(language.Polish) }}

// CollationKey returns bytes that order as the text does by Polish rules. Keys are not to be compared across versions
// of golang.org/x/text.
func CollationKey(text string) []byte {
	collator := collators.Get().(*collate.Collator)
	defer collators.Put(collator)
	return collator.KeyFromString(new(collate.Buffer), text)
}

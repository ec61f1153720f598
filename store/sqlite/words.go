package sqlite

import (
	"database/sql/driver"
	"sync"

	lite "modernc.org/sqlite"

	"hejnal/store/internal/listing"
)

// teachWords gives SQL the function begins_word, which is listing.BeginsWord, on every connection made from now on.
var teachWords = sync.OnceValue(func() error {
	return lite.RegisterDeterministicScalarFunction("begins_word", 2, func(_ *lite.FunctionContext, given []driver.Value) (driver.Value, error) {
		text, _ := given[0].(string)
		word, _ := given[1].(string)
		if listing.BeginsWord(text, word) {
			return int64(1), nil
		}
		return int64(0), nil
	})
})

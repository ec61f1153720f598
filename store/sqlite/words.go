package sqlite

import (
	"database/sql/driver"
	"sync"

	lite "modernc.org/sqlite"

	"hejnal/store"
)

// teachWords gives SQL the function words_of, which is store.WordsOf, on every connection made from now on. Migrations use it;
// nothing in the schema does, so that other programs can write to the file.
var teachWords = sync.OnceValue(func() error {
	return lite.RegisterDeterministicScalarFunction("words_of", 1, func(_ *lite.FunctionContext, given []driver.Value) (driver.Value, error) {
		text, _ := given[0].(string)
		return store.WordsOf(text), nil
	})
})

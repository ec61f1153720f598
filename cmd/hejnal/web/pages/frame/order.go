package frame

import (
	"bytes"
	"slices"
	"sync"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/store"
	"hejnal/workflow/country"
)

// InOrder sorts things by their names, by Polish rules. Equal ones stay as they were.
func InOrder[T any](things []T, name func(T) string) {
	type keyed struct {
		thing T
		key   []byte
	}
	sorted := make([]keyed, len(things))
	for i, thing := range things {
		sorted[i] = keyed{thing, store.CollationKey(name(thing))}
	}
	slices.SortStableFunc(sorted, func(a, b keyed) int { return bytes.Compare(a.key, b.key) })
	for i := range sorted {
		things[i] = sorted[i].thing
	}
}

// Countries are all countries by their names in a language. The list is shared and must not be changed.
func Countries(language string) []Option {
	if language == call.English {
		return countriesInEnglish()
	}
	return countriesInPolish()
}

var (
	countriesInPolish  = sync.OnceValue(func() []Option { return countriesIn(call.Polish) })
	countriesInEnglish = sync.OnceValue(func() []Option { return countriesIn(call.English) })
)

func countriesIn(language string) []Option {
	var options []Option
	for _, one := range country.All() {
		options = append(options, Option{Value: one.Code, Title: one.Name})
	}
	InOrder(options, func(option Option) string { return option.Title.In(language) })
	return options
}

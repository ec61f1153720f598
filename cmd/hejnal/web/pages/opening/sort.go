package opening

import (
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
)

// sortOptions orders options by their titles, by the rules of the language.
func sortOptions(options []frame.Option, words frame.Words) {
	tag := language.Polish
	if words.Language == call.English {
		tag = language.English
	}
	order := collate.New(tag)
	slices.SortFunc(options, func(a, b frame.Option) int { return order.CompareString(words.In(a.Title), words.In(b.Title)) })
}

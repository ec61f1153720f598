package frame

import (
	"regexp"
	"strings"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// spoken puts texts that programs read too into the words of people.
type spoken struct {
	Words
	kinds *strings.Replacer // what names a kind of document with its code, by its title alone
}

// spokenIn are the words of a language, where the forms name kinds of documents.
func spokenIn(language string, forms []*workflow.Definition) spoken {
	words := WordsOf(language)
	var pairs []string
	seen := map[string]bool{}
	for _, form := range forms {
		for _, kind := range form.Source.City.Documents {
			title := words.In(kind.Title)
			if coded := title + " (" + kind.ID + ")"; !seen[coded] {
				seen[coded] = true
				pairs = append(pairs, coded, title)
			}
		}
	}
	return spoken{Words: words, kinds: strings.NewReplacer(pairs...)}
}

// dateApart is a date in brackets, as programs write it.
var dateApart = regexp.MustCompile(`\(\d{4}-\d{2}-\d{2}\)`)

// In gives a text in the language without codes and with its dates in words.
func (s spoken) In(text workflow.Text) string {
	said := s.Words.In(text)
	if !strings.Contains(said, "(") {
		return said
	}
	return dateApart.ReplaceAllStringFunc(s.kinds.Replace(said), func(date string) string {
		return "(" + s.Day(calendar.Date(date[1:len(date)-1])) + ")"
	})
}

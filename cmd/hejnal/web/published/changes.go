package published

import (
	"context"
	"fmt"
	"strings"
	"time"

	"hejnal/workflow"
)

// FeedLength is how many changes one document of a feed holds.
const FeedLength = 50

// Forms knows the definitions in force.
type Forms interface {
	Form(id string) (*workflow.Definition, bool)
}

// Changes makes the feed of what changed before a public position, in a language; the addresses begin with base, and path is that
// of the feed itself.
func Changes(ctx context.Context, journal Journal, forms Forms, before int64, language, base, path string, author workflow.Text) (Feed, error) {
	acts, older, err := Latest(ctx, journal, before, FeedLength)
	if err != nil {
		return Feed{}, err
	}
	title := workflow.Text{PL: "Współpraca międzynarodowa Krakowa: co się zmieniło", EN: "International cooperation of Kraków: what changed"}
	feed := Feed{
		ID: base + "/zmiany", Title: title.In(language), Self: base + path, Page: base + "/zmiany", Author: author.In(language), Language: language,
	}
	if older > 0 {
		feed.Next = fmt.Sprintf("%s%s?before=%d", base, path, older)
	}
	for _, act := range acts {
		entry := FeedEntry{
			ID: "urn:uuid:" + act.ID, Title: act.Name.In(language) + ": " + act.Title, Link: base + "/rejestr/" + act.CaseID, Updated: act.At,
			Summary: act.Partner.Name + ", " + Country(act.Partner.Country).In(language) + occurred(act, language), Terms: []string{act.Form, act.Event, act.Partner.Country},
		}
		if right, corrected := act.Right(forms); corrected != "" {
			entry.Related = "urn:uuid:" + corrected
			for _, fact := range right {
				entry.Summary += "; " + fact.Name.In(language) + ": " + string(fact.Day) + fact.Text.In(language)
			}
		}
		feed.Entries = append(feed.Entries, entry)
	}
	if len(acts) > 0 {
		feed.Updated = acts[0].At
	}
	return feed, nil
}

func occurred(act Act, language string) string {
	if act.OccurredOn == "" {
		return ""
	}
	return workflow.Text{PL: "; data: ", EN: "; date: "}.In(language) + string(act.OccurredOn)
}

// Feed gives an entry of the register as one of a feed.
func (e Entry) Feed(updated time.Time, language string) FeedEntry {
	status := workflow.Text{PL: "obowiązuje", EN: "current"}
	if e.Status == workflow.RegisterPast {
		status = workflow.Text{PL: "zakończona", EN: "past"}
	}
	since := e.Since
	if since == "" {
		since = workflow.Text{PL: "nieznana", EN: "not known"}.In(language)
	}
	return FeedEntry{
		ID: "urn:uuid:" + e.ID, Title: e.Title, Link: e.URL, Updated: updated, Terms: append([]string{e.Form, e.Status, e.Country}, e.Fields...),
		Summary: e.FormTitle.In(language) + ", " + e.PartnerName + ", " + Country(e.Country).In(language) + "; " + status.In(language) +
			workflow.Text{PL: "; data początku: ", EN: "; date of beginning: "}.In(language) + since + e.rest(language),
	}
}

// rest says what became of the resolution that the entry rests on, and what ended or will end it.
func (e Entry) rest(language string) string {
	var text string
	if e.Flaw != "" {
		text = workflow.Text{PL: "; uchwała: ", EN: "; resolution: "}.In(language) + flaws[e.Flaw].Dated.In(language) + " " + e.FlawSince
	}
	if len(e.Ending) > 0 {
		text += workflow.Text{PL: "; podstawa zakończenia: uchwała nr ", EN: "; basis of the end: resolution no. "}.In(language) + strings.Join(e.Ending, ", ")
	}
	return text
}

package published

import (
	"context"
	"encoding/xml"
	"fmt"
	"slices"
	"time"

	"hejnal/store"
)

// Feed is what an Atom feed tells of itself.
type Feed struct {
	ID       string // never changes
	Title    string
	Self     string // its address
	Page     string // address of the same for people
	Next     string // address of what is older; empty: none
	Author   string
	Rights   string
	Language string
	Updated  time.Time
	Entries  []FeedEntry
}

// FeedEntry is one entry of a feed.
type FeedEntry struct {
	ID      string // never changes
	Title   string
	Summary string
	Link    string
	Related string // id of the entry that it corrects; empty: none
	Updated time.Time
	Terms   []string // categories: codes of form, event, country
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomTerm struct {
	Term string `xml:"term,attr"`
}

type atomEntry struct {
	ID       string     `xml:"id"`
	Title    string     `xml:"title"`
	Updated  string     `xml:"updated"`
	Links    []atomLink `xml:"link"`
	Category []atomTerm `xml:"category"`
	Summary  string     `xml:"summary,omitempty"`
}

type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Language string      `xml:"xml:lang,attr"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Updated  string      `xml:"updated"`
	Author   string      `xml:"author>name"`
	Rights   string      `xml:"rights,omitempty"`
	Links    []atomLink  `xml:"link"`
	Entries  []atomEntry `xml:"entry"`
}

// AtomType is the media type of a feed.
const AtomType = "application/atom+xml; charset=utf-8"

// Write writes the feed as RFC 4287 has it.
func (f Feed) Write() ([]byte, error) {
	written := atomFeed{
		Language: f.Language, ID: f.ID, Title: f.Title, Updated: f.Updated.UTC().Format(time.RFC3339), Author: f.Author, Rights: f.Rights,
		Links: []atomLink{{Rel: "self", Type: "application/atom+xml", Href: f.Self}, {Rel: "alternate", Type: "text/html", Href: f.Page}},
	}
	if f.Next != "" {
		written.Links = append(written.Links, atomLink{Rel: "next", Type: "application/atom+xml", Href: f.Next})
	}
	for _, entry := range f.Entries {
		one := atomEntry{
			ID: entry.ID, Title: entry.Title, Updated: entry.Updated.UTC().Format(time.RFC3339), Summary: entry.Summary,
			Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: entry.Link}},
		}
		if entry.Related != "" {
			one.Links = slices.Insert(one.Links, 0, atomLink{Rel: "related", Href: entry.Related})
		}
		for _, term := range entry.Terms {
			one.Category = append(one.Category, atomTerm{term})
		}
		written.Entries = append(written.Entries, one)
	}
	text, err := xml.MarshalIndent(written, "", " ")
	if err != nil {
		return nil, fmt.Errorf("write feed: %w", err)
	}
	return append([]byte(xml.Header), append(text, '\n')...), nil
}

// Journal is where public acts are read in their order.
type Journal interface {
	PublicHead(ctx context.Context) (int64, error)
	PublicAfter(ctx context.Context, pos int64, limit int) ([]store.Record, error)
}

// Latest gives at most so many public acts before a public position, the newest first; before 0 are all of them. Older is the
// position before which there are more; 0 where there are none.
func Latest(ctx context.Context, journal Journal, before int64, limit int) (acts []Act, older int64, err error) {
	head, err := journal.PublicHead(ctx)
	if err != nil {
		return nil, 0, fmt.Errorf("find the last public act: %w", err)
	}
	if before <= 0 || before > head {
		before = head + 1
	}
	after := max(before-1-int64(limit), 0)
	if before == after+1 {
		return nil, 0, nil
	}
	records, err := journal.PublicAfter(ctx, after, int(before-1-after))
	if err != nil {
		return nil, 0, fmt.Errorf("read public acts: %w", err)
	}
	for _, record := range slices.Backward(records) {
		if record.PublicPos >= before {
			continue
		}
		act, err := Read(record)
		if err != nil {
			return nil, 0, err
		}
		acts = append(acts, act)
	}
	if after > 0 {
		older = after + 1
	}
	return acts, older, nil
}

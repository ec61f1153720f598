package web

import (
	"fmt"
	"io"
	"net/http"
	"strconv"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/fault"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/cmd/hejnal/web/published"
	"hejnal/cmd/hejnal/web/streamed"
	"hejnal/store"
	"hejnal/workflow"
)

func (s *server) registerCSV(w http.ResponseWriter, r *http.Request) error {
	return s.registerFile(w, r, published.CSVType, "rejestr.csv", published.NewCSV)
}

func (s *server) registerJSONLines(w http.ResponseWriter, r *http.Request) error {
	return s.registerFile(w, r, published.JSONLinesType, "rejestr.jsonl", func(w io.Writer) (published.Table, error) { return published.NewJSONLines(w), nil })
}

// registerFile writes the entries that a request asks for as they are read, a page at a time.
func (s *server) registerFile(w http.ResponseWriter, r *http.Request, kind, name string, begin func(io.Writer) (published.Table, error)) error {
	filter, err := s.asksOfRegister(r, nil)
	if err != nil {
		return err
	}
	count, err := s.Store.CountRegister(r.Context(), filter, published.MostRows+1)
	if err != nil {
		return fmt.Errorf("count the register: %w", err)
	}
	if count > published.MostRows {
		return fault.Misfit([]workflow.FieldError{{Pointer: "/query", Message: workflow.Text{
			PL: fmt.Sprintf("Plik może mieć najwyżej %d wpisów, a odpowiada ich więcej. Zawęź filtry, na przykład do kraju albo lat.", published.MostRows),
			EN: fmt.Sprintf("A file may hold %d entries at most, and more answer. Narrow the filters, such as to a country or to years.", published.MostRows),
		}}})
	}
	filter.Limit = maxPage
	page, err := s.Store.ListRegister(r.Context(), filter)
	if err != nil {
		return fmt.Errorf("list the register: %w", err)
	}
	openly(w)
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return nil
	}
	return s.writeTable(streamed.Begin(w, r), r, filter, page, begin)
}

func (s *server) writeTable(w io.Writer, r *http.Request, filter store.RegisterFilter, page store.Page[workflow.Proposal], begin func(io.Writer) (published.Table, error)) error {
	table, err := begin(w)
	if err != nil {
		return err
	}
	for {
		entries, err := s.registerEntries(r, page)
		if err != nil {
			return err
		}
		for _, entry := range entries {
			if err := table.Write(entry); err != nil {
				return err
			}
		}
		if page.Next == "" {
			return table.Close()
		}
		filter.Cursor = page.Next
		if page, err = s.Store.ListRegister(r.Context(), filter); err != nil {
			return fmt.Errorf("list the register: %w", err)
		}
	}
}

func (s *server) registerAtom(w http.ResponseWriter, r *http.Request) error {
	filter, err := s.asksOfRegister(r, nil)
	if err != nil {
		return err
	}
	filter.Sort, filter.Limit = "-updated_at", published.FeedLength
	page, err := s.Store.ListRegister(r.Context(), filter)
	if err != nil {
		return fmt.Errorf("list the register: %w", err)
	}
	base, language := frame.BaseOf(s.Public, r), call.Of(r).Language
	self, shown := base+r.URL.Path, base+"/rejestr"
	if r.URL.RawQuery != "" {
		self, shown = self+"?"+r.URL.RawQuery, shown+"?"+r.URL.RawQuery
	}
	feed := published.Feed{
		ID: self, Self: self, Page: shown, Language: language, Author: s.Publisher.Keeper().In(language), Rights: s.Publisher.LicenceURL(),
		Title: workflow.Text{PL: "Rejestr współpracy międzynarodowej Krakowa", EN: "Register of international cooperation of Kraków"}.In(language),
	}
	entries, err := s.registerEntries(r, page)
	if err != nil {
		return err
	}
	for i, item := range page.Items {
		if i == 0 {
			feed.Updated = item.UpdatedAt
		}
		feed.Entries = append(feed.Entries, entries[i].Feed(item.UpdatedAt, language))
	}
	return serveFeed(w, r, feed)
}

func (s *server) changesAtom(w http.ResponseWriter, r *http.Request) error {
	q, err := queryOf(r)
	if err != nil {
		return err
	}
	before := int64(0)
	if text := q.values.Get("before"); text != "" {
		if before, err = strconv.ParseInt(text, 10, 64); err != nil || before < 1 {
			q.add("before", "Podaj pozycję, liczbę od 1.", "Give a position, a number from 1.")
		}
	}
	if err := q.err(); err != nil {
		return err
	}
	feed, err := published.Changes(r.Context(), s.Store, s.Engine, before, call.Of(r).Language, frame.BaseOf(s.Public, r), r.URL.Path, s.Publisher.Keeper())
	if err != nil {
		return err
	}
	return serveFeed(w, r, feed)
}

func serveFeed(w http.ResponseWriter, r *http.Request, feed published.Feed) error {
	text, err := feed.Write()
	if err != nil {
		return err
	}
	openly(w)
	w.Header().Set("Content-Type", published.AtomType)
	frame.ServeOpen(w, r, http.StatusOK, text)
	return nil
}

package register

import (
	"net/http"
	"path"
	"strings"

	"github.com/go-chi/chi/v5"

	"hejnal/cmd/hejnal/web/intake"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/cmd/hejnal/web/published"
	"hejnal/store"
	"hejnal/workflow"
)

// file is a document as the page of an entry lists it.
type file struct {
	workflow.Document
	Kind   workflow.Text
	Facts  string // format, size, language
	Href   string
	Newest bool
}

func fileOf(words frame.Words, c published.Case, d workflow.Document) file {
	facts := []string{strings.ToUpper(strings.TrimPrefix(path.Ext(d.FileName), ".")), words.Size(d.Size)}
	if d.Language != "" {
		facts = append(facts, words.In(published.LanguageName(d.Language)))
	}
	if d.Date != "" {
		facts = append(facts, words.Known(d.Date))
	}
	newest := true
	for _, other := range c.Documents {
		newest = newest && (other.Kind != d.Kind || other.Version <= d.Version)
	}
	return file{Document: d, Kind: c.Kind(d), Facts: strings.Join(facts, ", "), Href: Path + "/" + c.ID + "/dokumenty/" + d.ID, Newest: newest}
}

// document gives the bytes of a document that anybody may read.
func (p *pages) document(w http.ResponseWriter, r *http.Request) error {
	c, err := p.find(r)
	if err != nil {
		return err
	}
	document, ok := c.Document(chi.URLParam(r, "document"))
	if !ok {
		return store.ErrNotFound
	}
	return intake.Serve(w, r, p.Blobs, document, "public, max-age=3600")
}

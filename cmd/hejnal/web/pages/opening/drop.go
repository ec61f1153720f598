package opening

import (
	"fmt"
	"net/http"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
)

// dropped is what was done with a draft, as the address tells it.
const dropped = "usunieto"

// dropView is what the page that asks whether a draft is to go shows.
type dropView struct {
	Draft draft
	Path  string
	Form  workflow.Text
}

func (p *pages) askDrop(w http.ResponseWriter, r *http.Request) error {
	d, definition, err := p.draft(r)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, frame.Page{
		Template: "opening/drop", Title: frame.WordsOf(call.Of(r).Language).T("Usunąć szkic?", "Remove the draft?"),
		Main: dropView{Draft: d, Path: d.path(), Form: definition.Title},
	})
}

func (p *pages) drop(w http.ResponseWriter, r *http.Request) error {
	found, _, err := p.draft(r)
	if err != nil {
		return err
	}
	if err := p.Store.DropDraft(r.Context(), found.ID, call.Of(r).Person.ID); err != nil {
		return fmt.Errorf("drop draft: %w", err)
	}
	http.Redirect(w, r, Path+"?"+frame.DoneField+"="+dropped, http.StatusSeeOther)
	return nil
}

package away

import (
	"context"
	"net/http"
	"slices"

	"hejnal/cmd/hejnal/web/acts"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// perPage is how many substitutions a page shows.
const perPage = 50

// What was just done, as the address tells it.
const (
	added = "dodano"
	ended = "zakonczono"
)

// list is what the page of substitutions shows.
type list struct {
	Done   workflow.Text
	All    bool // everybody's are shown
	Sets   bool // the reader can set one
	Groups []group
	Next   string
}

// group are substitutions of one kind.
type group struct {
	ID    string
	Title workflow.Text
	Rows  []row
}

// row is one substitution.
type row struct {
	store.Substitution
	AbsentName, SubstituteName string
	Reads                      bool // the reader may know the reason
	Ends                       bool // the reader can end it
	Ended                      calendar.Date
}

// LastDay is the last day of the substitution.
func (r row) LastDay() calendar.Date { return r.Until.PlusDays(-1) }

func (p *pages) list(w http.ResponseWriter, r *http.Request) error {
	by, address := call.Of(r).By(), frame.AddressOf(r)
	page, err := p.Engine.Substitutions(r.Context(), by, store.PageRequest{Limit: perPage, Cursor: r.URL.Query().Get(frame.CursorField)})
	if err != nil {
		return err
	}
	shown := list{
		All: by.Has(workflow.Admin, workflow.Auditor), Next: address.Next(page.Next), Done: told(r.URL.Query().Get(frame.DoneField)),
		Sets: by.Has(workflow.Admin) || slices.ContainsFunc(by.Roles, workflow.Role.Moves),
	}
	if shown.Groups, err = p.grouped(r.Context(), by, page.Items); err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, frame.Page{Template: "away/list", Title: frame.WordsOf(call.Of(r).Language).T("Zastępstwa", "Substitutions"), Main: shown})
}

// grouped puts substitutions under what they are today; groups without any are left out.
func (p *pages) grouped(ctx context.Context, by workflow.Person, found []store.Substitution) ([]group, error) {
	today, names := p.Engine.Today(), p.Names()
	all := []group{
		{ID: "trwa", Title: workflow.Text{PL: "Trwają", EN: "In force"}},
		{ID: "bedzie", Title: workflow.Text{PL: "Zaczną się", EN: "To begin"}},
		{ID: "bylo", Title: workflow.Text{PL: "Zakończone", EN: "Over"}},
	}
	for _, one := range found {
		party := one.Absent == by.ID || one.Substitute == by.ID
		shown := row{Substitution: one, Reads: party || by.Has(workflow.Admin) || acts.ReadsPersonal(by.Roles)}
		at := 2
		switch {
		case one.ActiveOn(today):
			at = 0
		case one.EndedAt.IsZero() && one.From > today:
			at = 1
		}
		shown.Ends = at < 2 && (one.Absent == by.ID || by.Has(workflow.Admin))
		if !one.EndedAt.IsZero() {
			shown.Ended = calendar.Of(one.EndedAt, calendar.Zone())
		}
		var err error
		if shown.AbsentName, err = names.Of(ctx, one.Absent); err != nil {
			return nil, err
		}
		if shown.SubstituteName, err = names.Of(ctx, one.Substitute); err != nil {
			return nil, err
		}
		all[at].Rows = append(all[at].Rows, shown)
	}
	return slices.DeleteFunc(all, func(g group) bool { return len(g.Rows) == 0 }), nil
}

// told puts what was just done into words.
func told(done string) workflow.Text {
	switch done {
	case added:
		return workflow.Text{
			PL: "Ustawiono zastępstwo. W podanych dniach zastępca widzi zadania osoby nieobecnej i może je wykonać.",
			EN: "The substitution is set. On the days given, the substitute sees the tasks of the absent person and can do them.",
		}
	case ended:
		return workflow.Text{PL: "Zakończono zastępstwo.", EN: "The substitution is ended."}
	}
	return workflow.Text{}
}

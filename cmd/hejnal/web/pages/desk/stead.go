package desk

import (
	"net/http"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// steadField says for whom the tasks are shown: an id of somebody who is absent.
const steadField = "za"

// stead is somebody whose tasks the reader may do today: the reader, or who is absent.
type stead struct {
	ID    string // empty: the reader
	Name  string
	Until calendar.Date // last day; empty: the reader's own
	Href  string
	Here  bool
}

// standing is as whom the reader looks at tasks, and as whom else they could. An absent person for whom the reader does not act
// today is nobody: the reader's own tasks are shown.
func (p *pages) standing(r *http.Request, address frame.Address) (as workflow.Person, all []stead, err error) {
	reader := call.Of(r).By()
	steads, err := p.Engine.StandsIn(r.Context(), reader.ID)
	if err != nil || len(steads) == 0 {
		return reader, nil, err
	}
	as, names := reader, p.Names()
	all = []stead{{Href: address.Without(steadField).String()}}
	for _, one := range steads {
		absent := one.As.OnBehalfOf
		shown := stead{ID: absent, Until: one.Substitution.Until.PlusDays(-1), Href: address.With(steadField, absent).String(), Here: address.Get(steadField) == absent}
		if shown.Name, err = names.Of(r.Context(), absent); err != nil {
			return as, nil, err
		}
		if shown.Here {
			as = one.As
		}
		all = append(all, shown)
	}
	all[0].Here = as.OnBehalfOf == ""
	return as, all, nil
}

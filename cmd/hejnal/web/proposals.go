package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/fault"
	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// newProposal is what a proposal is opened with: exactly one of partner_id and partner.
type newProposal struct {
	Form           string             `json:"form" doc:"id of the form, see /forms" example:"twin_city_agreement"`
	Title          string             `json:"title" minLength:"1" maxLength:"300"`
	Description    string             `json:"description,omitempty" maxLength:"10000"`
	PartnerID      string             `json:"partner_id,omitempty" doc:"a partner that is known; or give partner"`
	Partner        *engine.NewPartner `json:"partner,omitempty" doc:"a partner that is entered, or found, along the way"`
	Fields         []string           `json:"fields,omitempty" doc:"codes, see /forms"`
	Tools          []string           `json:"tools,omitempty" doc:"codes, see /forms"`
	Readings       *int               `json:"readings,omitempty" minimum:"1" maximum:"2" doc:"1 when left out"`
	ReadingsReason string             `json:"readings_reason,omitempty" doc:"needed for two readings"`
	OccurredOn     calendar.Date      `json:"occurred_on,omitempty" format:"date" doc:"today when left out"`
	Comment        string             `json:"comment,omitempty" maxLength:"4000"`
}

func (n newProposal) wanted() engine.NewProposal {
	return engine.NewProposal{
		Form: n.Form, Title: n.Title, Description: n.Description, PartnerID: n.PartnerID, Partner: n.Partner, Fields: n.Fields, Tools: n.Tools,
		Readings: readings(n.Readings), ReadingsReason: n.ReadingsReason, OccurredOn: n.OccurredOn, Comment: n.Comment,
	}
}

// readings keeps a written 0, which is wrong, apart from a number that is left out.
func readings(written *int) int {
	switch {
	case written == nil:
		return 0
	case *written == 0:
		return -1
	}
	return *written
}

// proposalPatch is a change of a proposal's own data; what is left out stays.
type proposalPatch struct {
	Title          *string   `json:"title,omitempty" minLength:"1" maxLength:"300"`
	Description    *string   `json:"description,omitempty" maxLength:"10000"`
	PartnerID      *string   `json:"partner_id,omitempty" doc:"only in the stage contacts"`
	Fields         *[]string `json:"fields,omitempty" doc:"only in the stage contacts"`
	Tools          *[]string `json:"tools,omitempty"`
	Readings       *int      `json:"readings,omitempty" minimum:"1" maximum:"2"`
	ReadingsReason *string   `json:"readings_reason,omitempty"`
}

func (s *server) propose(w http.ResponseWriter, r *http.Request) error {
	c := callOf(r)
	var asked newProposal
	wrong := decode(askedOf(r).body, &asked)
	if len(wrong) == 0 {
		wrong = append(wrong, lacking(asked)...)
	}
	return s.commit(w, r, change{
		make: func(request engine.Request) (engine.Result, error) {
			if request.Expect != 0 {
				return engine.Result{}, fault.ErrNoVersion
			}
			if err := s.mayOpen(r.Context(), asked.Form, request.By); err != nil {
				return engine.Result{}, err
			}
			if len(wrong) > 0 {
				return engine.Result{}, fault.Misfit(wrong)
			}
			return s.Engine.Propose(r.Context(), request, asked.wanted())
		},
		answer: func(result engine.Result) (store.Answer, error) {
			shown, err := s.proposal(r.Context(), result.Proposal, c.By())
			if err != nil {
				return store.Answer{}, err
			}
			return answer(http.StatusCreated, api+"/proposals/"+shown.ID, tag(shown.Version), shown)
		},
		created: func(result engine.Result) string { return result.Proposal.ID },
	})
}

// lacking are the fields without which nothing is proposed.
func lacking(asked newProposal) (wrong []workflow.FieldError) {
	for _, field := range []struct{ name, value string }{{"form", asked.Form}, {"title", asked.Title}} {
		if field.value == "" {
			wrong = append(wrong, workflow.FieldError{Pointer: "/" + field.name, Message: workflow.Text{PL: "To pole jest wymagane.", EN: "This field is required."}})
		}
	}
	if (asked.PartnerID == "") == (asked.Partner == nil) {
		wrong = append(wrong, workflow.FieldError{Pointer: "/partner_id", Message: workflow.Text{
			PL: "Podaj partnera: dokładnie jedno z pól partner_id i partner.", EN: "Give the partner: exactly one of partner_id and partner.",
		}})
	}
	return wrong
}

// mayOpen refuses a person who cannot open a proposal of the form, or, where there is no such form, of the first.
func (s *server) mayOpen(ctx context.Context, form string, by workflow.Person) error {
	forms := s.Engine.Forms()
	asked := max(slices.IndexFunc(forms, func(d *workflow.Definition) bool { return d.Form == form }), 0)
	_, err := s.Engine.Openable(ctx, by, forms[asked])
	return err
}

func (s *server) showProposal(w http.ResponseWriter, r *http.Request) error {
	id, err := call.ID(r, "id")
	if err != nil {
		return err
	}
	loaded, err := s.Engine.Load(r.Context(), id, workflow.Command{Transition: "-"})
	if err != nil {
		return err
	}
	shown, err := s.proposal(r.Context(), loaded.Proposal, callOf(r).By())
	if err != nil {
		return err
	}
	w.Header().Set("ETag", tag(shown.Version))
	return writeJSON(w, r, shown)
}

func (s *server) amendProposal(w http.ResponseWriter, r *http.Request) error {
	id, err := call.ID(r, "id")
	if err != nil {
		return err
	}
	c := callOf(r)
	var asked proposalPatch
	wrong := decodePatch(askedOf(r).body, &asked)
	return s.commit(w, r, change{
		make: func(request engine.Request) (engine.Result, error) {
			wanted := engine.Patch{
				Title: asked.Title, Description: asked.Description, PartnerID: asked.PartnerID, Fields: asked.Fields, Tools: asked.Tools,
				Readings: asked.Readings, ReadingsReason: asked.ReadingsReason,
			}
			if asked.Readings != nil {
				number := readings(asked.Readings)
				wanted.Readings = &number
			}
			if len(wrong) > 0 {
				wanted = engine.Patch{} // refused, because it changes nothing
			}
			result, err := s.Engine.Amend(r.Context(), request, id, wanted)
			return result, misfitAfter(wrong, err)
		},
		answer: func(result engine.Result) (store.Answer, error) {
			shown, err := s.proposal(r.Context(), result.Proposal, c.By())
			if err != nil {
				return store.Answer{}, err
			}
			return answer(http.StatusOK, "", tag(shown.Version), shown)
		},
	})
}

var proposalSorts = []string{
	"updated_at", "-updated_at", "created_at", "-created_at", "number", "-number", "title", "-title", "due_on", "-due_on",
}

func (s *server) proposalFilters() []parameter {
	return []parameter{
		{Name: "form", Doc: "of this form", Values: s.formIDs()},
		{Name: "state", Doc: "in this state of its route, see /workflows/{form}"},
		{Name: "stage", Doc: "in this stage", Values: codeIDs(s.city().Stages)},
		{Name: "country", Doc: "with a partner of this country, ISO 3166-1 alpha-2"},
		{Name: "partner", Doc: "with this partner, by id"},
		{Name: "q", Doc: "words of 200 characters at most, all of which must be there, in any case and without diacritics as well: beginnings of words of the title, the number or the partner's names; three letters or more are looked for inside words where no word begins with them. What looks like a number, such as 17/2026 or its beginning, is the case's own; where no case has it, its parts are words"},
		{Name: "mine", Doc: "that wait for me", Type: "boolean"},
		{Name: "overdue", Doc: "with a day that has passed", Type: "boolean"},
		{Name: "sort", Doc: "-updated_at when left out", Values: proposalSorts},
	}
}

// state reads the state that cases are asked for by: one of the route of some form.
func (s *server) state(q *query) string {
	asked := q.text("state")
	for _, d := range s.Engine.AllForms() {
		if _, known := d.State(workflow.Route, asked); known {
			return asked
		}
	}
	if asked != "" {
		q.add("state", "Nieznany stan „"+asked+"”. Stany podaje /api/v1/workflows/{form}.", fmt.Sprintf("Unknown state %q. /api/v1/workflows/{form} gives the states.", asked))
	}
	return asked
}

func (s *server) listProposals(w http.ResponseWriter, r *http.Request) error {
	q, err := queryOf(r)
	if err != nil {
		return err
	}
	filter := store.CaseFilter{
		Form: q.oneOf("form", s.formIDs()), State: s.state(q), Stage: q.oneOf("stage", codeIDs(s.city().Stages)),
		Country: q.country("country"), PartnerID: q.id("partner"), Text: q.text("q"), Sort: q.oneOf("sort", proposalSorts), PageRequest: q.page(usualPage),
	}
	if q.flag("mine") {
		c := callOf(r)
		filter.MineUser, filter.MineRoles = c.Person.ID, c.Person.Roles
	}
	if q.flag("overdue") {
		filter.OverdueOn = s.Engine.Today()
	}
	if err := q.err(); err != nil {
		return err
	}
	page, err := s.Store.ListCases(r.Context(), filter)
	if err != nil {
		return fmt.Errorf("list cases: %w", err)
	}
	shown := list[proposalItem]{Items: []proposalItem{}, NextCursor: page.Next}
	for _, p := range page.Items {
		item, err := s.item(r.Context(), p)
		if err != nil {
			return err
		}
		shown.Items = append(shown.Items, item)
	}
	return writeJSON(w, r, shown)
}

package web

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/fault"
	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/country"
)

var partnerKinds = []string{"city", "region", "organisation"}

func (s *server) enterPartner(w http.ResponseWriter, r *http.Request) error {
	var asked engine.NewPartner
	wrong := decode(askedOf(r).body, &asked)
	return s.commit(w, r, change{
		make: func(request engine.Request) (engine.Result, error) {
			if request.Expect != 0 {
				return engine.Result{}, fault.ErrNoVersion
			}
			if len(wrong) > 0 {
				asked = engine.NewPartner{} // refused whatever else it has
			}
			result, err := s.Engine.EnterPartner(r.Context(), request, asked)
			return result, misfitAfter(wrong, err)
		},
		answer: func(result engine.Result) (store.Answer, error) {
			status := http.StatusCreated
			if result.Known {
				status = http.StatusOK
			}
			return partnerAnswer(status, result.Partner)
		},
		created: func(result engine.Result) string { return result.Partner.ID },
	})
}

func partnerAnswer(status int, p store.Partner) (store.Answer, error) {
	return answer(status, api+"/partners/"+p.ID, tag(p.Version), p)
}

// misfitAfter refuses a body that does not have the form asked for, unless the core already refused for a reason that
// comes before.
func misfitAfter(wrong []workflow.FieldError, err error) error {
	if len(wrong) == 0 {
		return err
	}
	var refusal *workflow.Refusal
	if err != nil && !errors.As(err, &refusal) {
		return err
	}
	if refusal != nil && (refusal.Kind == workflow.Forbidden || refusal.Kind == workflow.NotHere) {
		return err
	}
	return fault.Misfit(wrong)
}

func (s *server) showPartner(w http.ResponseWriter, r *http.Request) error {
	id, err := call.ID(r, "id")
	if err != nil {
		return err
	}
	partner, err := s.Store.Partner(r.Context(), id)
	if err != nil {
		return fmt.Errorf("load partner: %w", err)
	}
	w.Header().Set("ETag", tag(partner.Version))
	return writeJSON(w, r, partner)
}

func (s *server) amendPartner(w http.ResponseWriter, r *http.Request) error {
	id, err := call.ID(r, "id")
	if err != nil {
		return err
	}
	var asked engine.PartnerPatch
	wrong := decodePatch(askedOf(r).body, &asked)
	return s.commit(w, r, change{
		make: func(request engine.Request) (engine.Result, error) {
			if len(wrong) > 0 {
				asked = engine.PartnerPatch{Name: new(string)} // refused whatever else it has
			}
			result, err := s.Engine.AmendPartner(r.Context(), request, id, asked)
			return result, misfitAfter(wrong, err)
		},
		answer: func(result engine.Result) (store.Answer, error) {
			done, err := partnerAnswer(http.StatusOK, result.Partner)
			done.Location = ""
			return done, err
		},
	})
}

func (s *server) listPartners(w http.ResponseWriter, r *http.Request) error {
	q, err := queryOf(r)
	if err != nil {
		return err
	}
	filter := store.PartnerFilter{
		Text: q.text("q"), Country: q.country("country"), Kind: q.oneOf("kind", partnerKinds), PageRequest: q.page(usualPage),
	}
	if err := q.err(); err != nil {
		return err
	}
	page, err := s.Store.ListPartners(r.Context(), filter)
	if err != nil {
		return fmt.Errorf("list partners: %w", err)
	}
	return writeJSON(w, r, pageOf(page))
}

func (q *query) country(name string) string {
	code := strings.ToUpper(q.values.Get(name))
	if _, known := country.Find(code); code != "" && !known {
		q.add(name, "Podaj dwuliterowy kod kraju ISO 3166-1, na przykład JP.", "Give the two-letter ISO 3166-1 code of the country, such as JP.")
	}
	return code
}

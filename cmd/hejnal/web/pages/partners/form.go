package partners

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/country"
)

// keeping is what the pages of the forms show.
type keeping struct {
	Form   frame.Form
	Action string
	Back   string
	Key    string
	// Changing is the partner that is changed; the zero value where one is entered.
	Changing row
	// Moved says that somebody else changed the partner meanwhile.
	Moved bool
}

// The names of the fields are those of the engine's pointers.
func fields() []frame.Field {
	return []frame.Field{
		{Name: "name", Kind: frame.Line, Most: 200, Label: workflow.Text{PL: "Nazwa po polsku", EN: "Name in Polish"}, Hint: workflow.Text{PL: "Na przykład Norymberga.", EN: "For example Norymberga."}},
		{Name: "native_name", Kind: frame.Line, Most: 200, Optional: true, Label: workflow.Text{PL: "Nazwa w języku partnera", EN: "Name in the partner's language"}, Hint: workflow.Text{PL: "Na przykład Nürnberg.", EN: "For example Nürnberg."}},
		{
			Name: "wikidata", Kind: frame.Line, Most: 13, Optional: true, Label: workflow.Text{PL: "Identyfikator Wikidanych", EN: "Wikidata id"},
			Hint: workflow.Text{PL: "Litera Q i cyfry, na przykład Q2090. Pozwala innym programom rozpoznać partnera.", EN: "The letter Q and digits, such as Q2090. It lets other programs recognise the partner."},
		},
		{
			Name: "continent", Kind: frame.Select, Optional: true, Options: frame.OptionsOf(country.Continents()), None: workflow.Text{PL: "taki jak kraju", EN: "as of the country"}, Label: workflow.Text{PL: "Kontynent", EN: "Continent"},
			Hint: workflow.Text{PL: "Wybierz tylko wtedy, gdy Miasto liczy partnera do innego kontynentu niż jego kraj.", EN: "Choose only where the City counts the partner to another continent than its country."},
		},
		{Name: "continent_reason", Kind: frame.Area, Rows: 3, Most: 2000, Optional: true, Label: workflow.Text{PL: "Dlaczego inny kontynent", EN: "Why another continent"}},
	}
}

// newFields are the fields of a partner that is entered: what it is cannot be changed later.
func newFields(language string) []frame.Field {
	all := fields()
	what := []frame.Field{
		{Name: "country", Kind: frame.Select, Label: workflow.Text{PL: "Kraj", EN: "Country"}, Options: frame.Countries(language), Hint: workflow.Text{PL: "Nie da się go później zmienić.", EN: "It cannot be changed later."}},
		{Name: "kind", Kind: frame.Choice, Label: workflow.Text{PL: "Rodzaj", EN: "Kind"}, Options: kinds, Hint: workflow.Text{PL: "Nie da się go później zmienić.", EN: "It cannot be changed later."}},
	}
	return append(append(all[:2:2], what...), all[2:]...)
}

func (p *pages) askNew(w http.ResponseWriter, r *http.Request) error {
	if err := p.Engine.MayKeepPartners(r.Context(), call.Of(r).By()); err != nil {
		return err
	}
	return p.showNew(w, r, http.StatusOK, frame.Form{Fields: newFields(call.Of(r).Language)})
}

func (p *pages) showNew(w http.ResponseWriter, r *http.Request, status int, form frame.Form) error {
	return p.Render(w, r, status, frame.Page{
		Template: "partners/form", Title: frame.WordsOf(call.Of(r).Language).T("Dodaj partnera", "Add a partner"), Wrong: form.Wrong(),
		Main: keeping{Form: form, Action: newPath, Back: listPath, Key: p.NewID()},
	})
}

func (p *pages) enter(w http.ResponseWriter, r *http.Request) error {
	if err := p.Engine.MayKeepPartners(r.Context(), call.Of(r).By()); err != nil {
		return err
	}
	sent, err := p.Read(r)
	if err != nil {
		return err
	}
	form := frame.Form{Fields: newFields(call.Of(r).Language)}
	form.Fill(sent)
	if sent.Restored {
		return p.showNew(w, r, http.StatusOK, form)
	}
	form.Require()
	if form.Wrong() {
		return p.showNew(w, r, http.StatusUnprocessableEntity, form)
	}
	value := func(name string) string { return form.Field(name).Value }
	request := p.Request(r, sent.Values, 0, enteredAt)
	result, err := p.Engine.EnterPartner(r.Context(), request, engine.NewPartner{
		Name: value("name"), NativeName: value("native_name"), Country: value("country"), Kind: value("kind"), Wikidata: value("wikidata"),
		Continent: value("continent"), ContinentReason: value("continent_reason"),
	})
	return p.answer(w, r, sent, err, enteredAt(result), func(refusal *workflow.Refusal) error {
		form.RefuseAll(refusal.Errors, fieldOf)
		return p.showNew(w, r, http.StatusUnprocessableEntity, form)
	})
}

func enteredAt(result engine.Result) string {
	done := entered
	if result.Known {
		done = known
	}
	return listPath + "/" + result.Partner.ID + "?" + frame.DoneField + "=" + done
}

func fieldOf(pointer string) string { return strings.TrimPrefix(pointer, "/") }

// answer leads to where a change led, or shows what was refused.
func (p *pages) answer(w http.ResponseWriter, r *http.Request, sent frame.Sent, err error, to string, refused func(*workflow.Refusal) error) error {
	var refusal *workflow.Refusal
	switch {
	case errors.As(err, &refusal) && refusal.Kind == workflow.Invalid:
		return refused(refusal)
	case errors.Is(err, store.ErrKeyUsed):
		before, lookup := p.LedBefore(r, sent.Values)
		if lookup != nil || before == "" {
			return errors.Join(err, lookup)
		}
		to = before
	case err != nil:
		return err
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

func (p *pages) askChange(w http.ResponseWriter, r *http.Request) error {
	shown, err := p.changing(r)
	if err != nil {
		return err
	}
	return p.showChange(w, r, http.StatusOK, shown)
}

// changing is the form of the partner that the address names, as it is now.
func (p *pages) changing(r *http.Request) (keeping, error) {
	id, err := call.ID(r, "id")
	if err != nil {
		return keeping{}, err
	}
	found, err := p.Store.Partner(r.Context(), id)
	if err != nil {
		return keeping{}, fmt.Errorf("load partner: %w", err)
	}
	if err := p.Engine.MayKeepPartners(r.Context(), call.Of(r).By()); err != nil {
		return keeping{}, err
	}
	shown := keeping{Changing: rowOf(found), Action: listPath + "/" + id + "/zmien", Back: listPath + "/" + id, Key: p.NewID(), Form: frame.Form{Fields: fields()}}
	values := map[string]string{"name": found.Name, "native_name": found.NativeName, "wikidata": found.Wikidata, "continent": found.Continent, "continent_reason": found.ContinentReason}
	for i := range shown.Form.Fields {
		shown.Form.Fields[i].Value = values[shown.Form.Fields[i].Name]
	}
	shown.Form.Fields = append(shown.Form.Fields, frame.Field{Name: frame.VersionField, Kind: frame.Hidden, Value: strconv.FormatInt(found.Version, 10)})
	return shown, nil
}

func (p *pages) showChange(w http.ResponseWriter, r *http.Request, status int, shown keeping) error {
	words := frame.WordsOf(call.Of(r).Language)
	return p.Render(w, r, status, frame.Page{
		Template: "partners/form", Title: words.T("Zmień dane: ", "Change: ") + shown.Changing.Name, Main: shown, Wrong: shown.Form.Wrong() || shown.Moved,
	})
}

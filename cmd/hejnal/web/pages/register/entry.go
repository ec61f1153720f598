package register

import (
	"errors"
	"net/http"

	"hejnal/cmd/hejnal/legacy"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/cmd/hejnal/web/published"
	"hejnal/store"
	"hejnal/workflow"
)

// entry is what the page of an entry shows, or of a case that came near one.
type entry struct {
	published.Case
	Country workflow.Text
	Status  Status
	Summary string
	Signed  string // day, month or year; empty: not known
	Since   string
	Until   string // of what is past
	ValidTo string // of what is current
	Basis   []published.Resolution
	Ending  []published.Resolution
	Other   []published.Resolution
	Flaw    *published.Flaw // of what it rests on; nil: that stands
	Parties *workflow.Parties
	Files   []file
	History []happened
	Sources []string
	Sure    workflow.Text
	Native  string // language of the partner's own name; empty: not known
	Address string
	Keeper  workflow.Text
	Report  string
	Licence string
}

// Status is a word with the look of its tag.
type Status struct {
	Word workflow.Text
	Look string // suffix of hj-tag
}

// StatusOf says what an entry of the register is.
func StatusOf(status string) Status {
	if status == workflow.RegisterPast {
		return Status{workflow.Text{PL: "Zakończona", EN: "Past"}, "end"}
	}
	return Status{workflow.Text{PL: "Obowiązuje", EN: "Current"}, "goal"}
}

// happened is one entry of the public history.
type happened struct {
	published.Act
	Facts    []published.Fact
	Imported bool // it is the entry of what came before the program, dated by when it was entered
}

func (p *pages) entry(w http.ResponseWriter, r *http.Request) error {
	c, err := p.find(r)
	if errors.Is(err, store.ErrNotFound) {
		return p.missing(w, r)
	}
	if err != nil {
		return err
	}
	status := http.StatusOK
	if c.Standing == published.Ended {
		status = http.StatusGone
	}
	return p.RenderOpen(w, r, status, frame.Page{Template: "register/entry", Title: c.Title, Main: p.shown(r, c)})
}

// find gives the case of the address; what is no id is not found.
func (p *pages) find(r *http.Request) (published.Case, error) {
	id, err := call.ID(r, "id")
	if err != nil {
		return published.Case{}, err
	}
	return published.Find(r.Context(), p.Store, p.Engine, id)
}

func (p *pages) missing(w http.ResponseWriter, r *http.Request) error {
	call.Of(r).Code = "not_found"
	words := frame.WordsOf(call.Of(r).Language)
	return p.Render(w, r, http.StatusNotFound, frame.Page{Template: "register/missing", Title: words.T("Nie ma takiego wpisu", "There is no such entry")})
}

func (p *pages) shown(r *http.Request, c published.Case) entry {
	words := frame.WordsOf(call.Of(r).Language)
	shown := entry{
		Case: c, Country: published.Country(c.Partner.Country), Status: standing(c), Parties: c.InForce.Source.Parties,
		Basis: c.ResolutionsFor(published.Basis), Ending: c.ResolutionsFor(published.End), Other: c.ResolutionsFor(published.Other), Flaw: c.Flaw(),
		Native: published.LanguageOf(c.Partner.Country), Address: p.Base(r) + Path + "/" + c.ID, Keeper: p.Publisher.Keeper(), Licence: p.Publisher.LicenceURL(),
	}
	shown.Report = p.Publisher.Report(words.T("Błąd we wpisie: ", "Mistake in the entry: ")+c.Title, shown.Address)
	if c.Standing == published.Agreed {
		shown.Signed, shown.Since, shown.Until = c.SignedOn(), c.Since(), c.Until()
		if c.Register.Status == workflow.RegisterCurrent {
			shown.ValidTo = string(c.ValidUntil())
		}
	}
	shown.Summary = summary(words, shown)
	source, confidence := c.Source()
	shown.Sources, shown.Sure = legacy.Sources(source), published.Words(confidence)
	for _, document := range c.Documents {
		shown.Files = append(shown.Files, fileOf(words, c, document))
	}
	for _, act := range c.Acts {
		done := happened{Act: act, Imported: act.Text("source") != "" && act.Legacy}
		if !done.Imported { // what an imported entry tells stands above
			done.Facts = c.Facts(act)
		}
		shown.History = append(shown.History, done)
	}
	return shown
}

func standing(c published.Case) Status {
	switch c.Standing {
	case published.UnderWay:
		return Status{workflow.Text{PL: "Postępowanie w toku", EN: "Proceedings under way"}, "open"}
	case published.Ended:
		return Status{workflow.Text{PL: "Zakończone bez umowy", EN: "Ended without an agreement"}, "end"}
	default:
		return StatusOf(c.Register.Status)
	}
}

// summary says in one sentence, without declining names, who agreed what and since when.
func summary(words frame.Words, e entry) string {
	text := words.In(e.InForce.Title) + ". "
	if e.Parties == nil {
		text += "Partner: " + e.Partner.Name
	} else {
		text += words.In(e.Parties.Title) + ": " + e.InForce.CityAs() + words.T(" i ", " and ") + e.Partner.Name
	}
	if e.Partner.Kind != "organisation" {
		text += " (" + words.In(e.Country) + ")"
	}
	switch {
	case e.Standing == published.UnderWay:
		return text + words.T(". Nic jeszcze nie zawarto: trwa postępowanie.", ". Nothing is concluded yet: proceedings are under way.")
	case e.Standing == published.Ended:
		return text + words.T(". Niczego nie zawarto: postępowanie się zakończyło.", ". Nothing was concluded: the proceedings have ended.")
	case e.Register.Status == workflow.RegisterPast:
		return text + words.T(". Data początku: ", ". Date of beginning: ") + words.Known(e.Since) + words.T(", data końca: ", ", date of end: ") + words.Known(e.Until) + "."
	}
	text += words.T(". Obowiązuje; data początku: ", ". Current; date of beginning: ") + words.Known(e.Since)
	if e.ValidTo != "" {
		text += words.T(", do: ", ", until: ") + words.Known(e.ValidTo)
	}
	return text + "."
}

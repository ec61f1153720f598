package published

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// Entry is one entry of the register as it is listed, for people and programs alike.
type Entry struct {
	ID          string        `json:"id" doc:"of the entry, never changes"`
	URL         string        `json:"url" doc:"permanent address of its page"`
	Number      string        `json:"number" doc:"case number"`
	Form        string        `json:"form" doc:"code of the form of cooperation"`
	FormTitle   workflow.Text `json:"form_title"`
	Status      string        `json:"status" doc:"current or past; empty: not in the register"`
	Renewing    bool          `json:"basis_being_renewed" doc:"current while a new resolution or consent is sought"`
	Title       string        `json:"title"`
	PartnerID   string        `json:"partner_id"`
	PartnerName string        `json:"partner_name" doc:"in Polish"`
	NativeName  string        `json:"partner_native_name" doc:"in its own language; empty: not known"`
	PartnerKind string        `json:"partner_kind" doc:"city, region or organisation"`
	Country     string        `json:"country" doc:"ISO 3166-1 alpha-2"`
	Continent   string        `json:"continent"`
	Wikidata    string        `json:"wikidata" doc:"item of the partner; empty: not known"`
	Fields      []string      `json:"fields" doc:"codes of fields of cooperation"`
	Since       string        `json:"since" doc:"YYYY-MM-DD, or YYYY where no more is known; empty: not known"`
	Until       string        `json:"until" doc:"of a past entry, written as since"`
	ValidUntil  string        `json:"valid_until" doc:"agreed end, YYYY-MM-DD; empty: none or not known"`
	Resolutions []string      `json:"resolutions" doc:"numbers of the resolutions of the City Council, those on ending too"`
	Legacy      bool          `json:"legacy" doc:"entered from sources, from before the register"`
	UpdatedAt   string        `json:"updated_at" format:"date-time"`
	Ending      []string      `json:"ending_resolutions" doc:"numbers of those that are the basis of the end"`
	Flaw        string        `json:"resolution_flaw" enum:",suspended,annulled,partly_annulled" doc:"of the resolution that the entry rests on; empty: it stands"`
	FlawSince   string        `json:"resolution_flaw_since" doc:"day from which it is not carried out; empty: the resolution stands"`
}

// EntryOf gives a case of the register as its entry, without what only its history tells of its resolutions; definition is that in
// force, and base the address of the installation.
func EntryOf(p workflow.Proposal, definition *workflow.Definition, base string) Entry {
	e := Entry{
		ID: p.ID, URL: base + "/rejestr/" + p.ID, Number: p.Number, Form: p.Form, Status: p.Register.Status, Title: p.Title, PartnerID: p.Partner.ID,
		PartnerName: p.Partner.Name, NativeName: p.Partner.NativeName, PartnerKind: p.Partner.Kind, Country: p.Partner.Country,
		Continent: p.Partner.Continent, Wikidata: p.Partner.Wikidata, Fields: p.Fields, Since: dayOrYear(p.Register.Since, p.Register.SinceYear),
		Until: dayOrYear(p.Register.Until, p.Register.UntilYear), Legacy: p.Legacy, UpdatedAt: p.UpdatedAt.UTC().Format("2006-01-02T15:04:05Z"),
	}
	if definition != nil {
		e.FormTitle, e.Renewing = definition.Title, definition.BasisBeingRenewed(&p)
	}
	if e.Fields == nil {
		e.Fields = []string{}
	}
	e.ValidUntil, _ = p.Record["valid_until"].(string)
	e.Resolutions, e.Ending = texts(p.Record["resolution_numbers"]), []string{}
	return e
}

// ListedOf gives a case of the register as its entry, with what only its history tells of its resolutions. Most cases have no act
// that puts an end to anything, and their histories are not read.
func ListedOf(ctx context.Context, cases Cases, definitions Definitions, p workflow.Proposal, base string) (Entry, error) {
	inForce, ok := definitions.Form(p.Form)
	e := EntryOf(p, inForce, base)
	if !ok || !touched(p, inForce) {
		return e, nil
	}
	records, err := cases.History(ctx, p.ID, 0, most)
	if err != nil {
		return Entry{}, fmt.Errorf("load history: %w", err)
	}
	definition, err := definitions.DefinitionOf(ctx, p)
	if err != nil {
		return Entry{}, fmt.Errorf("find definition: %w", err)
	}
	c := Case{Standing: Agreed, Definition: definition, InForce: inForce}
	if c.Acts, err = actsOf(records); err != nil {
		return Entry{}, err
	}
	c.Acts = corrected(definition, c.Acts)
	e.tell(c.Resolutions())
	return e, nil
}

// touched reports whether an act was made that may have ended what is agreed, or put an end to a resolution.
func touched(p workflow.Proposal, definition *workflow.Definition) bool {
	for transition := range p.LastOn {
		if slices.ContainsFunc(definition.ResolutionMarks(transition), func(mark string) bool {
			return mark == workflow.ResolutionEndingAdopted || !flaws[mark].Title.IsZero()
		}) {
			return true
		}
	}
	return false
}

// tell notes what became of what the entry rests on.
func (e *Entry) tell(resolutions []Resolution) {
	var basis []Resolution
	for _, resolution := range resolutions {
		switch {
		case resolution.Purpose == End && resolution.Number != "":
			e.Ending = append(e.Ending, resolution.Number)
		case resolution.Purpose == Basis:
			basis = append(basis, resolution)
		}
	}
	if flaw := flawOf(basis); flaw != nil {
		e.Flaw, e.FlawSince = flaw.Code, string(flaw.Since)
	}
}

func dayOrYear(day calendar.Date, number int) string {
	if day != "" {
		return string(day)
	}
	return year(number)
}

// texts reads a list of texts of a case's record.
func texts(value any) []string {
	found := []string{}
	switch list := value.(type) {
	case []string:
		found = append(found, list...)
	case []any:
		for _, one := range list {
			if text, ok := one.(string); ok {
				found = append(found, text)
			}
		}
	}
	return found
}

// Entry gives the case as its entry, with what only its history tells; one that is not in the register has no status.
func (c Case) Entry(base string) Entry {
	e := EntryOf(c.proposal, c.InForce, base)
	e.Title, e.Number, e.Renewing = c.Title, c.Number, c.Renewing
	e.PartnerID, e.PartnerName, e.NativeName, e.PartnerKind = c.Partner.ID, c.Partner.Name, c.Partner.NativeName, c.Partner.Kind
	e.Country, e.Continent, e.Wikidata = c.Partner.Country, c.Partner.Continent, c.Partner.Wikidata
	e.UpdatedAt = c.Changed().UTC().Format("2006-01-02T15:04:05Z")
	e.ValidUntil = string(c.ValidUntil())
	if c.Standing == Agreed {
		e.Since, e.Until = c.Since(), c.Until()
	} else {
		e.Fields = []string{}
	}
	e.tell(c.Resolutions())
	return e
}

// Column is one column of the register as a table.
type Column struct {
	Name string
	Kind string // string, boolean, date-time
	Doc  workflow.Text
	of   func(Entry) string
}

// Columns are the columns of the register as a table, in their order; they only grow.
var Columns = []Column{
	{"id", "string", workflow.Text{PL: "Identyfikator wpisu (UUID), stały", EN: "Identifier of the entry (UUID), permanent"}, func(e Entry) string { return e.ID }},
	{"url", "anyURI", workflow.Text{PL: "Stały adres strony wpisu", EN: "Permanent address of the entry's page"}, func(e Entry) string { return e.URL }},
	{"number", "string", workflow.Text{PL: "Znak sprawy", EN: "Case number"}, func(e Entry) string { return e.Number }},
	{"form", "string", workflow.Text{PL: "Kod formy współpracy", EN: "Code of the form of cooperation"}, func(e Entry) string { return e.Form }},
	{"form_title_pl", "string", workflow.Text{PL: "Forma współpracy po polsku", EN: "Form of cooperation in Polish"}, func(e Entry) string { return e.FormTitle.PL }},
	{"form_title_en", "string", workflow.Text{PL: "Forma współpracy po angielsku", EN: "Form of cooperation in English"}, func(e Entry) string { return e.FormTitle.EN }},
	{"status", "string", workflow.Text{PL: "current: obowiązuje, past: zakończona", EN: "current or past"}, func(e Entry) string { return e.Status }},
	{"basis_being_renewed", "boolean", workflow.Text{PL: "Czy podstawa jest właśnie odnawiana", EN: "Whether the basis is being renewed"}, func(e Entry) string { return strconv.FormatBool(e.Renewing) }},
	{"title", "string", workflow.Text{PL: "Tytuł wpisu", EN: "Title of the entry"}, func(e Entry) string { return e.Title }},
	{"partner_id", "string", workflow.Text{PL: "Identyfikator partnera", EN: "Identifier of the partner"}, func(e Entry) string { return e.PartnerID }},
	{"partner_name", "string", workflow.Text{PL: "Nazwa partnera po polsku", EN: "Name of the partner in Polish"}, func(e Entry) string { return e.PartnerName }},
	{"partner_native_name", "string", workflow.Text{PL: "Nazwa partnera w jego języku", EN: "Name of the partner in its own language"}, func(e Entry) string { return e.NativeName }},
	{"partner_kind", "string", workflow.Text{PL: "Rodzaj partnera: city (miasto), region, organisation (organizacja)", EN: "Kind of partner: city, region, organisation"}, func(e Entry) string { return e.PartnerKind }},
	{"country", "string", workflow.Text{PL: "Kraj partnera, ISO 3166-1 alfa-2", EN: "Country of the partner, ISO 3166-1 alpha-2"}, func(e Entry) string { return e.Country }},
	{"continent", "string", workflow.Text{PL: "Kod kontynentu", EN: "Code of the continent"}, func(e Entry) string { return e.Continent }},
	{"wikidata", "string", workflow.Text{PL: "Element Wikidanych partnera", EN: "Wikidata item of the partner"}, func(e Entry) string { return e.Wikidata }},
	{"fields", "string", workflow.Text{PL: "Kody dziedzin współpracy, oddzielone spacjami", EN: "Codes of fields of cooperation, separated by spaces"}, func(e Entry) string { return strings.Join(e.Fields, " ") }},
	{"since", "string", workflow.Text{PL: "Początek: RRRR-MM-DD albo RRRR; puste: nieznany", EN: "Began: YYYY-MM-DD or YYYY; empty: not known"}, func(e Entry) string { return e.Since }},
	{"until", "string", workflow.Text{PL: "Koniec wpisu zakończonego, zapisany jak początek", EN: "End of a past entry, written as since"}, func(e Entry) string { return e.Until }},
	{"valid_until", "string", workflow.Text{PL: "Uzgodniony koniec: RRRR-MM-DD; puste: brak albo nieznany", EN: "Agreed end: YYYY-MM-DD; empty: none or not known"}, func(e Entry) string { return e.ValidUntil }},
	{"resolutions", "string", workflow.Text{PL: "Numery uchwał Rady Miasta Krakowa, oddzielone spacjami", EN: "Numbers of resolutions of the City Council, separated by spaces"}, func(e Entry) string { return strings.Join(e.Resolutions, " ") }},
	{"legacy", "boolean", workflow.Text{PL: "Czy wpis jest starszy niż rejestr i odtworzony ze źródeł", EN: "Whether the entry is older than the register and put together from sources"}, func(e Entry) string { return strconv.FormatBool(e.Legacy) }},
	{"updated_at", "dateTime", workflow.Text{PL: "Ostatnia zmiana danych, UTC", EN: "Last change of the data, UTC"}, func(e Entry) string { return e.UpdatedAt }},
	{"ending_resolutions", "string", workflow.Text{PL: "Numery tych uchwał, które są podstawą zakończenia, oddzielone spacjami", EN: "Numbers of those that are the basis of the end, separated by spaces"}, func(e Entry) string { return strings.Join(e.Ending, " ") }},
	{"resolution_flaw", "string", workflow.Text{PL: "Uchwała będąca podstawą wpisu: suspended (wykonanie wstrzymane), annulled (nieważna w całości), partly_annulled (nieważna w części); puste: nic z tych", EN: "Resolution that the entry rests on: suspended, annulled (invalid in whole), partly_annulled (invalid in part); empty: none of these"}, func(e Entry) string { return e.Flaw }},
	{"resolution_flaw_since", "string", workflow.Text{PL: "Dzień, od którego wykonanie tej uchwały jest wstrzymane: RRRR-MM-DD", EN: "Day from which that resolution is not carried out: YYYY-MM-DD"}, func(e Entry) string { return e.FlawSince }},
}

package published

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
	"hejnal/workflow/country"
)

// Fact is one thing that an act tells, with its name: a text, a day, or an address.
type Fact struct {
	Name workflow.Text
	Text workflow.Text
	Day  calendar.Date // in place of Text
	Href string        // where Text leads; empty: nowhere
	// Corrected says that a later act corrected it, from Was; Was has neither text nor day where it was left out.
	Corrected bool
	Was       Said

	path string
}

// Said is what was told before it was corrected.
type Said struct {
	Text workflow.Text
	Day  calendar.Date
}

// Facts are what an act tells beside what happened, in the order of its definition.
func (c Case) Facts(act Act) []Fact {
	if of, how, corrects := c.correction(act); corrects {
		return c.correctionFacts(of, how)
	}
	transitions := c.Definition.Named(act.Transition)
	if len(transitions) == 0 {
		return nil
	}
	inputs, city := transitions[0].Inputs, c.Definition.Source.City
	told, was := facts("", inputs, act.Inputs, city), facts("", inputs, act.Recorded.Inputs, city)
	for i := range told {
		said := Said{}
		if j := slices.IndexFunc(was, func(f Fact) bool { return f.path == told[i].path }); j >= 0 {
			said = Said{was[j].Text, was[j].Day}
		}
		if said != (Said{told[i].Text, told[i].Day}) {
			told[i].Corrected, told[i].Was = true, said
		}
	}
	return told
}

func facts(within string, inputs []workflow.InputSource, given map[string]json.RawMessage, city workflow.City) []Fact {
	var told []Fact
	for _, input := range inputs {
		raw, ok := given[input.Name]
		if !ok {
			continue
		}
		if input.Type == "object" {
			var parts map[string]json.RawMessage
			if json.Unmarshal(raw, &parts) == nil {
				told = append(told, facts(within+"/"+input.Name, input.Fields, parts, city)...)
			}
			continue
		}
		fact := factOf(input, raw, city)
		fact.Name, fact.path = input.Title, within+"/"+input.Name
		told = append(told, fact)
	}
	return told
}

func factOf(input workflow.InputSource, raw json.RawMessage, city workflow.City) Fact {
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		var texts []string
		if json.Unmarshal(raw, &texts) != nil {
			return Fact{Text: same(strings.Trim(string(raw), `"`))}
		}
		text = strings.Join(texts, ", ")
	}
	switch input.Type {
	case "date":
		return Fact{Day: calendar.Date(text)}
	case "uri":
		return Fact{Text: same(text), Href: webAddress(text)}
	}
	values := input.Values
	if input.List != "" {
		values = city.Lists[input.List]
	}
	if i := slices.IndexFunc(values, func(code workflow.Code) bool { return code.ID == text }); i >= 0 {
		return Fact{Text: values[i].Title}
	}
	if day, err := calendar.Parse(text); err == nil {
		return Fact{Day: day}
	}
	return Fact{Text: same(text)}
}

func same(text string) workflow.Text { return workflow.Text{PL: text, EN: text} }

// webAddress is an address that a page may lead to; empty for any other.
func webAddress(text string) string {
	if strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://") {
		return text
	}
	return ""
}

// titleOf gives the title of a code, or the code itself.
func titleOf(codes []workflow.Code, id string) workflow.Text {
	if i := slices.IndexFunc(codes, func(code workflow.Code) bool { return code.ID == id }); i >= 0 {
		return codes[i].Title
	}
	return same(id)
}

// Country is the name of a country, or its code where it has none. A partner whose country the sources do not tell has none.
func Country(code string) workflow.Text {
	if code == "" {
		return workflow.Text{PL: "kraj nieznany", EN: "country not known"}
	}
	if found, ok := country.Find(code); ok {
		return found.Name
	}
	return same(code)
}

// Kind is the title of a document's kind.
func (c Case) Kind(d workflow.Document) workflow.Text { return titleOf(c.City().Documents, d.Kind) }

// FieldTitles are the fields of cooperation in words.
func (c Case) FieldTitles() []workflow.Text {
	var titles []workflow.Text
	for _, field := range c.Fields {
		titles = append(titles, titleOf(c.City().Fields, field))
	}
	return titles
}

// StageTitle is the stage in words.
func (c Case) StageTitle() workflow.Text { return titleOf(c.City().Stages, c.Stage) }

// Words says in one sentence per language how sure an imported entry is, of a mark such as S-form_G-year: what is read in a source
// (S), what is inferred (I), and what is given without one (G).
func Words(confidence string) workflow.Text {
	if confidence == "" {
		return workflow.Text{}
	}
	var pl, en []string
	for part := range strings.SplitSeq(confidence, "_") {
		mark, about, _ := strings.Cut(part, "-")
		how, known := marks[mark]
		if !known {
			if how, known = marks[about]; known {
				about = mark // gap-I is written the other way round
			}
		}
		if !known {
			return same(confidence)
		}
		if about == "" {
			pl, en = append(pl, how.PL), append(en, how.EN)
			continue
		}
		what, ok := abouts[about]
		if !ok {
			what = same(about)
		}
		pl, en = append(pl, fmt.Sprintf("%s: %s", what.PL, how.PL)), append(en, fmt.Sprintf("%s: %s", what.EN, how.EN))
	}
	return workflow.Text{PL: strings.Join(pl, "; "), EN: strings.Join(en, "; ")}
}

var marks = map[string]workflow.Text{
	"S":    {PL: "potwierdzone w źródle", EN: "confirmed by a source"},
	"I":    {PL: "wywnioskowane ze źródeł", EN: "inferred from sources"},
	"G":    {PL: "podawane bez źródła", EN: "given without a source"},
	"open": {PL: "nieustalone", EN: "not settled"},
}

var abouts = map[string]workflow.Text{
	"form": {PL: "forma", EN: "form"}, "year": {PL: "rok", EN: "year"}, "month": {PL: "miesiąc", EN: "month"}, "dates": {PL: "daty", EN: "dates"},
	"joined": {PL: "przystąpienie", EN: "joining"}, "state": {PL: "obecny stan", EN: "present state"}, "signing": {PL: "podpisanie", EN: "signing"},
	"lapse": {PL: "wygaśnięcie", EN: "lapse"}, "listed": {PL: "obecność na liście", EN: "being listed"}, "gap": {PL: "przerwa", EN: "gap"},
}

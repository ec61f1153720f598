package figures

import (
	"fmt"
	"slices"

	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
)

// Ids of the charts, to lead to.
const (
	stagesID   = "etapy"
	spansID    = "czas-krokow"
	overdueID  = "po-terminie"
	returnedID = "zwroty"
	outsideID  = "poza-urzedem"
	monthsID   = "wygasaja"
)

// Parameters of the list of cases.
const (
	stageField = "etap"
	stateField = "stan"
)

// mostSteps is how many steps a chart shows before the others, which are behind a click.
const mostSteps = 12

var spraw = workflow.Text{PL: "Spraw", EN: "Cases"}

func (p *pages) charts(found counted, words frame.Words) []chart {
	city := p.Engine.Forms()[0].Source.City
	stages := titlesOf(city.Stages)
	return []chart{
		{
			ID: stagesID, Title: workflow.Text{PL: "Sprawy w toku według etapu", EN: "Open cases by stage"}, Of: workflow.Text{PL: "Etap", EN: "Stage"}, Count: spraw,
			Rows: counts(inOrder(found.Stages, idsOf(city.Stages)), func(id string) workflow.Text { return stages[id] },
				func(id string) string { return casesBy(stageField, id) }),
			Nothing: workflow.Text{PL: "Nie ma żadnej sprawy w toku.", EN: "No case is open."},
		},
		p.spans(found, words),
		p.overdueByRole(found),
		returned(found),
		p.outside(found),
		expiringByMonth(found),
	}
}

func idsOf(codes []workflow.Code) []string {
	var ids []string
	for _, code := range codes {
		ids = append(ids, code.ID)
	}
	return ids
}

// spans is how long steps take, the longest first.
func (p *pages) spans(found counted, words frame.Words) chart {
	rules := map[string]*workflow.TaskRule{}
	for _, form := range p.Engine.AllForms() {
		for _, rule := range form.Tasks {
			rules[rule.ID] = rule
		}
	}
	spans := slices.Clone(found.Spans)
	slices.SortStableFunc(spans, func(a, b store.SpanFigure) int { return int(b.Median.Milliseconds() - a.Median.Milliseconds()) })
	bars, sizes := make([]bar, len(spans)), make([]float64, len(spans))
	for i, span := range spans {
		bars[i] = bar{Title: workflow.Text{PL: span.Rule, EN: span.Rule}, Value: daysOf(span.Median, words)}
		if rule := rules[span.Rule]; rule != nil {
			bars[i].Title = rule.Title
			if rule.Strand == workflow.Route {
				bars[i].Href = casesBy(stateField, rule.States[0])
			}
		}
		sizes[i] = float64(tenthsOf(span.Median))
	}
	bars = scaled(bars, sizes)
	shown := min(len(bars), mostSteps)
	return chart{
		ID: spansID, Title: workflow.Text{PL: "Ile trwają kroki (mediana, ostatnie 12 miesięcy)", EN: "How long steps take (median, last 12 months)"},
		Of: workflow.Text{PL: "Krok", EN: "Step"}, Count: workflow.Text{PL: "Czas", EN: "Time"}, Rows: bars[:shown], More: bars[shown:],
		Nothing: workflow.Text{PL: "W ostatnich 12 miesiącach nie wykonano żadnego zadania.", EN: "No task was completed in the last 12 months."},
		Note: workflow.Text{
			PL: "Od otwarcia zadania do jego wykonania, w dniach kalendarzowych. Odnośnik prowadzi do spraw, które są teraz w tym kroku.",
			EN: "From the opening of a task to its completion, in calendar days. The link leads to the cases that are in the step now.",
		},
	}
}

func (p *pages) overdueByRole(found counted) chart {
	var roles []string
	for _, role := range workflow.Roles() {
		roles = append(roles, string(role))
	}
	bars := counts(inOrder(found.Overdue, roles), func(id string) workflow.Text { return workflow.Role(id).Title() },
		func(id string) string { return overdueOf(workflow.Role(id)) })
	for i := range bars {
		bars[i].Late = true
	}
	return chart{
		ID: overdueID, Title: workflow.Text{PL: "Zadania po terminie według roli", EN: "Overdue tasks by role"}, Of: workflow.Text{PL: "Rola", EN: "Role"},
		Count: workflow.Text{PL: "Zadań", EN: "Tasks"}, Rows: bars, Nothing: workflow.Text{PL: "Żadne zadanie nie jest po terminie.", EN: "No task is overdue."},
		Note: workflow.Text{PL: "Liczymy role, nie osoby.", EN: "Roles are counted, not people."},
	}
}

func returned(found counted) chart {
	rest := found.Opened - found.Returned
	shown := chart{
		ID: returnedID, Title: workflow.Text{PL: "Zwroty do poprawy w sprawach z ostatnich 12 miesięcy", EN: "Returns for correction in cases of the last 12 months"},
		Of: workflow.Text{PL: "Sprawy", EN: "Cases"}, Count: spraw, Nothing: workflow.Text{PL: "W ostatnich 12 miesiącach nie otwarto żadnej sprawy.", EN: "No case was opened in the last 12 months."},
	}
	if found.Opened > 0 {
		shown.Rows = scaled([]bar{
			{Title: workflow.Text{PL: "Wróciły choć raz", EN: "Came back at least once"}, Href: returnedSince(found.Today), Value: fmt.Sprint(found.Returned)},
			{Title: workflow.Text{PL: "Bez zwrotu", EN: "Never came back"}, Value: fmt.Sprint(rest)},
		}, []float64{float64(found.Returned), float64(rest)})
	}
	return shown
}

// outside is who cases wait for outside the City, state by state.
func (p *pages) outside(found counted) chart {
	who, states := titlesOf(p.Engine.Forms()[0].Source.City.Lists["outside"]), map[string]workflow.State{}
	for _, form := range p.Engine.AllForms() {
		for _, state := range form.States {
			if state.Outside != "" {
				states[state.ID] = state
			}
		}
	}
	return chart{
		ID: outsideID, Title: workflow.Text{PL: "Na kogo sprawy czekają poza Urzędem", EN: "Whom cases wait for outside the City"},
		Of: workflow.Text{PL: "Na kogo i w jakim stanie", EN: "For whom, and in which state"}, Count: spraw,
		Rows: counts(found.Outside, func(id string) workflow.Text {
			state, whom := states[id], who[states[id].Outside]
			return workflow.Text{PL: whom.PL + ": " + state.Title.PL, EN: whom.EN + ": " + state.Title.EN}
		}, func(id string) string { return casesBy(stateField, id) }),
		Nothing: workflow.Text{PL: "Żadna sprawa nie czeka na nikogo spoza Urzędu.", EN: "No case waits for anybody outside the City."},
	}
}

func expiringByMonth(found counted) chart {
	shown := chart{
		ID: monthsID, Title: workflow.Text{PL: fmt.Sprintf("Co wygasa w ciągu %d dni, miesiąc po miesiącu", within), EN: fmt.Sprintf("What expires within %d days, month by month", within)},
		Of: workflow.Text{PL: "Miesiąc", EN: "Month"}, Count: workflow.Text{PL: "Wpisów", EN: "Entries"},
		Nothing: workflow.Text{PL: fmt.Sprintf("Nic nie wygasa w ciągu %d dni.", within), EN: fmt.Sprintf("Nothing expires within %d days.", within)},
	}
	if expiring(found) == 0 {
		return shown
	}
	var bars []bar
	var sizes []float64
	for _, month := range found.Months {
		bars = append(bars, bar{Title: frame.MonthTitle(string(month.First)), Href: expiringPath + "#" + string(month.First)[:7], Value: fmt.Sprint(month.Count)})
		sizes = append(sizes, float64(month.Count))
	}
	shown.Rows = scaled(bars, sizes)
	return shown
}

package figures

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
	"hejnal/workflow/country"
)

const (
	timelinePath       = "/pulpit/linia-czasu"
	publicTimelinePath = "/kraje/linia-czasu"
	continentField     = "kontynent"
	statusField        = "stan"
	// mostLines is how many entries a page of the timeline has.
	mostLines = 60
)

// timeline is what the page of agreements through the years shows.
type timeline struct {
	Path       string
	Public     bool
	Continent  workflow.Text
	Continents []roleLink
	Current    bool // only what is current
	Other      string
	Patterns   []pattern // of the forms that are shown
	Marks      []mark
	From, To   int // years
	Countries  []countryLines
	Next       string
}

// pattern is how the bars of a form are filled.
type pattern struct {
	Number int
	Title  workflow.Text
}

// mark is a year on the axis.
type mark struct {
	Year int
	At   string // in percent of the axis
}

// countryLines are the entries of a country.
type countryLines struct {
	Name  workflow.Text
	Lines []lineOfTime
}

// lineOfTime is an entry of the register from its beginning to its end, or to today.
type lineOfTime struct {
	Title    string
	Partner  string
	Href     string
	Form     workflow.Text
	Pattern  int
	Past     bool
	Unknown  bool   // when it began is not known
	X, Width string // of the bar, in percent of the axis; empty: nothing is known
	Years    workflow.Text
}

func (p *pages) timeline(w http.ResponseWriter, r *http.Request) error {
	return p.showTimeline(w, r, timeline{Path: timelinePath})
}

func (p *pages) publicTimeline(w http.ResponseWriter, r *http.Request) error {
	return p.showTimeline(w, r, timeline{Path: publicTimelinePath, Public: true})
}

func (p *pages) showTimeline(w http.ResponseWriter, r *http.Request, shown timeline) error {
	words, address := frame.WordsOf(call.Of(r).Language), frame.AddressOf(r)
	filter := store.RegisterFilter{Continent: country.Europe, Sort: "country", PageRequest: store.PageRequest{Limit: mostLines, Cursor: r.URL.Query().Get(frame.CursorField)}}
	continents := p.Engine.Forms()[0].Source.City.Lists["continents"]
	if asked := address.Get(continentField); slices.ContainsFunc(continents, func(c workflow.Code) bool { return c.ID == asked }) {
		filter.Continent = asked
	}
	if shown.Current = address.Get(statusField) == workflow.RegisterCurrent; shown.Current {
		filter.Status = workflow.RegisterCurrent
	}
	shown.Continents, shown.Continent = continentLinks(shown.Path, continents, filter)
	shown.Other = timelineAddress(shown.Path, filter.Continent, !shown.Current)
	page, err := p.Store.ListRegister(r.Context(), filter)
	if err != nil {
		return fmt.Errorf("list the register by country: %w", err)
	}
	p.lay(&shown, page.Items, p.Engine.Today())
	frame.InOrder(shown.Countries, func(one countryLines) string { return words.In(one.Name) })
	shown.Next = address.Next(page.Next)
	title := words.T("Umowy na osi czasu: ", "Agreements through the years: ") + words.In(shown.Continent)
	return p.Render(w, r, http.StatusOK, frame.Page{Template: "figures/timeline", Title: title, Main: shown})
}

func continentLinks(path string, continents []workflow.Code, filter store.RegisterFilter) (links []roleLink, here workflow.Text) {
	for _, continent := range continents {
		link := roleLink{Title: continent.Title, Href: timelineAddress(path, continent.ID, filter.Status != ""), Here: continent.ID == filter.Continent}
		if link.Here {
			here = link.Title
		}
		links = append(links, link)
	}
	return links, here
}

func timelineAddress(path, continent string, current bool) string {
	values := url.Values{continentField: {continent}}
	if current {
		values.Set(statusField, workflow.RegisterCurrent)
	}
	return path + "?" + values.Encode()
}

// lay lays the entries out on an axis of years, country by country.
func (p *pages) lay(shown *timeline, entries []workflow.Proposal, today calendar.Date) {
	axis := axisOf(entries, today)
	shown.From, shown.To, shown.Marks = axis.from, axis.to, axis.marks()
	forms := p.Engine.AllForms()
	used := map[int]bool{}
	for _, entry := range entries {
		number := slices.IndexFunc(forms, func(d *workflow.Definition) bool { return d.Form == entry.Form })
		line := axis.line(entry, today)
		line.Href = "/sprawy/" + entry.ID
		if shown.Public {
			line.Href = "/rejestr/" + entry.ID
		}
		if number >= 0 {
			line.Form, line.Pattern = forms[number].Title, number
			used[number] = true
		}
		name := workflow.Text{PL: entry.Partner.Country, EN: entry.Partner.Country}
		if found, known := country.Find(entry.Partner.Country); known {
			name = found.Name
		}
		if last := len(shown.Countries) - 1; last < 0 || shown.Countries[last].Name != name {
			shown.Countries = append(shown.Countries, countryLines{Name: name})
		}
		last := &shown.Countries[len(shown.Countries)-1]
		last.Lines = append(last.Lines, line)
	}
	for number, form := range forms {
		if used[number] {
			shown.Patterns = append(shown.Patterns, pattern{Number: number, Title: form.Title})
		}
	}
}

// axis is a span of whole years.
type axis struct{ from, to int }

// axisOf reaches from the decade of the first year that is known to the end of the last one, or of the present year.
func axisOf(entries []workflow.Proposal, today calendar.Date) axis {
	a := axis{from: yearOf(today), to: yearOf(today) + 1}
	for _, entry := range entries {
		for _, year := range []int{entry.Register.SinceYear, entry.Register.UntilYear} {
			if year > 0 {
				a.from, a.to = min(a.from, year), max(a.to, year+1)
			}
		}
	}
	a.from -= a.from % 10
	return a
}

func yearOf(day calendar.Date) int {
	at, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		return 0
	}
	return at.Year()
}

// marks are years on the axis, at most six of them.
func (a axis) marks() []mark {
	step := 1
	for _, wider := range []int{2, 5, 10, 20, 50, 100} {
		if (a.to-a.from)/step > 5 {
			step = wider
		}
	}
	var marks []mark
	for year := a.from; year < a.to; year += step {
		marks = append(marks, mark{Year: year, At: percent(a.share(float64(year)))})
	}
	return marks
}

func (a axis) share(year float64) float64 {
	return 100 * (year - float64(a.from)) / float64(a.to-a.from)
}

func percent(share float64) string {
	return strings.TrimSuffix(fmt.Sprintf("%.1f", min(max(share, 0), 100)), ".0") + "%"
}

// moment is a date on the axis, in years; of a date of which the year alone is known, the year's beginning.
func moment(day calendar.Date, year int) float64 {
	at, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		return float64(year)
	}
	return float64(at.Year()) + float64(at.YearDay()-1)/366
}

func (a axis) line(entry workflow.Proposal, today calendar.Date) lineOfTime {
	known := entry.Register
	line := lineOfTime{Title: entry.Title, Partner: entry.Partner.Name, Past: known.Status == workflow.RegisterPast, Unknown: known.SinceYear == 0, Years: years(known)}
	end := moment(today, 0)
	if line.Past {
		if known.UntilYear == 0 {
			if line.Unknown {
				return line
			}
			end = moment(known.Since, known.SinceYear)
		} else {
			end = moment(known.Until, known.UntilYear)
		}
	}
	begin := float64(a.from)
	if !line.Unknown {
		begin = moment(known.Since, known.SinceYear)
	}
	const least = 0.6 // percent, so that the shortest bar is seen
	x := a.share(begin)
	line.X, line.Width = percent(x), percent(max(a.share(end)-x, least))
	return line
}

// years tells the years of an entry.
func years(known workflow.Register) workflow.Text {
	since, until := known.SinceYear, known.UntilYear
	switch {
	case known.Status != workflow.RegisterPast && since > 0:
		return workflow.Text{PL: fmt.Sprintf("od %d", since), EN: fmt.Sprintf("since %d", since)}
	case known.Status != workflow.RegisterPast:
		return workflow.Text{PL: "od: brak daty", EN: "since: no date"}
	case since > 0 && until > 0:
		return workflow.Text{PL: fmt.Sprintf("%d–%d", since, until), EN: fmt.Sprintf("%d–%d", since, until)}
	case since > 0:
		return workflow.Text{PL: fmt.Sprintf("%d – brak daty", since), EN: fmt.Sprintf("%d – no date", since)}
	case until > 0:
		return workflow.Text{PL: fmt.Sprintf("brak daty – %d", until), EN: fmt.Sprintf("no date – %d", until)}
	}
	return workflow.Text{PL: "zakończone, brak dat", EN: "past, no dates"}
}

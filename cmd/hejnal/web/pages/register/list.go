package register

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/cmd/hejnal/web/published"
	"hejnal/store"
	"hejnal/workflow"
)

// counted is how many entries are counted; more are said to be more.
const counted = 1000

// list is what the page of the register shows.
type list struct {
	Form      frame.Form
	Misread   []frame.Misread
	Chosen    []frame.Chosen
	Count     int
	More      bool // more than Count
	Columns   []frame.Column
	Rows      []row
	Hints     []hint
	Address   frame.Address
	First     string // the first page; empty on it
	Next      string
	Downloads string // the filters of the files
	Sort      string
}

// row is one entry of the list.
type row struct {
	published.Entry
	Country workflow.Text
	Look    Status
	Since   string
	Until   string
}

// hint is a filter that keeps entries out, and how many there are without it, or with it alone.
type hint struct {
	frame.Chosen
	Alone bool
	Count int
	More  bool
}

var orders = []string{"title", "-title", "country", "-country", "since", "-since", "updated_at", "-updated_at"}

func (p *pages) list(w http.ResponseWriter, r *http.Request) error {
	address := frame.AddressOf(r)
	form, err := p.form(r, address)
	if err != nil {
		return err
	}
	filter := read(address, &form)
	shown := list{Form: form, Address: taken(address, form, filter.Sort), Misread: misread(address, form), Sort: filter.Sort}
	status := http.StatusOK
	if form.Wrong() {
		status = http.StatusUnprocessableEntity
	} else if err := p.fill(r, &shown, filter); err != nil {
		return err
	}
	title := frame.WordsOf(call.Of(r).Language).T("Rejestr współpracy międzynarodowej", "Register of international cooperation")
	return p.RenderOpen(w, r, status, frame.Page{Template: "register/list", Title: title, Main: shown, Wrong: form.Wrong()})
}

// fill reads what the filter asks for.
func (p *pages) fill(r *http.Request, shown *list, filter store.RegisterFilter) error {
	filter.PageRequest = store.PageRequest{Limit: 50, Cursor: r.URL.Query().Get(frame.CursorField)}
	page, err := p.Store.ListRegister(r.Context(), filter)
	if errors.Is(err, store.ErrCursor) { // of another order or an old address: the first page
		filter.Cursor = ""
		page, err = p.Store.ListRegister(r.Context(), filter)
	}
	if err != nil {
		return err
	}
	if shown.Count, shown.More, err = p.count(r, filter); err != nil {
		return err
	}
	for _, item := range page.Items {
		shown.Rows = append(shown.Rows, p.row(r, item))
	}
	shown.Next = shown.Address.Next(page.Next)
	if filter.Cursor != "" {
		shown.First = shown.Address.String()
	}
	shown.Downloads = strings.TrimPrefix(shown.Address.Without(frame.SortField).String(), Path)
	for _, column := range []struct {
		key   string
		title workflow.Text
	}{{"title", workflow.Text{PL: "Wpis", EN: "Entry"}}, {"country", workflow.Text{PL: "Partner i kraj", EN: "Partner and country"}}, {"since", workflow.Text{PL: "Początek", EN: "Began"}}} {
		shown.Columns = append(shown.Columns, shown.Address.Column(column.title, column.key, "title"))
	}
	for _, one := range chosenOf(shown.Address, shown.Form) {
		shown.Chosen = append(shown.Chosen, one.Chosen)
	}
	if len(page.Items) == 0 {
		return p.hint(r, shown)
	}
	return nil
}

func (p *pages) count(r *http.Request, filter store.RegisterFilter) (count int, more bool, err error) {
	count, err = p.Store.CountRegister(r.Context(), filter, counted+1)
	return min(count, counted), count > counted, err
}

func (p *pages) row(r *http.Request, item workflow.Proposal) row {
	definition, _ := p.Engine.Form(item.Form)
	entry := published.EntryOf(item, definition, p.Base(r))
	return row{Entry: entry, Country: published.Country(entry.Country), Look: StatusOf(entry.Status), Since: entry.Since, Until: entry.Until}
}

// hint says of every filter how many entries there are without it, or where that finds none either, with it alone.
func (p *pages) hint(r *http.Request, shown *list) error {
	for _, alone := range []bool{false, true} {
		for _, chosen := range chosenOf(shown.Address, shown.Form) {
			address := chosen.without
			if alone {
				address = chosen.alone
			}
			form := shown.Form
			form.Fields = slices.Clone(form.Fields)
			count, more, err := p.count(r, read(address, &form))
			if err != nil {
				return err
			}
			if count > 0 {
				found := frame.Chosen{Title: chosen.Title, Href: address.String()}
				shown.Hints = append(shown.Hints, hint{Chosen: found, Alone: alone, Count: count, More: more})
			}
		}
		if len(shown.Hints) > 0 {
			return nil
		}
	}
	return nil
}

// read reads the filters of an address into the form, and marks there what is none.
func read(address frame.Address, form *frame.Form) store.RegisterFilter {
	for i := range form.Fields {
		field := &form.Fields[i]
		field.Value = strings.TrimSpace(address.Get(field.Name))
		if field.Kind == frame.Select && field.Value != "" && titleOf(*field).IsZero() {
			field.Value = ""
		}
	}
	value := func(name string) string { return form.Field(name).Value }
	filter := store.RegisterFilter{
		Text: value("q"), Form: value("form"), Status: value("status"), Country: value("country"), Continent: value("continent"), Field: value("field"),
		Sort: address.Get(frame.SortField),
	}
	if utf8.RuneCountInString(filter.Text) > 200 {
		form.Refuse("q", "Wpisz najwyżej 200 znaków", "Type at most 200 characters")
	}
	filter.YearFrom, filter.YearTo = yearOf(form, "year_from"), yearOf(form, "year_to")
	if filter.YearFrom > 0 && filter.YearTo > 0 && filter.YearFrom > filter.YearTo {
		form.Refuse("year_to", "Drugi rok nie może być wcześniejszy niż pierwszy", "The second year may not be before the first")
	}
	if !slices.Contains(orders, filter.Sort) {
		filter.Sort = ""
	}
	return filter
}

// misread are the filters of an address that were not read.
func misread(address frame.Address, form frame.Form) []frame.Misread {
	var all []frame.Misread
	for _, field := range form.Fields {
		if asked := strings.TrimSpace(address.Get(field.Name)); asked != "" && field.Value == "" {
			all = append(all, frame.Misread{Label: field.Label, Value: asked})
		}
	}
	return all
}

// taken is an address with what was read of it alone: the files of the register refuse any other parameter.
func taken(address frame.Address, form frame.Form, sort string) frame.Address {
	address = address.Only()
	for _, field := range form.Fields {
		if field.Value != "" {
			address = address.With(field.Name, field.Value)
		}
	}
	if sort != "" {
		address = address.With(frame.SortField, sort)
	}
	return address
}

func yearOf(form *frame.Form, name string) int {
	text := form.Field(name).Value
	if text == "" {
		return 0
	}
	year, err := strconv.Atoi(text)
	if err != nil || len(text) != 4 || year < 1000 {
		form.Refuse(name, "Wpisz rok czterema cyframi, na przykład 1991", "Type the year with four digits, such as 1991")
		return 0
	}
	return year
}

// titleOf is the title of the option that is chosen; zero where it has none of that value.
func titleOf(field frame.Field) workflow.Text {
	for _, option := range field.Options {
		if option.Value == field.Value {
			return option.Title
		}
	}
	return workflow.Text{}
}

// chosen is a filter in force, with the address without it and that with it alone.
type chosen struct {
	frame.Chosen
	without, alone frame.Address
}

func chosenOf(address frame.Address, form frame.Form) []chosen {
	var all []chosen
	for _, field := range form.Fields {
		if field.Value == "" {
			continue
		}
		title := workflow.Text{PL: field.Value, EN: field.Value}
		if field.Kind == frame.Select {
			title = titleOf(field)
		}
		without, alone := address.Without(field.Name), address
		for _, other := range form.Fields {
			if other.Name != field.Name {
				alone = alone.Without(other.Name)
			}
		}
		all = append(all, chosen{frame.Chosen{
			Title: workflow.Text{PL: field.Label.PL + ": " + title.PL, EN: field.Label.EN + ": " + title.EN}, Href: without.String(),
		}, without, alone})
	}
	return all
}

package web

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/fault"
	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// list is one page of things.
type list[T any] struct {
	Items      []T    `json:"items"`
	NextCursor string `json:"next_cursor" doc:"cursor of the next page; empty on the last"`
}

// query reads query parameters and gathers what is wrong with them.
type query struct {
	values url.Values
	wrong  []workflow.FieldError
}

func queryOf(r *http.Request) (*query, error) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, fault.Unreadable("Nie da się odczytać parametrów adresu.", "The parameters of the address cannot be read.")
	}
	for name, given := range values {
		for _, text := range append(given, name) {
			if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
				return nil, fault.Unreadable("Parametry adresu nie są poprawnym tekstem UTF-8 albo zawierają znak NUL.", "The parameters of the address are not valid UTF-8, or hold a NUL character.")
			}
		}
	}
	q := &query{values: values}
	q.known(askedOf(r).query)
	return q, nil
}

// known looks that every parameter exists, and is given once.
func (q *query) known(parameters []parameter) {
	names := make([]string, 0, len(parameters))
	for _, p := range parameters {
		names = append(names, p.Name)
	}
	list := strings.Join(names, ", ")
	for _, name := range slices.Sorted(maps.Keys(q.values)) {
		switch {
		case len(names) == 0:
			q.add(name, fmt.Sprintf("Nieznany parametr „%s”. To wywołanie nie ma parametrów.", name), fmt.Sprintf("Unknown parameter %q. This call has none.", name))
		case !slices.Contains(names, name):
			q.add(name, fmt.Sprintf("Nieznany parametr „%s”. Dostępne parametry: %s.", name, list), fmt.Sprintf("Unknown parameter %q. Parameters that exist: %s.", name, list))
		case len(q.values[name]) > 1:
			q.add(name, "Podaj ten parametr raz.", "Give this parameter once.")
		}
	}
}

func (q *query) add(name, pl, en string) {
	q.wrong = append(q.wrong, workflow.FieldError{Pointer: "/query/" + pointed.Replace(name), Message: workflow.Text{PL: pl, EN: en}})
}

// err refuses what was wrong.
func (q *query) err() error { return fault.Misfit(q.wrong) }

func (q *query) text(name string) string {
	text := q.values.Get(name)
	if utf8.RuneCountInString(text) > 200 {
		q.add(name, "Najwyżej 200 znaków.", "At most 200 characters.")
	}
	return text
}

func (q *query) id(name string) string {
	id := q.values.Get(name)
	if id != "" && !call.IsID(id) {
		q.add(name, "Podaj identyfikator UUID.", "Give an id, which is a UUID.")
	}
	return id
}

func (q *query) oneOf(name string, allowed []string) string {
	value := q.values.Get(name)
	if value != "" && !slices.Contains(allowed, value) {
		list := strings.Join(allowed, ", ")
		q.add(name, fmt.Sprintf("Nieznana wartość „%s”. Wybierz: %s.", value, list), fmt.Sprintf("Unknown value %q. Choose one of: %s.", value, list))
	}
	return value
}

func (q *query) flag(name string) bool {
	switch q.values.Get(name) {
	case "", "false", "0":
		return false
	case "true", "1":
		return true
	}
	q.add(name, "Podaj true albo false.", "Give true or false.")
	return false
}

func (q *query) date(name string) calendar.Date {
	text := q.values.Get(name)
	if text == "" {
		return ""
	}
	day, err := calendar.Parse(text)
	if err != nil {
		q.add(name, "Podaj istniejącą datę w postaci RRRR-MM-DD.", "Give a date that exists, as YYYY-MM-DD.")
	}
	return day
}

// longestCursor is more than any cursor that is given takes, in bytes.
const longestCursor = 4_000

// page reads limit and cursor; without a limit it is the number given.
func (q *query) page(ordinary int) store.PageRequest {
	request := store.PageRequest{Limit: ordinary, Cursor: q.values.Get("cursor")}
	if len(request.Cursor) > longestCursor {
		q.add("cursor", "Nieczytelny kursor.", "The cursor is not understood.")
	}
	text := q.values.Get("limit")
	if text == "" {
		return request
	}
	limit, err := strconv.Atoi(text)
	if err != nil || limit < 1 || limit > maxPage || text != strconv.Itoa(limit) {
		q.add("limit", fmt.Sprintf("Strona ma od 1 do %d wierszy.", maxPage), fmt.Sprintf("A page has 1 to %d rows.", maxPage))
		return request
	}
	request.Limit = limit
	return request
}

// usualPage is how many rows a page has when nobody asks.
const usualPage = 50

func pageOf[T any](page store.Page[T]) list[T] {
	return listOf(page, func(item T) T { return item })
}

func listOf[T, U any](page store.Page[T], view func(T) U) list[U] {
	items := make([]U, 0, len(page.Items))
	for _, item := range page.Items {
		items = append(items, view(item))
	}
	return list[U]{Items: items, NextCursor: page.Next}
}

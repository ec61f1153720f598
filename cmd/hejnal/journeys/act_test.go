package journeys_test

import (
	"path"
	"slices"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/web/pages/pagestest"
	"hejnal/tools/browser"
)

// matter is a case that several people lead through their browsers.
type matter struct {
	t       *testing.T
	house   *pagestest.House
	id      string
	options []browser.Option
	people  map[string]*browser.Visitor
}

func newMatter(t *testing.T, house *pagestest.House, options ...browser.Option) *matter {
	t.Helper()
	return &matter{t: t, house: house, options: options, people: map[string]*browser.Visitor{}}
}

// by is somebody at their own browser, signed in once.
func (m *matter) by(login string) *browser.Visitor {
	m.t.Helper()
	if m.people[login] == nil {
		m.people[login] = arrive(m.t, m.house, login, m.options...)
	}
	return m.people[login]
}

// step is one act of somebody, with what they fill in, choose and attach.
type step struct {
	by, act string
	fill    [][2]string // label and text
	choose  []string    // labels of answers
	attach  []string    // titles of the kinds of documents
}

// open opens a case of the kind with a new partner, as an official does.
func (m *matter) open(kind, partner, title, what string) {
	m.t.Helper()
	v := m.by("official")
	v.Open("/sprawy/nowa")
	v.Choose(kind)
	v.Send()
	v.Fill("Nazwa po polsku", partner)
	v.Select("Kraj", "Belgia")
	v.Choose("Czym jest partner? > " + what)
	v.Click("Dalej z nowym partnerem")
	v.Fill("Tytuł sprawy", title)
	v.Choose("Kultura")
	v.Click("Zapisz i dalej")
	v.Sees(title, partner)
	v.Click("Otwórz sprawę")
	v.Sees(title)
	m.id = path.Base(strings.TrimSuffix(strings.Split(v.URL(), "?")[0], "/"))
	if m.house.Case(m.id).Title != title {
		m.t.Fatalf("the case is not %s, at %s", title, v.URL())
	}
}

// do does a step: from the page of the case, through the form, past the look at what will happen where there is one.
func (m *matter) do(s step) {
	m.t.Helper()
	v := m.by(s.by)
	m.begin(s)
	v.Send()
	if confirm := "Zatwierdź: " + s.act; v.Offers(confirm) {
		v.Click(confirm)
	}
	v.Sees("Zapisano jako wpis", "Co dalej")
}

// begin opens the form of a step and fills it in.
func (m *matter) begin(s step) {
	m.t.Helper()
	v := m.by(s.by)
	v.Open("/sprawy/" + m.id)
	v.Click("Co możesz zrobić > " + s.act)
	for _, pair := range s.fill {
		v.Fill(pair[0], pair[1])
	}
	for _, answer := range s.choose {
		v.Choose(answer)
	}
	for _, kind := range s.attach {
		v.Attach("Dodaj plik: "+kind, paper(m.t, kind+".pdf"))
	}
}

// sound fails the test when a page of somebody did something wrong.
func (m *matter) sound() {
	m.t.Helper()
	for login, v := range m.people {
		for _, wrong := range slices.Concat(v.Violations(), v.Errors()) {
			m.t.Errorf("%s: %s", login, wrong)
		}
	}
}

// toCouncil are the steps from the assessment to the Council's table.
var toCouncil = []step{
	{by: "president", act: "Przekaż projekt Radzie", fill: [][2]string{{"Numer zarządzenia", "1234/2026"}}, attach: []string{"Zarządzenie Prezydenta"}},
	{by: "secretariat", act: "Zarejestruj druk", fill: [][2]string{{"Numer druku", "1234"}}},
	{by: "secretariat", act: "Wprowadź do porządku obrad", fill: [][2]string{{"Numer sesji", "42"}, {"Data sesji", "2026-03-02"}}},
	{by: "secretariat", act: "Odnotuj głosowanie", fill: [][2]string{
		{"Głosy za", "30"}, {"Głosy przeciw", "5"}, {"Głosy wstrzymujące się", "3"}, {"Obecni radni", "38"},
	}},
	{by: "secretariat", act: "Nadaj numer uchwale", fill: [][2]string{{"Numer uchwały", "XLII/777/26"}}, attach: []string{"Uchwała Rady"}},
}

package figures_test

import (
	"crypto/rand"
	"net/http"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/google/uuid"

	"hejnal/cmd/hejnal/bench/samples"
	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/installation"
	"hejnal/cmd/hejnal/web"
	"hejnal/cmd/hejnal/web/pages/pagestest"
	"hejnal/events"
	"hejnal/store/population"
	"hejnal/store/sqlite"
	"hejnal/workflow"
)

// city is a house over a store of so many cases, of every form and stage.
func city(t *testing.T, cases int) *pagestest.House {
	t.Helper()
	forms, err := installation.LoadForms("")
	check(t, err)
	path := filepath.Join(t.TempDir(), "city.sqlite")
	today := pagestest.FirstDay.StartOf(time.UTC).Add(10 * time.Hour)
	opened := func() (*sqlite.Store, *engine.Engine) {
		kept, err := sqlite.Open(t.Context(), path, sqlite.Options{})
		check(t, err)
		running, err := engine.New(t.Context(), engine.Options{
			Store: kept, Forms: forms, Subjects: events.Subjects{}, Source: "urn:hejnal:test", Random: rand.Reader,
			Now: func() time.Time { return today }, NewID: func() string { return uuid.Must(uuid.NewV7()).String() },
		})
		check(t, err)
		return kept, running
	}
	kept, running := opened()
	plan := population.Plan{Count: cases, Today: today, Years: 4, People: map[string][]string{}, Seed: 1}
	taken, err := samples.Take(t.Context(), t.TempDir(), forms)
	check(t, err)
	plan.Samples = taken.Samples
	for _, role := range workflow.Roles() {
		_, err := running.AddPerson(t.Context(), engine.NewPerson{Name: string(role), FullName: string(role), Roles: []workflow.Role{role}})
		check(t, err)
		person, err := running.SetPassword(t.Context(), string(role), pagestest.Hashed(pagestest.Password))
		check(t, err)
		if id, ok := taken.People[role]; ok {
			plan.People[id] = []string{person.ID}
		}
	}
	check(t, kept.Close())
	check(t, population.SQLite(t.Context(), path, plan, nil))
	kept, running = opened()
	t.Cleanup(func() { check(t, kept.Close()) })
	return pagestest.New(t, func(options *web.Options) {
		options.Store, options.Engine, options.Now = kept, running, func() time.Time { return today }
	})
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestAThousandCasesAreCountedAndListedInPages(t *testing.T) {
	house := city(t, 1_000)
	auditor := house.SignIn("auditor")
	page := auditor.Get("/pulpit").Want(http.StatusOK).Check()
	auditor.English().Get("/pulpit").Want(http.StatusOK).Check()
	found := figuresOf(page)
	open, err := strconv.Atoi(found["Sprawy w toku"])
	if err != nil || open < 100 || open > 1_000 {
		t.Errorf("open cases: %s", found["Sprawy w toku"])
	}
	stages := 0
	for _, row := range page.Rows("Sprawy w toku według etapu") {
		count, err := strconv.Atoi(row[len(row)-1])
		check(t, err)
		stages += count
	}
	if stages != open {
		t.Errorf("%d cases by stage, %d altogether", stages, open)
	}
	if found["Mediana na krok, 12 miesięcy"] == "brak danych" || len(page.Rows("Ile trwają kroki (mediana, ostatnie 12 miesięcy)")) == 0 {
		t.Errorf("figures: %v", found)
	}
	for _, path := range []string{"/pulpit/po-terminie", "/pulpit/wygasajace", "/pulpit/linia-czasu", "/kraje/linia-czasu"} {
		for _, browser := range []*pagestest.Browser{auditor, auditor.English()} {
			list := browser.Get(path).Want(http.StatusOK).Check()
			for range 2 {
				rows := 0
				for _, table := range pagestest.Every(list.Root, pagestest.Tag("tr")) {
					if pagestest.First(table, pagestest.Tag("a")) != nil {
						rows++
					}
				}
				if rows > 200 {
					t.Errorf("%s has %d rows", path, rows)
				}
				next := pagestest.First(list.Root, pagestest.Class("govuk-pagination__link"))
				if next == nil {
					break
				}
				list = browser.Get(pagestest.Attribute(next, "href")).Want(http.StatusOK).Check()
			}
		}
	}
}

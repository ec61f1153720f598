package browser_test

import (
	"fmt"
	"strings"
	"testing"

	"hejnal/tools/browser"
)

// Each check is tried on a sound page, in which it finds nothing, and on pages with one fault each, which it must find.
type planting struct {
	name, page string
	want       string // part of the one fault; empty: none
}

func try(t *testing.T, plantings []planting, check func(v *browser.Visitor) []string, options ...browser.Option) {
	t.Helper()
	pages := map[string]string{}
	for i, p := range plantings {
		pages[fmt.Sprintf("/%d", i)] = p.page
	}
	v := browser.New(t, planted(t, pages), options...)
	for i, p := range plantings {
		t.Run(p.name, func(t *testing.T) {
			v := v.In(t)
			v.Open(fmt.Sprintf("/%d", i))
			found := check(v)
			switch {
			case p.want == "" && len(found) > 0:
				t.Errorf("found %q", found)
			case p.want != "" && (len(found) == 0 || !strings.Contains(strings.Join(found, "\n"), p.want)):
				t.Errorf("found %q, want %q", found, p.want)
			}
		})
	}
}

func TestStructure(t *testing.T) {
	try(t, []planting{
		{"sound", sound(form + `<h2>Dalej</h2><h3>Jeszcze</h3><h2>Koniec</h2>`), ""},
		{"other language", strings.Replace(sound(""), `"pl"`, `"en"`, 1), `language is "en"`},
		{"no title", strings.Replace(sound(""), "<title>Strona</title>", "<title> </title>", 1), "no title"},
		{"no heading", strings.Replace(sound(""), "<h1>Strona</h1>", "", 1), "0 headings"},
		{"two first headings", sound("<h1>Druga</h1>"), "2 headings"},
		{"level left out", sound("<h3>Za głęboko</h3>"), "level 3 follows one of level 1"},
		{"empty heading", sound("<h2> </h2>"), "heading is empty"},
		{"id twice", sound(`<p id="a">1</p><p id="a">2</p>`), "twice: a"},
		{"label of nothing", sound(`<label for="none">Nazwa</label>`), "none in <label"},
		{"description of nothing", sound(`<input aria-label="x" aria-describedby="none">`), "none in <input"},
		{"link to nothing", sound(`<a href="#none">W dół</a>`), "none in <a"},
		{"field without label", sound(`<input name="bare">`), "no label"},
		{"button without name", sound(`<button></button>`), "no name"},
		{"style in the page", sound(`<p style="color: red">x</p>`), "stands in the page"},
		{"script in the page", sound(`<script>1</script>`), "stands in the page"},
		{"handler in the page", sound(`<p onclick="x()">x</p>`), "stands in the page"},
		{"errors untold by the title", sound(`<div class="govuk-error-summary">Popraw</div>`), "does not begin with Błąd:"},
		{"errors told by the title", strings.Replace(sound(`<div class="govuk-error-summary">Popraw</div>`), "<title>", "<title>Błąd: ", 1), ""},
		{"title of errors without them", strings.Replace(sound(""), "<title>", "<title>Błąd: ", 1), "shows no errors"},
	}, func(v *browser.Visitor) []string { return v.Structure("pl") })
}

func TestScrollingSideways(t *testing.T) {
	wide := `<pre>` + strings.Repeat("bardzo_długie_", 40) + `</pre>`
	try(t, []planting{
		{"narrow", sound("<p>krótko</p>"), ""},
		{"wide", sound(wide), "<pre>"},
	}, func(v *browser.Visitor) []string {
		if wide := v.Scrolls(); wide != "" {
			return []string{wide}
		}
		return nil
	}, browser.Width(browser.Phone))
}

func TestTabs(t *testing.T) {
	radios := `<input type="radio" name="r" aria-label="a"><input type="radio" name="r" aria-label="b">`
	try(t, []planting{
		{"sound", sound(`<a href="/">x</a>` + form + radios + `<details><summary>Więcej</summary><a href="/">y</a></details>`), ""},
		{"nothing to reach", sound(""), ""},
		{"other order", sound(`<a href="/1" tabindex="2">x</a><a href="/2" tabindex="1">y</a><a href="/3">z</a>`), "Tab goes back"},
		{"focus unseen", withStyle(`<a class="x" href="/">x</a><a href="/2">y</a>`, `.x{outline:none}`), "does not see"},
	}, func(v *browser.Visitor) []string { return v.Tabs() })
}

func TestAFocusTrapIsFound(t *testing.T) {
	const trap = `document.querySelector("#t").addEventListener("keydown", (e) => e.key === "Tab" && e.preventDefault())`
	v := browser.New(t, withScript(t, `<a href="/1">przed</a><input id="t" aria-label="pole"><a href="/2">za</a>`, trap))
	v.Open("/")
	if found := strings.Join(v.Tabs(), "\n"); !strings.Contains(found, "does not reach") {
		t.Errorf("found %q", found)
	}
}

func TestPrinting(t *testing.T) {
	body := `<nav aria-label="x"><a href="/">x</a></nav><button>Drukuj</button>`
	try(t, []planting{
		{"navigation on paper", sound(body), "<nav"},
		{"buttons on paper", sound(body), "<button"},
		{"navigation and buttons on the screen alone", withStyle(body, `@media print{nav,button{display:none}}`), ""},
	}, func(v *browser.Visitor) []string { return v.PrintedFaults() })
}

func TestDeadLinks(t *testing.T) {
	try(t, []planting{
		{"living", sound(`<a href="/0">ja</a><a href="/1#x">dalej</a><a href="https://example.org/">gdzie indziej</a>`), ""},
		{"dead", sound(`<a href="/brak">nie ma</a>`), "/brak is answered with 404"},
	}, func(v *browser.Visitor) []string { return v.Dead(map[string]int{}) })
}

func TestSummaryOfErrors(t *testing.T) {
	summary := `<div class="govuk-error-summary" tabindex="-1"><a href="#n">Wypełnij</a></div><label for="n">Nazwa</label><input id="n">`
	try(t, []planting{
		{"none", sound(""), "no summary"},
		{"without the focus", sound(summary), "has not the focus"},
		{"leads nowhere", sound(strings.Replace(summary, "#n", "#m", 1)), "no field"},
	}, func(v *browser.Visitor) []string { return v.SummaryFaults() })
	v := browser.New(t, withScript(t, summary, `document.querySelector(".govuk-error-summary").focus()`))
	v.Open("/")
	if found := v.SummaryFaults(); len(found) > 0 {
		t.Errorf("found %q", found)
	}
}

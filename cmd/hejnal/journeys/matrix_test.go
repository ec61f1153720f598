package journeys_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"hejnal/tools/browser"
)

// reviewed are judgements that axe-core leaves to people.
var reviewed = []browser.Settled{
	{Rule: "color-contrast", Target: `aria-hidden="true"`, Reason: "An arrow or sign that the words beside it say too."},
	{Rule: "color-contrast", Target: "<tspan", Reason: "Drawings write in near black on white and pale grounds of their own; see the drawing's own tests."},
	{Rule: "color-contrast", Target: "<text", Reason: "As their parts."},
	{Rule: "th-has-data-cells", Target: "table", Reason: "On the timeline, the first column holds the heads of rows, and the years in words stand in the last."},
}

// eyes are the visitors of one language, by login, and the links that they have tried.
type eyes struct {
	*world
	language string
	visitors map[string]*browser.Visitor
	links    map[string]int
}

func (e *eyes) of(t *testing.T, login string) *browser.Visitor {
	t.Helper()
	v, ok := e.visitors[login]
	if !ok {
		v = arrive(e.t, e.House, login, browser.Language(e.language))
		e.visitors[login] = v
	}
	return v.In(t)
}

// TestEveryPageIsSound looks at every page in both languages, on a wide and on a narrow window.
func TestEveryPageIsSound(t *testing.T) {
	w := newWorld(t)
	browser.New(t, w.URL) // where there is no browser, nothing is looked at
	for _, language := range []string{"pl", "en"} {
		e := &eyes{world: w, language: language, visitors: map[string]*browser.Visitor{}, links: map[string]int{}}
		for _, path := range slices.Sorted(maps.Keys(matrix)) {
			for _, look := range matrix[path] {
				if look.full && !browser.Full() {
					continue
				}
				t.Run(language+strings.ReplaceAll(path, "/", "∕")+" "+look.name, func(t *testing.T) { e.look(t, path, look) })
			}
		}
	}
}

// look opens a page and looks at it from all sides.
func (e *eyes) look(t *testing.T, path string, look look) {
	t.Helper()
	v := e.of(t, look.by)
	before, broken := len(v.Violations()), len(v.Errors())
	v.Resize(browser.Desk)
	v.Open(look.at(e.world))
	if look.do != nil {
		look.do(v)
	}
	want := look.status
	if want == 0 {
		want = http.StatusOK
	}
	if v.Status() != want {
		t.Fatalf("%s is answered with %d, want %d:\n%s", v.URL(), v.Status(), want, v.Text())
	}
	name := e.language + strings.NewReplacer("/", "_", "{", "", "}", "").Replace(path) + "-" + look.name
	faults := v.Structure(e.language)
	if look.status == refused {
		faults = append(faults, v.SummaryFaults()...)
	}
	for _, dead := range v.Dead(e.links) {
		own := strings.Contains(dead, look.at(e.world)) // a page that there is not leads to itself in the other language
		if !own {
			faults = append(faults, dead)
		}
	}
	for _, width := range widths() {
		v.Resize(width)
		v.Picture(fmt.Sprintf("%s-%d", name, width))
		if wide := v.Scrolls(); wide != "" {
			faults = append(faults, fmt.Sprintf("scrolls sideways at %d: %s", width, wide))
		}
		if width != browser.Desk && e.language != "pl" && !browser.Full() {
			continue // the layout was judged in Polish, whose words are longer
		}
		for _, one := range v.Axe(reviewed...) {
			faults = append(faults, fmt.Sprintf("axe at %d: %s", width, one))
		}
	}
	v.Resize(browser.Desk)
	faults = append(faults, v.Tabs()...)
	faults = append(faults, v.PrintedFaults()...)
	faults = append(faults, v.Violations()[before:]...)
	faults = append(faults, v.Errors()[broken:]...)
	for _, fault := range faults {
		t.Error(fault)
	}
}

func widths() []int64 {
	if browser.Full() {
		return []int64{browser.Desk, browser.Tablet, browser.Phone}
	}
	return []int64{browser.Desk, browser.Phone}
}

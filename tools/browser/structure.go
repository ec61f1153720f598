package browser

import (
	"fmt"
	"slices"
	"strings"
)

// structure is what a page is made of, as far as the checks ask.
type structure struct {
	Language   string
	Title      string
	Headings   []int // levels, in order
	Empty      []string
	IDs        []string
	Dangling   []string // references to ids that are not there
	Unlabelled []string
	Nameless   []string
	Inline     []string
	Summary    bool
}

// anatomy reads the structure of the page.
const anatomy = `(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const told = (e) => e.cloneNode(false).outerHTML.slice(0, 160);
  const shown = (e) => e.checkVisibility({visibilityProperty: true});
  const named = (e) => (e.getAttribute("aria-label") || e.getAttribute("aria-labelledby") || e.textContent.trim() || e.value || e.querySelector("img[alt]")?.alt || e.querySelector("svg title")?.textContent || "").trim() !== "";
  const references = all("[for], [aria-describedby], [aria-labelledby], [aria-controls], [list], [headers], a[href^='#']").flatMap((e) =>
    ["for", "aria-describedby", "aria-labelledby", "aria-controls", "list", "headers"].flatMap((name) => (e.getAttribute(name) || "").split(/\s+/))
      .concat((e.getAttribute("href") || "").startsWith("#") ? [e.getAttribute("href").slice(1)] : []).filter((id) => id && !document.getElementById(id)).map((id) => id + " in " + told(e)));
  const headings = all("h1, h2, h3, h4, h5, h6").filter(shown);
  return {
    Language: document.documentElement.lang, Title: document.title,
    Headings: headings.map((h) => Number(h.tagName[1])), Empty: headings.filter((h) => !h.textContent.trim()).map(told),
    IDs: all("[id]").map((e) => e.id), Dangling: references,
    Unlabelled: all("input:not([type=hidden], [type=submit], [type=button], [type=image]), select, textarea").filter((e) => !e.labels?.length && !e.getAttribute("aria-label") && !e.getAttribute("aria-labelledby")).map(told),
    Nameless: all("button, a[href], summary, input[type=submit]").filter((e) => !named(e)).map(told),
    Inline: all("[style]").map(told).concat(all("style, script:not([src])").filter((e) => e.type !== "application/json").map(told), all("*").filter((e) => [...e.attributes].some((a) => /^on/.test(a.name))).map(told), all("a[href^='javascript:']").map(told)),
    Summary: !!document.querySelector(".govuk-error-summary"),
  };
})()`

// Structure gives what is wrong with how the page is made: its language, title and headings, ids that are there twice or not
// at all, fields without labels, buttons and links without names, and style or script within it. Language is the one that the
// page is to be in, pl or en.
func (v *Visitor) Structure(language string) []string {
	v.t.Helper()
	var s structure
	v.eval(anatomy, &s)
	var faults []string
	if s.Language != language {
		faults = append(faults, fmt.Sprintf("the page's language is %q, want %q", s.Language, language))
	}
	faults = append(faults, s.titled(language)...)
	faults = append(faults, s.headed()...)
	for _, id := range twice(s.IDs) {
		faults = append(faults, "an id is there twice: "+id)
	}
	for what, found := range map[string][]string{
		"a heading is empty":                     s.Empty,
		"an id is referred to that is not there": s.Dangling,
		"a field has no label":                   s.Unlabelled,
		"a button or link has no name":           s.Nameless,
		"style or script stands in the page":     s.Inline,
	} {
		for _, one := range found {
			faults = append(faults, what+": "+one)
		}
	}
	slices.Sort(faults)
	return faults
}

// titled looks at the title, which begins with the error where there is one.
func (s structure) titled(language string) []string {
	mark := map[string]string{"pl": "Błąd:", "en": "Error:"}[language]
	switch {
	case strings.TrimSpace(s.Title) == "":
		return []string{"the page has no title"}
	case s.Summary && !strings.HasPrefix(s.Title, mark):
		return []string{fmt.Sprintf("the page shows errors, and its title %q does not begin with %s", s.Title, mark)}
	case !s.Summary && strings.HasPrefix(s.Title, mark):
		return []string{fmt.Sprintf("the page shows no errors, and its title %q begins with %s", s.Title, mark)}
	}
	return nil
}

// headed looks at the headings: one of the first level, before all others, and no level left out.
func (s structure) headed() []string {
	var faults []string
	first := 0
	for i, level := range s.Headings {
		if level == 1 {
			first++
		}
		if i > 0 && level > s.Headings[i-1]+1 {
			faults = append(faults, fmt.Sprintf("a heading of level %d follows one of level %d", level, s.Headings[i-1]))
		}
	}
	if first != 1 {
		faults = append(faults, fmt.Sprintf("the page has %d headings of the first level", first))
	}
	return faults
}

func twice(ids []string) []string {
	seen, found := map[string]bool{}, []string(nil)
	for _, id := range ids {
		if seen[id] && !slices.Contains(found, id) {
			found = append(found, id)
		}
		seen[id] = true
	}
	return found
}

// Scrolls names what is wider than the window, so that the page scrolls sideways; empty when nothing is.
func (v *Visitor) Scrolls() string {
	v.t.Helper()
	var wide string
	v.eval(`(() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return "";
  const out = [...document.body.querySelectorAll("*")].filter((e) => {
    const box = e.getBoundingClientRect(), text = getComputedStyle(e).overflowX === "visible" ? e.scrollWidth : 0;
    return e.checkVisibility() && (box.right > width + 1 || (e.clientWidth && box.left + text > width + 1));
  });
  const inner = out.filter((e) => !out.some((o) => o !== e && e.contains(o))).slice(0, 3);
  return document.documentElement.scrollWidth + " px: " + inner.map((e) => e.outerHTML.slice(0, 160)).join(" and ");
})()`, &wide)
	return wide
}

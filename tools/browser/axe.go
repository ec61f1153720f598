package browser

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/chromedp/cdproto/emulation"
)

// axeCore is axe-core as it was published, under the MPL 2.0; see axe/README.md.
//
//go:embed axe/axe.min.js
var axeCore string

// AxeVersion is the version of axe-core that judges.
const AxeVersion = "4.14.1"

// Judgement is one rule of axe-core on one page, with the elements that it speaks of.
type Judgement struct {
	Rule     string
	Help     string
	Elements []Element
}

// Element is an element of a page: how it is found, its markup, and what is said of it.
type Element struct {
	Target  string
	Markup  string
	Summary string
}

// String says what is wrong, and where.
func (j Judgement) String() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s: %s", j.Rule, j.Help)
	for _, e := range j.Elements {
		fmt.Fprintf(&text, "\n    %s: %s\n      %s", e.Target, e.Markup, strings.ReplaceAll(e.Summary, "\n", "\n      "))
	}
	return text.String()
}

// Settled is a judgement that axe-core leaves to people, and that people have made.
type Settled struct {
	Rule   string
	Target string // part of how the element is found, or of its markup; empty: every element
	Reason string
}

// settled are the judgements that were made for all pages.
var settled = []Settled{
	{Rule: "color-contrast", Target: "govuk-skip-link", Reason: "The link stands outside the page until it has the focus; then it is black on yellow."},
}

// prepare sets axe-core up once a page. Contrast is judged against the background of the element, whatever stands in marks
// before and after it: those of the pages stand beside the text, never behind it.
const prepare = `axe.configure({checks: [{id: "color-contrast", options: {
  ignoreUnicode: true, ignoreLength: false, ignorePseudo: true, boldValue: 700, boldTextPt: 14, largeTextPt: 18, pseudoSizeThreshold: 0.25,
  contrastRatio: {normal: {expected: 4.5}, large: {expected: 3}}, shadowOutlineEmMax: 0.2, textStrokeEmMin: 0.03,
}}]}); 0`

// axe runs the rules of WCAG 2.1, levels A and AA, and the best practice.
const axe = `(async () => {
  const asked = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
  const found = await axe.run(document, {runOnly: [...asked, "best-practice"], resultTypes: ["violations", "incomplete"]});
  const of = (results) => results.map((r) => ({
    Rule: r.id, Help: r.help, Demanded: r.tags.some((tag) => asked.includes(tag)),
    Elements: r.nodes.map((n) => ({Target: n.target.flat().join(" "), Markup: n.html.slice(0, 200), Summary: n.failureSummary || ""})),
  }));
  return {Violations: of(found.violations), Incomplete: of(found.incomplete)};
})()`

// Axe gives what axe-core finds wrong with the page: every violation of WCAG 2.1 A and AA, and what it leaves open, unless it
// is settled. What breaks best practice alone is logged.
func (v *Visitor) Axe(reviewed ...Settled) []Judgement {
	v.t.Helper()
	type result struct {
		Judgement
		Demanded bool
	}
	var found struct{ Violations, Incomplete []result }
	if !v.scripts {
		// The page has been read by now: its own scripts do not run any more, axe-core's does.
		defer v.allow(false)
		v.allow(true)
	}
	var there bool
	if v.eval(`typeof axe === "object"`, &there); !there {
		v.eval(axeCore+";"+prepare, nil)
	}
	v.eval(axe, &found)
	var wrong []Judgement
	for _, one := range found.Violations {
		if one.Demanded {
			wrong = append(wrong, one.Judgement)
		} else {
			v.t.Logf("best practice at %s: %s", v.seen.address(), one.Judgement)
		}
	}
	for _, one := range found.Incomplete {
		if one.Demanded {
			wrong = append(wrong, open(one.Judgement, slices.Concat(settled, reviewed))...)
		}
	}
	return wrong
}

// open keeps of a judgement the elements that nobody settled; none when all are.
func open(j Judgement, reviewed []Settled) []Judgement {
	j.Elements = slices.DeleteFunc(j.Elements, func(e Element) bool {
		return slices.ContainsFunc(reviewed, func(s Settled) bool {
			return s.Rule == j.Rule && s.Reason != "" && (strings.Contains(e.Target, s.Target) || strings.Contains(e.Markup, s.Target))
		})
	})
	if len(j.Elements) == 0 {
		return nil
	}
	j.Help += " (left open by axe-core: look, and repair or settle it)"
	return []Judgement{j}
}

// allow lets scripts run or not.
func (v *Visitor) allow(scripts bool) {
	v.t.Helper()
	tell(v, "switch scripts", emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !scripts})
}

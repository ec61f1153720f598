package browser

import (
	"fmt"
	"slices"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// stops lists what the key Tab has to reach, in the order of the page, and how each looks without the focus. Of radio buttons
// of one name, it reaches one.
const stops = `(() => {
  const style = (e) => [e, ...(e.labels || [])].flatMap((part) => ["", "::before", "::after"].map((pseudo) => {
    const s = getComputedStyle(part, pseudo || undefined);
    return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.backgroundColor, s.borderColor, s.borderWidth, s.color, s.textDecoration].join();
  })).join("|");
  const groups = new Set();
  const found = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex], [contenteditable]")].filter((e) => {
    if (e.tabIndex < 0 || e.disabled || !e.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})) return false;
    if (e.type !== "radio") return true;
    const name = e.form?.id + " " + e.name, ticked = [...document.querySelectorAll("input[type=radio]:checked")].some((o) => o.name === e.name && o.form === e.form);
    if (groups.has(name) || (ticked && !e.checked)) return false;
    groups.add(name);
    return true;
  });
  document.activeElement?.blur();
  window.stopsOfTab = {found, bare: found.map(style), style};
  return found.map((e) => e.outerHTML.replace(/\s+/g, " ").slice(0, 120));
})()`

// stop says which of them has the focus, -1 none, -2 another, and whether one sees that.
const stop = `(() => {
  const {found, bare, style} = window.stopsOfTab, e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return {At: -1, Seen: true, What: ""};
  const at = found.indexOf(e), box = e.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return {At: at < 0 ? -2 : at, Seen: at < 0 || (style(e) !== bare[at] && inside), What: e.outerHTML.replace(/\s+/g, " ").slice(0, 120)};
})()`

// Tabs walks through the page with the key Tab and gives what is wrong: what it does not reach, what it reaches in another
// order than that of the page, and where one does not see the focus.
func (v *Visitor) Tabs() []string {
	v.t.Helper()
	var names []string
	v.eval(stops, &names)
	var reached []int
	var faults []string
	rounds := 0                  // how often the walk left the page at its end
	for range 6*len(names) + 6 { // a date has several stops of its own
		v.run("press Tab", chromedp.KeyEvent(kb.Tab))
		var now struct {
			At   int
			Seen bool
			What string
		}
		v.eval(stop, &now)
		if now.At == -1 {
			if rounds++; rounds > 2 {
				break
			}
			continue
		}
		if len(reached) > 0 && reached[len(reached)-1] == now.At {
			continue
		}
		if now.At >= 0 && slices.Contains(reached, now.At) {
			break // around
		}
		reached = append(reached, now.At)
		if now.At == -2 {
			faults = append(faults, "Tab reaches what it should not: "+now.What)
		} else if !now.Seen {
			faults = append(faults, "one does not see that this has the focus: "+now.What)
		}
	}
	return append(faults, ordered(reached, names)...)
}

// ordered compares what was reached with the order of the page; the walk may begin anywhere.
func ordered(reached []int, names []string) []string {
	var faults []string
	for at, name := range names {
		if !slices.Contains(reached, at) {
			faults = append(faults, "Tab does not reach "+name)
		}
	}
	falls := 0
	for i, at := range reached {
		if next := reached[(i+1)%len(reached)]; at >= 0 && next >= 0 && next < at {
			if falls++; falls > 1 {
				faults = append(faults, fmt.Sprintf("after %s Tab goes back to %s", names[at], names[next]))
			}
		}
	}
	return faults
}

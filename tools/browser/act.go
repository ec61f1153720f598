package browser

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// leads tells whether a click on it leads to another page, or sends a form.
const leads = `function() {
  const link = this.closest("a[href]"), button = this.closest("button, input");
  if (link) return !link.getAttribute("href").startsWith("#") && !link.hasAttribute("download");
  return !!(button && button.form && ["submit", "image"].includes(button.type) && !button.closest("[hx-post], [hx-get]"));
}`

// Click follows a link, presses a button or opens what can be opened, by its text; and waits until the page that comes of it
// has loaded.
func (v *Visitor) Click(text string) {
	v.t.Helper()
	v.click(v.find(text, pressed))
}

func (v *Visitor) click(t thing) {
	v.t.Helper()
	var comes bool
	v.on(t, leads, &comes)
	v.must("click "+t.String(), v.press(t.node))
	v.settle(comes)
}

// press presses the mouse in the middle of an element, wherever the page has to be moved for it.
func (v *Visitor) press(node cdp.BackendNodeID) error {
	if _, err := ask(v, dom.ScrollIntoViewIfNeeded, dom.ScrollIntoViewIfNeededParams{BackendNodeID: node}); err != nil {
		return err
	}
	content, err := ask(v, dom.GetContentQuads, dom.GetContentQuadsParams{BackendNodeID: node})
	if err != nil {
		return err
	}
	if len(content.Quads) == 0 {
		return errors.New("it is not to be seen")
	}
	quad := content.Quads[0]
	event := input.DispatchMouseEventParams{X: (quad[0] + quad[4]) / 2, Y: (quad[1] + quad[5]) / 2}
	for _, event.Type = range []input.DispatchMouseEventType{
		input.DispatchMouseEventTypeMouseMoved, input.DispatchMouseEventTypeMousePressed, input.DispatchMouseEventTypeMouseReleased,
	} {
		if _, err := ask(v, input.DispatchMouseEvent, event); err != nil {
			return err
		}
		event.Button, event.ClickCount = input.MouseButtonLeft, 1
	}
	return nil
}

// set puts a value into a field that is not typed into, and tells the page as if it had been.
const set = `function(value) {
  this.value = value;
  this.dispatchEvent(new Event("input", {bubbles: true}));
  this.dispatchEvent(new Event("change", {bubbles: true}));
  return this.value;
}`

// Fill types a text into the field with the label, in place of what is there. A date is given as 2026-03-12.
func (v *Visitor) Fill(label, text string) {
	v.t.Helper()
	field := v.find(label, filled)
	if field.role == "Date" || field.role == "DateTime" || field.role == "InputTime" {
		var now string
		if v.on(field, set, &now, text); now != text {
			v.t.Fatalf("fill in %s with %q: it holds %q", field, text, now)
		}
		return
	}
	v.on(field, `function() { this.focus(); this.select(); }`, nil)
	if text == "" {
		v.run("empty "+field.String(), chromedp.KeyEvent(kb.Delete))
		return
	}
	tell(v, "fill in "+field.String(), input.InsertText, input.InsertTextParams{Text: text})
}

// Value is what the field with the label holds; of a list, the text of what is chosen.
func (v *Visitor) Value(label string) string {
	v.t.Helper()
	var value string
	v.on(v.find(label, filled, lists), `function() {
  return this.selectedOptions ? this.selectedOptions[0].text : this.value;
}`, &value)
	return value
}

// Choose chooses one of several answers, or ticks one, by its label.
func (v *Visitor) Choose(label string) {
	v.t.Helper()
	option := v.find(label, chosen)
	v.on(option, `function() { if (!this.checked) { this.focus(); this.click(); } }`, nil)
	if !v.chosen(option) {
		v.t.Fatalf("%s cannot be chosen", option)
	}
}

// Chosen reports whether an answer is chosen or ticked.
func (v *Visitor) Chosen(label string) bool {
	v.t.Helper()
	return v.chosen(v.find(label, chosen))
}

func (v *Visitor) chosen(option thing) bool {
	v.t.Helper()
	var checked bool
	v.on(option, `function() { return this.checked; }`, &checked)
	return checked
}

// Select chooses of the list with the label what has the text.
func (v *Visitor) Select(label, text string) {
	v.t.Helper()
	list := v.find(label, lists)
	var options []string
	v.on(list, `function(text) {
  const texts = [...this.options].map((option) => option.text.trim()), index = texts.indexOf(text);
  if (index < 0) return texts;
  this.selectedIndex = index;
  this.dispatchEvent(new Event("input", {bubbles: true}));
  this.dispatchEvent(new Event("change", {bubbles: true}));
  return [];
}`, &options, text)
	if len(options) > 0 {
		v.t.Fatalf("%s has no %q but %q", list, text, options)
	}
}

// Attach puts a file into the field with the label.
func (v *Visitor) Attach(label, file string) {
	v.t.Helper()
	field := v.find(label, []string{"button"})
	tell(v, "attach to "+field.String(), dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: []string{file}, BackendNodeID: field.node})
}

var keys = map[string]string{
	"Tab": kb.Tab, "Enter": kb.Enter, "Space": " ", "Escape": kb.Escape, "Up": kb.ArrowUp, "Down": kb.ArrowDown, "Left": kb.ArrowLeft, "Right": kb.ArrowRight,
}

// Press presses keys one after another, parted by spaces: Tab Shift+Tab Enter Space Escape Up Down Left Right; and waits until
// the page that comes of the last of them has loaded.
func (v *Visitor) Press(named string) {
	v.t.Helper()
	comes := false
	for _, name := range strings.Fields(named) {
		bare, shift := strings.CutPrefix(name, "Shift+")
		key, ok := keys[bare]
		if !ok {
			v.t.Fatalf("there is no key %q", name)
		}
		if comes = bare == "Enter"; comes {
			v.eval(`(function() {const e = document.activeElement; return !!e && (`+leads+`).call(e) || !!(e && e.form && e.tagName === "INPUT")})()`, &comes)
		}
		var options []chromedp.KeyOption
		if shift {
			options = append(options, chromedp.KeyModifiers(chromedp.ModifierShift))
		}
		v.run("press "+name, chromedp.KeyEvent(key, options...))
	}
	v.settle(comes)
}

// Type types a text where the focus is.
func (v *Visitor) Type(text string) {
	v.t.Helper()
	tell(v, "type", input.InsertText, input.InsertTextParams{Text: text})
}

// on calls a function on a thing of the page and takes what it returns, unless into is nil.
func (v *Visitor) on(t thing, function string, into any, arguments ...any) {
	v.t.Helper()
	what := "reach " + t.String()
	resolved := tell(v, what, dom.ResolveNode, dom.ResolveNodeParams{BackendNodeID: t.node})
	yes := true
	call := runtime.CallFunctionOnParams{FunctionDeclaration: function, ObjectID: resolved.Object.ObjectID, ReturnByValue: &yes, UserGesture: &yes}
	for _, argument := range arguments {
		raw, err := json.Marshal(argument)
		v.must(what, err)
		call.Arguments = append(call.Arguments, &runtime.CallArgument{Value: raw})
	}
	answer := tell(v, what, runtime.CallFunctionOn, call)
	v.must(what, take(answer.Result, answer.ExceptionDetails, into))
}

// eval evaluates an expression in the page and takes its value. Scripts that the page may not run do not stand against it.
func (v *Visitor) eval(expression string, into any) {
	v.t.Helper()
	yes := true
	answer := tell(v, "evaluate", runtime.Evaluate, runtime.EvaluateParams{Expression: expression, ReturnByValue: &yes, AwaitPromise: &yes})
	v.must("evaluate", take(answer.Result, answer.ExceptionDetails, into))
}

func take(result *runtime.RemoteObject, thrown *runtime.ExceptionDetails, into any) error {
	switch {
	case thrown != nil:
		return errors.New(describe(thrown))
	case into == nil:
		return nil
	}
	return json.Unmarshal(result.Value, into)
}

// Send presses the first button of the page's own form: the one in its main part, that is sent by post.
func (v *Visitor) Send() {
	v.t.Helper()
	var name string
	v.eval(`document.querySelector("main form[method=post] button.govuk-button:not([type=button])")?.textContent ?? ""`, &name)
	if plain(name) == "" {
		v.t.Fatalf("there is no form to send at %s", v.seen.address())
	}
	v.Click("main > " + name)
}

package browser

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/cdproto/page"
)

// sees waits until the page shows a text, for as long as scripts may change it.
const sees = `(async (text, wait) => {
  const there = () => document.body.innerText.replace(/\s+/g, " ").includes(text);
  if (there() || !wait) return there();
  return await new Promise((settled) => {
    const watch = new MutationObserver(() => there() && end(true));
    const late = setTimeout(() => end(there()), wait);
    const end = (seen) => { watch.disconnect(); clearTimeout(late); settled(seen); };
    watch.observe(document, {subtree: true, childList: true, characterData: true, attributes: true});
  });
})(%s, %d)`

// Sees fails the test unless the page shows each of the texts, or comes to show it soon.
func (v *Visitor) Sees(texts ...string) {
	v.t.Helper()
	for _, text := range texts {
		if !v.shows(text, 5000) {
			v.t.Fatalf("%q is not to be seen at %s, but:\n%s", text, v.seen.address(), v.Text())
		}
	}
}

// SeesNot fails the test when the page shows one of the texts.
func (v *Visitor) SeesNot(texts ...string) {
	v.t.Helper()
	for _, text := range texts {
		if v.shows(text, 0) {
			v.t.Fatalf("%q is to be seen at %s", text, v.seen.address())
		}
	}
}

// Shows reports whether the page shows a text now.
func (v *Visitor) Shows(text string) bool {
	v.t.Helper()
	return v.shows(text, 0)
}

func (v *Visitor) shows(text string, wait int) bool {
	v.t.Helper()
	if !v.scripts {
		wait = 0
	}
	wanted, err := json.Marshal(plain(text))
	if err != nil {
		v.t.Fatal(err)
	}
	var seen bool
	v.eval(fmt.Sprintf(sees, wanted, wait), &seen)
	return seen
}

// Text is what the page shows, as text.
func (v *Visitor) Text() string {
	v.t.Helper()
	var text string
	v.eval(`document.body.innerText`, &text)
	return text
}

// Title is the title of the page, which the window bears.
func (v *Visitor) Title() string {
	v.t.Helper()
	var title string
	v.eval(`document.title`, &title)
	return title
}

// Heading is the first heading of the page.
func (v *Visitor) Heading() string {
	v.t.Helper()
	var heading string
	v.eval(`document.querySelector("h1")?.innerText ?? ""`, &heading)
	return plain(heading)
}

// URL is the address of the page within the site.
func (v *Visitor) URL() string { return strings.TrimPrefix(v.seen.address(), v.base) }

// Asks reports whether the browser would ask before the page is left.
func (v *Visitor) Asks() bool {
	v.t.Helper()
	var asks bool
	v.eval(`!dispatchEvent(new Event("beforeunload", {cancelable: true}))`, &asks)
	return asks
}

// Offers reports whether there is a link or button with exactly the text.
func (v *Visitor) Offers(text string) bool {
	v.t.Helper()
	all, err := v.things()
	if err != nil {
		v.t.Fatalf("look for %q: %v", text, err)
	}
	for _, t := range all {
		for _, role := range pressed {
			if t.role == role && t.name == plain(text) {
				return true
			}
		}
	}
	return false
}

// Focused describes what has the focus, by its role and name: button "Wyślij". Where nothing has it, it is the page itself.
func (v *Visitor) Focused() string {
	v.t.Helper()
	all, err := v.things()
	if err != nil {
		v.t.Fatalf("look for the focus: %v", err)
	}
	described := "nothing"
	for _, t := range all {
		if t.focused {
			described = t.String() // what stands within comes after what holds it
		}
	}
	return described
}

// Picture keeps a picture of the whole page under a name in the folder that PicturesVariable gives, for people to look at;
// without one it does nothing.
func (v *Visitor) Picture(name string) {
	v.t.Helper()
	folder := os.Getenv(PicturesVariable)
	if folder == "" {
		return
	}
	yes := true
	image := tell(v, "take a picture", page.CaptureScreenshot, page.CaptureScreenshotParams{CaptureBeyondViewport: &yes, FromSurface: &yes})
	v.must("take a picture", os.MkdirAll(folder, 0o755))
	v.must("take a picture", os.WriteFile(filepath.Join(folder, name+".png"), image.Data, 0o600))
}

package browser_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"hejnal/tools/browser"
)

// both are a visitor with scripts and one without.
var both = map[string][]browser.Option{"with scripts": nil, "without scripts": {browser.WithoutScript()}}

func TestAFormIsFilledInByItsLabelsAndSent(t *testing.T) {
	site := planted(t, map[string]string{"/": sound(form)})
	for name, options := range both {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "umowa.pdf")
			if err := os.WriteFile(file, []byte("%PDF-1.7"), 0o600); err != nil {
				t.Fatal(err)
			}
			v := browser.New(t, site, options...)
			v.Open("/")
			if got := v.Value("Tytuł sprawy"); got != "stary" {
				t.Errorf("the field holds %q", got)
			}
			v.Fill("Tytuł sprawy", "Zażółć gęślą jaźń")
			v.Fill("Dzień podpisania", "2026-03-12")
			v.Choose("Region")
			v.Select("Kraj", "Francja")
			v.Choose("Zgadzam się")
			v.Attach("Umowa", file)
			if !v.Chosen("Region") || v.Chosen("Miasto") || v.Value("Kraj") != "Francja" {
				t.Error("what was chosen does not show")
			}
			v.Click("Wyślij")
			v.Sees("came: name=Zażółć gęślą jaźń day=2026-03-12 kind=region country=FR agree=yes file=umowa.pdf")
			if v.URL() != "/sent" || v.Status() != http.StatusOK {
				t.Errorf("at %s with %d", v.URL(), v.Status())
			}
			v.Back()
			v.Click("Odmów")
			if v.Status() != http.StatusUnprocessableEntity || len(v.Errors()) > 0 {
				t.Errorf("status %d, errors %q", v.Status(), v.Errors())
			}
		})
	}
}

func TestLinksAreFollowedByTheirTextAndGroup(t *testing.T) {
	site := planted(t, map[string]string{
		"/": sound(`<nav aria-label="Góra"><a href="/a">Dalej</a></nav><nav aria-label="Dół"><a href="/b">Dalej</a></nav>
<details><summary>Więcej</summary><p>ukryte</p></details>
<form method="post" action="/moved"><button>Od nowa</button></form>`),
		"/a": sound("<p>pierwsza</p>"), "/b": sound("<p>druga</p>"),
	})
	for name, options := range both {
		t.Run(name, func(t *testing.T) {
			v := browser.New(t, site, options...)
			v.Open("/")
			v.SeesNot("ukryte")
			v.Click("Więcej")
			v.Sees("ukryte")
			v.Click("Dół > Dalej")
			v.Sees("druga")
			v.Back()
			v.Click("Góra > Dalej")
			v.Sees("pierwsza")
			if v.Title() != "Strona" || v.Heading() != "Strona" || v.URL() != "/a" {
				t.Errorf("title %q, heading %q, at %s", v.Title(), v.Heading(), v.URL())
			}
			v.Open("/")
			v.Click("Od nowa")
			if v.URL() != "/" || !v.Offers("Od nowa") || v.Offers("Od") {
				t.Errorf("at %s", v.URL())
			}
		})
	}
}

func TestThePageIsUsedByKeysAlone(t *testing.T) {
	site := planted(t, map[string]string{"/": sound(`<a href="/b">Dalej</a> <label for="n">Nazwa</label> <input id="n">`), "/b": sound("<p>druga</p>")})
	v := browser.New(t, site)
	v.Open("/")
	v.Press("Tab Tab")
	if got := v.Focused(); got != `textbox "Nazwa"` {
		t.Errorf("the focus is on %s", got)
	}
	v.Type("Lwów")
	if got := v.Value("Nazwa"); got != "Lwów" {
		t.Errorf("the field holds %q", got)
	}
	v.Press("Shift+Tab Enter")
	v.Sees("druga")
}

func TestVisitorsHaveCookiesOfTheirOwnAndAskInTheirLanguage(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, err := r.Cookie("here")
		http.SetCookie(w, &http.Cookie{Name: "here", Value: "1"})
		known := map[bool]string{true: "known", false: "new"}[err == nil]
		write(w, sound("<p>"+known+" "+r.Header.Get("Accept-Language")+"</p>"))
	}))
	t.Cleanup(server.Close)
	first, second := browser.New(t, server.URL), browser.New(t, server.URL, browser.Language("en"))
	first.Open("/")
	first.Sees("new pl")
	first.Reload()
	first.Sees("known pl")
	if first.Answers("/") != http.StatusOK {
		t.Error("the address is not answered")
	}
	second.Open("/")
	second.Sees("new en")
}

func TestWhatAScriptAddsIsWaitedFor(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/late.js" {
			w.Header().Set("Content-Type", "text/javascript")
			_, _ = w.Write([]byte(`setTimeout(() => { document.querySelector("p").textContent = "już jest"; }, 200)`))
			return
		}
		write(w, sound(`<p>jeszcze nie</p><script src="/late.js"></script>`))
	}))
	t.Cleanup(server.Close)
	v := browser.New(t, server.URL)
	v.Open("/")
	v.Sees("już jest")
	v = browser.New(t, server.URL, browser.WithoutScript())
	v.Open("/")
	if v.Shows("już jest") {
		t.Error("a script ran")
	}
}

func TestNothingButTheLoopbackIsReached(t *testing.T) {
	var reached atomic.Int32
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.2:0")
	if err != nil {
		t.Skip("there is no second address to listen on:", err)
	}
	elsewhere := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	elsewhere.Listener = listener
	elsewhere.Start()
	t.Cleanup(elsewhere.Close)
	var server *httptest.Server
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/picture" {
			reached.Add(1)
			return
		}
		byName := strings.Replace(server.URL, "127.0.0.1", "example.localhost", 1)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(sound(`<img src="` + elsewhere.URL + `/picture" alt="x"><img src="` + byName + `/picture" alt="y">`)))
	}))
	t.Cleanup(server.Close)
	v := browser.New(t, server.URL)
	v.Open("/")
	if n := reached.Load(); n != 0 {
		t.Errorf("%d addresses besides 127.0.0.1 were reached", n)
	}
}

func TestWhatAPageDoesWrongIsCollected(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/":
			write(w, sound(`<p style="color:red">rot</p><script>alert(1)</script><script src="/bad.js"></script><script src="/none.js"></script>`))
		case "/bad.js":
			w.Header().Set("Content-Type", "text/javascript")
			_, _ = w.Write([]byte(`console.error("so nicht"); throw new Error("kaputt")`))
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	v := browser.New(t, server.URL)
	v.Open("/")
	violations, errors := strings.Join(v.Violations(), "\n"), strings.Join(v.Errors(), "\n")
	for _, want := range []string{"style-src", "script-src"} {
		if !strings.Contains(violations, want) {
			t.Errorf("no violation of %s: %q", want, violations)
		}
	}
	for _, want := range []string{"so nicht", "kaputt", "/none.js"} {
		if !strings.Contains(errors, want) {
			t.Errorf("no error tells of %s: %q", want, errors)
		}
	}
}

func TestBytesAreCountedAsTheyCameAndWhatIsKeptCountsNothing(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/kept.css" {
			w.Header().Set("Cache-Control", "max-age=1000, immutable")
			w.Header().Set("Content-Type", "text/css")
			_, _ = w.Write([]byte(strings.Repeat("/* weight */", 5000)))
			return
		}
		write(w, strings.Replace(sound(""), "<head>", `<head><link rel="stylesheet" href="/kept.css">`, 1))
	}))
	t.Cleanup(server.Close)
	v := browser.New(t, server.URL)
	v.Open("/")
	first := v.Received()
	v.Open("/?again")
	if next := v.Received(); first < 60_000 || next > 2_000 || next < 200 {
		t.Errorf("first %d bytes, then %d", first, next)
	}
}

func TestAPageThatAsksWhetherItMayBeLeftIsLeft(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/ask.js" {
			w.Header().Set("Content-Type", "text/javascript")
			_, _ = w.Write([]byte(`addEventListener("beforeunload", (e) => e.preventDefault())`))
			return
		}
		write(w, sound(`<label for="n">Nazwa</label><input id="n"><script src="/ask.js"></script><p>`+r.URL.Path+`</p>`))
	}))
	t.Cleanup(server.Close)
	v := browser.New(t, server.URL)
	v.Open("/one")
	v.Fill("Nazwa", "x")
	v.Open("/two")
	v.Sees("/two")
}

func TestPicturesGoToTheFolderThatIsNamed(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new")
	t.Setenv("HEJNAL_SCREENSHOTS", folder)
	v := browser.New(t, planted(t, map[string]string{"/": sound("")}), browser.Width(browser.Phone))
	v.Open("/")
	v.Picture("strona")
	if info, err := os.Stat(filepath.Join(folder, "strona.png")); err != nil || info.Size() == 0 {
		t.Error("there is no picture", err)
	}
}

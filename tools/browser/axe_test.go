package browser_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"os/exec"
	"strings"
	"testing"

	"hejnal/tools/browser"
)

func axe(reviewed ...browser.Settled) func(v *browser.Visitor) []string {
	return func(v *browser.Visitor) []string {
		var found []string
		for _, one := range v.Axe(reviewed...) {
			found = append(found, one.String())
		}
		return found
	}
}

func TestAxe(t *testing.T) {
	pages := []planting{
		{"sound", sound(form), ""},
		{"field without label", sound(`<input name="x">`), "label"},
		{"picture without text", sound(`<img src="/x.png">`), "image-alt"},
		{"pale text", withStyle(`<p>blado</p>`, `p{color:silver}`), "color-contrast"},
		{"best practice alone", strings.Replace(sound(""), "<main>", "<main><p>", 1) + `<p>poza treścią</p>`, ""},
		{"pale text beside a mark", withStyle(`<p>blado</p>`, `p{color:silver;position:relative} p::before{content:"";position:absolute;inset:0}`), "minimum color contrast"},
		{"dark text beside a mark", withStyle(`<p>ciemno</p>`, `p{position:relative} p::before{content:"";position:absolute;inset:0}`), ""},
		{"left open", withStyle(`<p>tekst</p>`, `p{background-image:linear-gradient(black,white)}`), "left open"},
	}
	try(t, pages, axe())
	left := pages[len(pages)-1].page
	try(t, []planting{{"settled", left, ""}}, axe(browser.Settled{Rule: "color-contrast", Target: "p", Reason: "planted"}))
	try(t, []planting{{"settled without a reason", left, "left open"}}, axe(browser.Settled{Rule: "color-contrast", Target: "p"}))
	try(t, []planting{{"another settled", left, "left open"}}, axe(browser.Settled{Rule: "label", Reason: "planted"}))
}

func TestAxeJudgesPagesWithoutScripts(t *testing.T) {
	try(t, []planting{{"field without label", sound(`<input name="x">`), "label"}}, axe(), browser.WithoutScript())
}

func TestAxeCoreIsAsItWasPublishedAndItsLicenceWithIt(t *testing.T) {
	text := func(name string) string {
		content, err := os.ReadFile("axe/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	source, told := text("axe.min.js"), text("README.md")
	sum := sha256.Sum256([]byte(source))
	for _, want := range []string{hex.EncodeToString(sum[:]), browser.AxeVersion, "Mozilla Public License 2.0"} {
		if !strings.Contains(told, want) {
			t.Errorf("axe/README.md does not tell of %s", want)
		}
	}
	if !strings.HasPrefix(source, "/*! axe v"+browser.AxeVersion+"\n") {
		t.Error("axe.min.js is of another version, or has lost its notice")
	}
	if !strings.Contains(text("axe-core.LICENSE.txt"), "Mozilla Public License, version 2.0") || text("axe-core.LICENSE-3RD-PARTY.txt") == "" {
		t.Error("a licence is missing")
	}
}

func TestTheProgramHoldsNothingOfTheBrowser(t *testing.T) {
	list, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "hejnal/cmd/hejnal").Output()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(list), "hejnal/workflow") {
		t.Fatal("the list is not that of the program")
	}
	for _, name := range []string{"hejnal/tools/", "github.com/chromedp/"} {
		if strings.Contains(string(list), name) {
			t.Errorf("the program holds %s", name)
		}
	}
}

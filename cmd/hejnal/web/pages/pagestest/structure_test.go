package pagestest_test

import (
	"strings"
	"testing"

	"hejnal/cmd/hejnal/web/pages/pagestest"
)

const sound = `<!DOCTYPE html><html lang="pl"><head><title>T</title></head><body><main><h1>A</h1><h2 id="b">B</h2>%</main></body></html>`

func TestTheStructureOfAPageIsJudged(t *testing.T) {
	for _, test := range []struct{ name, part, want string }{
		{"nothing", ``, ""},
		{"two headings", `<h1>C</h1>`, "2 headings of the first rank"},
		{"an id twice", `<p id="b"></p>`, `id "b" stands twice`},
		{"a rank left out", `<h4>C</h4>`, "rank 4 follows one of rank 2"},
		{"no label", `<input name="x">`, "x has no label"},
		{"a label", `<label for="x">X</label><input name="x" id="x">`, ""},
		{"a label of nothing", `<label for="y">X</label>`, `names "y"`},
		{"an empty label", `<label for="x"></label><input name="x" id="x">`, "x has no label"},
		{"a counter that is not there", `<textarea aria-label="X" data-count="left"></textarea>`, `names "left"`},
		{"a style", `<p style="color:red"></p>`, "attribute style"},
		{"a handler", `<p onclick="x()"></p>`, "attribute onclick"},
		{"a script", `<script>1</script>`, "inline <script>"},
		{"a link to nothing", `<a href="#z">z</a>`, "link to #z"},
		{"a link without text", `<a href="/z"></a>`, "has no text"},
		{"a table without caption", `<table><tr><td>1</td></tr></table>`, "table without caption"},
		{"a sound table", `<table><caption>C</caption><tr><th scope="col">1</th></tr></table>`, ""},
		{"a picture without alt", `<img src="x">`, "without alt"},
		{"a drawing without title", `<svg role="img"></svg>`, "without a title"},
		{"a group without legend", `<fieldset></fieldset>`, "without a legend"},
	} {
		t.Run(test.name, func(t *testing.T) {
			page := pagestest.Parse(t, strings.Replace(sound, "%", test.part, 1))
			found := strings.Join(pagestest.Findings(page.Root, "pl"), "\n")
			if test.want == "" && found != "" || !strings.Contains(found, test.want) {
				t.Errorf("found %q, want %q", found, test.want)
			}
		})
	}
	if found := pagestest.Findings(pagestest.Parse(t, sound).Root, "en"); len(found) != 1 {
		t.Errorf("the wrong language: %v", found)
	}
}

func TestPartsOfAPageAreFoundByWhatIsRead(t *testing.T) {
	page := pagestest.Parse(t, `<body><h2>Jeden</h2><p>Pierwszy</p><h3>W środku</h3><p>drugi</p><h2>Dwa</h2><p>trzeci</p>
<table><caption>Tabela</caption><thead><tr><th>N</th></tr></thead><tbody><tr><th>a</th><td>1</td></tr></tbody></table></body>`)
	if text := page.Section("Jeden").Text(); text != "Pierwszy W środku drugi" {
		t.Errorf("section %q", text)
	}
	if page.Section("Trzy").Text() != "" || len(page.Section("Dwa").All("p")) != 1 {
		t.Error("sections are mixed up")
	}
	if rows := page.Rows("Tabela"); len(rows) != 1 || strings.Join(rows[0], "|") != "a|1" {
		t.Errorf("rows %q", rows)
	}
}

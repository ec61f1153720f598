package draw_test

import (
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hejnal/workflow"
	"hejnal/workflow/draw"
)

var update = flag.Bool("update", false, "write the golden files")

func text(pl, en string) workflow.Text { return workflow.Text{PL: pl, EN: en} }

// sample is a small form with everything that a drawing shows: a cycle, a jump, a loop, a shared end and a track.
func sample() draw.Graph {
	node := func(strand, id, kind, pl, en string) draw.Node {
		return draw.Node{ID: id, Strand: strand, Title: text(pl, en), Kind: kind}
	}
	edge := func(from, to, id, pl, en string) draw.Edge {
		return draw.Edge{Strand: workflow.Route, From: from, To: to, Transition: id, Title: text(pl, en)}
	}
	return draw.Graph{
		Title:   text("Umowa „próbna” <A&B>", "Trial \"agreement\" <A&B>"),
		Strands: []draw.Strand{{ID: workflow.Route, Start: "contacts"}, {ID: "supervision", Title: text("Nadzór", "Supervision"), Start: "none"}},
		Nodes: []draw.Node{
			node(workflow.Route, "contacts", workflow.Open, "Kontakty", "Contacts"),
			node(workflow.Route, "draft", workflow.Open, "Projekt uchwały gotowy", "Draft ready"),
			node(workflow.Route, "vote", workflow.Open, "W porządku obrad", "On the agenda"),
			node(workflow.Route, "in_force", workflow.Goal, "Umowa obowiązuje", "In force"),
			node(workflow.Route, "withdrawn", workflow.End, "Wycofana", "Withdrawn"),
			node("supervision", "none", workflow.Open, "Nie rozpoczęto", "Not started"),
			node("supervision", "delivered", workflow.End, "Przedłożona", "Delivered"),
		},
		Edges: []draw.Edge{
			edge("contacts", "draft", "prepare", "Przygotuj projekt", "Prepare a draft"),
			edge("contacts", "contacts", "note", "Odnotuj kontakt", "Note a contact"),
			edge("draft", "vote", "submit", "Przekaż Radzie", "Submit to the Council"),
			edge("vote", "draft", "vote", "Brak kworum", "No quorum"),
			edge("vote", "draft", "return", "Zwróć do poprawy; ponownie: [3]", "Return"),
			edge("vote", "in_force", "vote", "Rada podjęła uchwałę", "Adopted"),
			edge("contacts", "vote", "hurry", "Przekaż w trybie pilnym", "Hurry"),
			edge("draft", "withdrawn", "withdraw", "Wycofaj projekt", "Withdraw"),
			edge("vote", "withdrawn", "withdraw", "Wycofaj projekt", "Withdraw"),
			{Strand: "supervision", To: "delivered", Transition: "vote", Title: text("Rada podjęła uchwałę", "Adopted")},
		},
	}
}

// midway is the sample with a case that lies before the Council.
func midway() draw.Graph {
	graph := sample()
	graph.Current = map[string]string{workflow.Route: "vote", "supervision": "none"}
	graph.Done = draw.PassagesOf([]workflow.Act{
		{Track: workflow.Route, From: "contacts", To: "draft", Transition: "prepare"},
		{Track: workflow.Route, From: "draft", To: "vote", Transition: "submit"},
	})
	graph.Possible = []string{"vote", "withdraw"}
	return graph
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func TestDrawings(t *testing.T) {
	golden(t, "form.svg", draw.SVG(sample(), draw.Options{Lang: "pl", Prefix: "f-"}))
	golden(t, "case.svg", draw.SVG(midway(), draw.Options{Lang: "en", Prefix: "c-"}))
	golden(t, "form.mmd", draw.Mermaid(sample(), "pl"))
	golden(t, "form.dot", draw.DOT(sample(), "pl"))
}

func TestADrawingIsTheSameEveryTime(t *testing.T) {
	for form, graph := range forms(t) {
		first := draw.SVG(graph, draw.Options{Lang: "pl"})
		for range 5 {
			if draw.SVG(graph, draw.Options{Lang: "pl"}) != first {
				t.Fatalf("%s is drawn in two ways", form)
			}
		}
	}
}

// The content policy of the pages allows no styles and no scripts, and several drawings may stand on a page.
func TestADrawingFitsIntoAStrictPage(t *testing.T) {
	forbidden := regexp.MustCompile(`(?i)<style|<script|\sstyle=|\son[a-z]+=|javascript:|<foreignObject|<!|xlink|href`)
	ids := regexp.MustCompile(`\sid="([^"]*)"`)
	for form, graph := range forms(t) {
		svg := draw.SVG(graph, draw.Options{Lang: "pl", Prefix: "x7-"})
		if found := forbidden.FindString(svg); found != "" {
			t.Errorf("%s holds %q", form, found)
		}
		for _, id := range ids.FindAllStringSubmatch(svg, -1) {
			if !strings.HasPrefix(id[1], "x7-") {
				t.Errorf("%s has the id %q without the prefix", form, id[1])
			}
		}
		for _, must := range []string{`role="img"`, `aria-labelledby="x7-title x7-desc"`, `<title id="x7-title">`, `<desc id="x7-desc">`} {
			if strings.Count(svg, must) != 1 {
				t.Errorf("%s lacks %s", form, must)
			}
		}
	}
}

func TestWhereTheCaseStandsIsShownWithoutColour(t *testing.T) {
	svg := draw.SVG(midway(), draw.Options{Lang: "pl"})
	for what, pattern := range map[string]string{
		"a thick border":         `<g class="state open current"[^>]*>\n<rect[^>]*stroke-width="4"`,
		"an icon and words":      `<text class="badge"[^>]*>▶ tu jesteś</text>`,
		"words for what is done": `<g class="state open done"[^>]*data-state="draft">\n.*\n<text class="badge"[^>]*>✓ zakończone</text>`,
		"dashes for what may be": `<path class="line possible" data-from="vote" data-to="withdrawn"[^>]*stroke-dasharray`,
		"a line that was walked": `<path class="line done" data-from="contacts" data-to="draft"`,
		"the other ones plain":   `<path class="line" data-from="draft" data-to="withdrawn" d=`,
	} {
		if !regexp.MustCompile(pattern).MatchString(svg) {
			t.Errorf("the drawing lacks %s", what)
		}
	}
	if none := draw.SVG(sample(), draw.Options{Lang: "pl"}); strings.Contains(none, "tu jesteś") || strings.Contains(none, "possible") {
		t.Error("a form without a case shows where a case stands")
	}
}

func TestDescriptions(t *testing.T) {
	cases := []struct {
		graph      draw.Graph
		lang, want string
	}{
		{midway(), "pl", "Krok 3 z 4: W porządku obrad. Zakończone: Kontakty; Projekt uchwały gotowy. " +
			"Możliwe dalej: Brak kworum; Rada podjęła uchwałę; Wycofaj projekt. Obok drogi: Nadzór – Nie rozpoczęto."},
		{sample(), "en", "States: Contacts; Draft ready; On the agenda; In force. Ends: Withdrawn. Beside the route: Supervision."},
		{ended(), "en", "Withdrawn. Possible next: nothing. Beside the route: Supervision."},
		{draw.Graph{}, "pl", ""},
	}
	for _, c := range cases {
		if diff := cmp.Diff(c.want, draw.Describe(c.graph, c.lang)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

func ended() draw.Graph {
	graph := sample()
	graph.Current = map[string]string{workflow.Route: "withdrawn"}
	return graph
}

func TestADrawingIsWellFormedWhateverTheTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		graph := sample()
		graph.Title.PL = rapid.String().Draw(t, "title")
		graph.Nodes[1].Title.PL = rapid.String().Draw(t, "state")
		graph.Nodes[1].ID = rapid.String().Draw(t, "id")
		graph.Edges[2].Title.PL = string(rapid.SliceOf(rapid.Byte()).Draw(t, "step"))
		decoder := xml.NewDecoder(strings.NewReader(draw.SVG(graph, draw.Options{Lang: "pl"})))
		for {
			_, err := decoder.Token()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestEveryStateAndStepIsDrawn(t *testing.T) {
	for form, graph := range forms(t) {
		svg := draw.SVG(graph, draw.Options{Lang: "pl"})
		if got := strings.Count(svg, `<g class="state `); got != len(graph.Nodes) {
			t.Errorf("%s shows %d states of %d", form, got, len(graph.Nodes))
		}
		drawn := map[string]bool{}
		for _, match := range regexp.MustCompile(`data-from="([^"]*)" data-to="([^"]*)"`).FindAllStringSubmatch(svg, -1) {
			for _, from := range strings.Fields(match[1]) {
				drawn[from+" → "+match[2]] = true
			}
		}
		for _, edge := range graph.Edges {
			if step := edge.From + " → " + edge.To; edge.From != "" && edge.From != edge.To && !drawn[step] {
				t.Errorf("%s does not show %s", form, step)
			}
		}
	}
}

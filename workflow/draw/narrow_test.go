package draw_test

import (
	"encoding/xml"
	"slices"
	"strings"
	"testing"

	"hejnal/workflow"
	"hejnal/workflow/draw"
)

func TestANarrowDrawingFitsAPhoneAndKeepsTheColumn(t *testing.T) {
	for form, graph := range forms(t) {
		for _, lang := range []string{"pl", "en"} {
			t.Run(form+" "+lang, func(t *testing.T) {
				picture := draw.SVG(graph, draw.Options{Lang: lang, Prefix: "n-", Narrow: true})
				var size struct {
					Width float64 `xml:"width,attr"`
					Title struct {
						ID string `xml:"id,attr"`
					} `xml:"title"`
				}
				if err := xml.Unmarshal([]byte(picture), &size); err != nil {
					t.Fatal(err)
				}
				if size.Width > 270 {
					t.Errorf("%g wide", size.Width)
				}
				if size.Title.ID != "n-title" {
					t.Errorf("title has the id %q", size.Title.ID)
				}
				if boxes, states := strings.Count(picture, `data-state="`), columns(graph); boxes != states {
					t.Errorf("%d boxes for %d states that lead on", boxes, states)
				}
			})
		}
	}
}

func columns(graph draw.Graph) int {
	states := 0
	for _, strand := range graph.Strands {
		states += len(draw.Column(graph, strand.ID))
	}
	return states
}

func TestTheColumnHoldsWhatLeadsOnFromTheStart(t *testing.T) {
	for form, graph := range forms(t) {
		column := draw.Column(graph, workflow.Route)
		if column[0].ID != graph.Strands[0].Start {
			t.Errorf("%s begins with %s", form, column[0].ID)
		}
		if i := slices.IndexFunc(column, func(n draw.Node) bool { return n.ID == "withdrawn" }); i >= 0 {
			t.Errorf("%s has an end in its column: %v", form, column[i])
		}
	}
	if column := draw.Column(draw.Graph{}, "nowhere"); column != nil {
		t.Errorf("a strand that there is not: %v", column)
	}
}

package draw_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hejnal/workflow"
	"hejnal/workflow/draw"
	"hejnal/workflow/language"
)

const diagrams = "../../docs/forms"

// The drawings in docs are what the definitions say today; -update draws them anew.
func TestTheDrawingsInDocsShowTheFormsAsTheyAre(t *testing.T) {
	set, err := language.Load(workflow.Definitions)
	if err != nil {
		t.Fatal(err)
	}
	graphs := forms(t)
	var index strings.Builder
	index.WriteString("# The forms, drawn\n\nDrawn from the definitions in `workflow/definitions`; `go test ./workflow/draw -update` draws them anew.\n\n| form | English | ends in |\n|---|---|---|\n")
	for _, source := range set.Forms() {
		if source.OnlyImported {
			continue
		}
		fmt.Fprintf(&index, "| [%s](%s.svg) | %s | %s |\n", source.Title.PL, source.Form, source.Title.EN, source.Result.EN)
		same(t, source.Form+".svg", draw.SVG(graphs[source.Form], draw.Options{Lang: "pl", Prefix: source.Form}))
	}
	same(t, "README.md", index.String())
}

func same(t *testing.T, name, want string) {
	t.Helper()
	file := filepath.Join(diagrams, name)
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(file)
	if err != nil || string(got) != want {
		t.Errorf("docs/forms/%s is not what the definitions say now (%v); run go test ./workflow/draw -update", name, err)
	}
}

package house_test

import (
	"slices"
	"strings"
	"testing"
)

// arrows says which of the repository's folders the files of a folder may
// import, tests included; tests may import from tools as well. A folder that is
// not named may import any.
var arrows = map[string][]string{
	"workflow": {"workflow"},
	"store":    {"store", "workflow"},
	"events":   {"events", "workflow"},
	"cmd":      {"cmd", "events", "store", "workflow"},
}

// coreModules are what the core may import from outside the standard library.
var coreModules = []string{
	"cel.dev/cel-go",
	"github.com/goccy/go-yaml",
	"github.com/looplab/fsm",
	"github.com/rickar/cal/v2",
	"github.com/santhosh-tekuri/jsonschema/v6",
	"golang.org/x/text",
}

// coreForbids are the parts of the standard library that reach outside the
// program, and with each the packages below it; coreAllows are the exceptions.
var (
	coreForbids = []string{
		"crypto/rand", "database/sql", "io/ioutil", "log", "math/rand", "net", "os", "plugin", "runtime",
		"syscall", "testing", "unsafe",
	}
	coreAllows = []string{"net/url"}
)

func TestArrowsPointInward(t *testing.T) {
	for _, file := range repositoryFiles(t) {
		for _, imported := range file.Imports() {
			if why := breaksArrow(file.Path, imported); why != "" {
				t.Errorf("%s imports %s: %s", file.Path, imported, why)
			}
		}
	}
}

func TestTheCoreImportsNothingThatReachesOutside(t *testing.T) {
	for _, file := range repositoryFiles(t) {
		if file.Test() || !file.Within("workflow") {
			continue
		}
		for _, imported := range file.Imports() {
			if !coreMayImport(imported) {
				t.Errorf("%s imports %s, which is not in the core's list", file.Path, imported)
			}
		}
	}
}

// checkerModules are what the checker of fault runs may import from outside the standard library, and checkerTests what its
// tests may besides. It shares no code with what it judges.
var (
	checkerModules = []string{
		"github.com/anishathalye/porcupine", "github.com/jackc/pgx/v5", "github.com/nats-io/nats.go", "hejnal/tools/chaos/history", "modernc.org/sqlite",
	}
	checkerTests = []string{"github.com/nats-io/nats-server/v2", "go.uber.org/goleak", "hejnal/tools/chaos/check", "pgregory.net/rapid"}
)

func TestTheCheckerSharesNoCodeWithWhatItJudges(t *testing.T) {
	judged := 0
	for _, file := range repositoryFiles(t) {
		if !file.Within("tools/chaos/check") {
			continue
		}
		judged++
		for _, imported := range file.Imports() {
			if !checkerMayImport(imported, file.Test()) {
				t.Errorf("%s imports %s, which is not in the checker's list", file.Path, imported)
			}
		}
	}
	if judged == 0 {
		t.Error("there is no checker to judge")
	}
	for imported, want := range map[string]bool{
		"strings": true, "database/sql": true, "github.com/jackc/pgx/v5/stdlib": true, "hejnal/tools/chaos/history": true,
		"hejnal/store": false, "hejnal/events": false, "hejnal/cmd/hejnal/engine": false, "hejnal/workflow": false, "github.com/goccy/go-yaml": false,
	} {
		if got := checkerMayImport(imported, false); got != want {
			t.Errorf("the checker may import %s: got %v, want %v", imported, got, want)
		}
	}
}

func checkerMayImport(imported string, test bool) bool {
	first, _, _ := strings.Cut(imported, "/")
	if first != "hejnal" && !strings.Contains(first, ".") {
		return true
	}
	within := func(module string) bool { return below(imported, module) }
	return slices.ContainsFunc(checkerModules, within) || test && slices.ContainsFunc(checkerTests, within)
}

func TestTheImportRulesTellGoodFromBad(t *testing.T) {
	for _, test := range []struct {
		path, imported string
		allowed        bool
	}{
		{"workflow/decide.go", "hejnal/workflow/calendar", true},
		{"workflow/decide.go", "hejnal/store", false},
		{"workflow/decide_test.go", "hejnal/events", false},
		{"store/store.go", "hejnal/workflow", true},
		{"store/sqlite/open.go", "hejnal/events", false},
		{"events/relay.go", "hejnal/workflow", true},
		{"events/relay.go", "hejnal/store", false},
		{"events/relay.go", "hejnal/cmd/hejnal/web", false},
		{"cmd/hejnal/main.go", "hejnal/store/sqlite", true},
		{"cmd/hejnal/main.go", "hejnal/tools/house", false},
		{"store/postgres/open_test.go", "hejnal/tools/pgtest", true},
		{"store/postgres/open.go", "hejnal/tools/pgtest", false},
		{"tools/house/x_test.go", "hejnal/tools/house", true},
		{"events/relay.go", "net/http", true},
	} {
		if why := breaksArrow(test.path, test.imported); (why == "") != test.allowed {
			t.Errorf("%s imports %s: got %q, want allowed %v", test.path, test.imported, why, test.allowed)
		}
	}
	for imported, want := range map[string]bool{
		"strings": true, "net/url": true, "encoding/json": true, "golang.org/x/text/collate": true, "hejnal/workflow": true,
		"os": false, "os/exec": false, "net/http": false, "net": false, "log/slog": false, "database/sql/driver": false,
		"golang.org/x/textual": false, "github.com/nats-io/nats.go": false, "math/rand/v2": false,
	} {
		if got := coreMayImport(imported); got != want {
			t.Errorf("the core may import %s: got %v, want %v", imported, got, want)
		}
	}
}

// breaksArrow is empty when the file may import the package.
func breaksArrow(file, imported string) string {
	from, _, _ := strings.Cut(file, "/")
	to, own := strings.CutPrefix(imported, "hejnal/")
	if !own {
		return ""
	}
	to, _, _ = strings.Cut(to, "/")
	allowed, bound := arrows[from]
	forTests := to == "tools" && strings.HasSuffix(file, "_test.go")
	if !bound || forTests || slices.Contains(allowed, to) {
		return ""
	}
	return "from " + from + " arrows lead only to " + strings.Join(allowed, ", ")
}

func coreMayImport(imported string) bool {
	if below(imported, "hejnal/workflow") || slices.Contains(coreAllows, imported) {
		return true
	}
	first, _, _ := strings.Cut(imported, "/")
	if strings.Contains(first, ".") || first == "hejnal" {
		return slices.ContainsFunc(coreModules, func(module string) bool { return below(imported, module) })
	}
	return !slices.ContainsFunc(coreForbids, func(part string) bool { return below(imported, part) })
}

// below tells whether a package is the given one or lies under it.
func below(imported, root string) bool {
	return imported == root || strings.HasPrefix(imported, root+"/")
}

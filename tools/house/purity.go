package house

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"slices"
	"strconv"
)

// clockFunctions are the functions of package time that read the clock or wait.
var clockFunctions = []string{
	"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker",
}

// Impurities lists what a file does that a pure function cannot: start a
// goroutine, use a channel, read the clock or wait. Each begins with its line.
func (f File) Impurities() []string {
	clock := f.localName("time")
	var found []string
	ast.Inspect(f.syntax, func(node ast.Node) bool {
		if what := impurity(node, clock); what != "" {
			found = append(found, fmt.Sprintf("%d: %s", f.positions.Position(node.Pos()).Line, what))
		}
		return true
	})
	return found
}

func impurity(node ast.Node, clock string) string {
	switch n := node.(type) {
	case *ast.GoStmt:
		return "starts a goroutine"
	case *ast.ChanType, *ast.SelectStmt, *ast.SendStmt:
		return "uses a channel"
	case *ast.UnaryExpr:
		if n.Op == token.ARROW {
			return "uses a channel"
		}
	case *ast.SelectorExpr:
		of, ok := n.X.(*ast.Ident)
		if ok && clock != "" && of.Name == clock && slices.Contains(clockFunctions, n.Sel.Name) {
			return "uses time." + n.Sel.Name
		}
	}
	return ""
}

// localName is what the file calls an imported package, empty when it does not
// import it.
func (f File) localName(imported string) string {
	for _, spec := range f.syntax.Imports {
		if spec.Path.Value != strconv.Quote(imported) {
			continue
		}
		if spec.Name != nil {
			return spec.Name.Name
		}
		return path.Base(imported)
	}
	return ""
}

package house

import (
	"go/ast"
	"slices"
)

// A Function is one declared function or method.
type Function struct {
	// Name is the receiver's type, a dot and the name for a method.
	Name string
	// Path is that of the file it stands in.
	Path string
	// Lines runs from the word func to the closing brace, both included.
	Lines int
}

// Functions lists the functions and methods a file declares. A function literal
// counts as part of the declaration around it.
func (f File) Functions() []Function {
	var functions []Function
	for _, declaration := range f.syntax.Decls {
		function, ok := declaration.(*ast.FuncDecl)
		if !ok {
			continue
		}
		first := f.positions.Position(function.Type.Func).Line
		last := f.positions.Position(function.End()).Line
		functions = append(functions, Function{Name: functionName(function), Path: f.Path, Lines: last - first + 1})
	}
	return functions
}

func functionName(function *ast.FuncDecl) string {
	if receiver := receiverType(function); receiver != "" {
		return receiver + "." + function.Name.Name
	}
	return function.Name.Name
}

// receiverType is empty for a function that is not a method.
func receiverType(function *ast.FuncDecl) string {
	if function.Recv == nil || len(function.Recv.List) == 0 {
		return ""
	}
	expression := function.Recv.List[0].Type
	for {
		switch e := expression.(type) {
		case *ast.StarExpr:
			expression = e.X
		case *ast.ParenExpr:
			expression = e.X
		case *ast.IndexExpr:
			expression = e.X
		case *ast.IndexListExpr:
			expression = e.X
		case *ast.Ident:
			return e.Name
		default:
			return ""
		}
	}
}

// Percentile is the smallest of the values that at least p percent of them do
// not exceed; 0 when there are no values. The values keep their order.
func Percentile(values []int, p int) int {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	rank := (len(sorted)*p + 99) / 100
	return sorted[max(rank, 1)-1]
}

package workflow

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types/ref"
)

// Expression is a compiled CEL expression of a definition.
type Expression struct {
	text    string
	checked *cel.Ast
	program cel.Program
	reads   []string // variables, sorted
}

// readsAny reports whether the expression reads a variable that begins with the prefix.
func (e *Expression) readsAny(prefix string) bool {
	return slices.ContainsFunc(e.reads, func(name string) bool { return strings.HasPrefix(name, prefix) })
}

// readsInputs reports whether the expression reads an input, or whether one is given.
func (e *Expression) readsInputs() bool {
	return e != nil && (e.readsAny("inputs.") || e.readsAny("given."))
}

func compileExpression(env *cel.Env, text string, want *cel.Type) (*Expression, error) {
	checked, issues := env.Compile(text)
	if issues.Err() != nil {
		return nil, errors.New(issues.Errors()[0].Message)
	}
	if want != nil && !want.IsAssignableType(checked.OutputType()) {
		return nil, fmt.Errorf("gives %s where %s is wanted", checked.OutputType(), want)
	}
	program, err := env.Program(checked, bounds(env, checked))
	if err != nil {
		return nil, fmt.Errorf("plan expression: %w", err)
	}
	return &Expression{text: text, checked: checked, program: program, reads: variablesOf(checked)}, nil
}

func variablesOf(checked *cel.Ast) []string {
	var names []string
	for _, reference := range checked.NativeRep().ReferenceMap() {
		if reference.Name != "" && len(reference.OverloadIDs) == 0 {
			names = append(names, reference.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (e *Expression) eval(view cel.Activation) (ref.Val, error) {
	value, _, err := e.program.Eval(view)
	if err != nil {
		return nil, fmt.Errorf("evaluate %q: %w", e.text, err)
	}
	return value, nil
}

// holds evaluates a condition; nil holds, and a condition that cannot be evaluated does not hold.
func (e *Expression) holds(view cel.Activation) bool {
	if e == nil {
		return true
	}
	value, err := e.eval(view)
	if err != nil {
		return false
	}
	holds, ok := value.Value().(bool)
	return ok && holds
}

// textOf evaluates an expression to a text; nil and what cannot be evaluated give "".
func (e *Expression) textOf(view cel.Activation) string {
	if e == nil {
		return ""
	}
	value, err := e.eval(view)
	if err != nil {
		return ""
	}
	text, ok := value.Value().(string)
	if !ok {
		return ""
	}
	return text
}

package workflow

import (
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
)

// verdict is what is known of a condition at a spot.
type verdict uint8

const (
	unjudged verdict = iota
	no               // it does not hold
	yes              // it holds
	maybe            // it may hold or not
)

// judge judges one condition by combinations alone. It evaluates each combination of the values that the condition reads
// once, and remembers the verdict.
type judge struct {
	space    *space
	axes     []int // that the condition reads
	program  cel.Program
	unknowns []*cel.AttributePatternType
	memo     []verdict // by the values of axes
}

// judgeOf gives the judge of a condition; nil is a condition that always holds.
func (s *space) judgeOf(expression *Expression) *judge {
	if expression == nil {
		return nil
	}
	j := &judge{space: s}
	size, known := 1, len(expression.reads) == 0
	for _, name := range expression.reads {
		if i, ok := s.axisOf(name); ok {
			j.axes = append(j.axes, i)
			size *= len(s.axes[i].values)
			known = true
			continue
		}
		if fixed(name) {
			known = true
			continue
		}
		j.unknowns = append(j.unknowns, cel.AttributePattern(name))
	}
	j.memo = make([]verdict, size)
	env, err := base()
	if err == nil && known {
		j.program, err = env.Program(expression.checked, cel.EvalOptions(cel.OptPartialEval), cel.CostLimit(expressionCost))
	}
	if err != nil || !known {
		for i := range j.memo {
			j.memo[i] = maybe
		}
	}
	return j
}

// axisOf gives the axis that a variable is read from.
func (s *space) axisOf(name string) (int, bool) {
	if name == "proposal.stage" {
		return 0, true
	}
	return s.axisNamed(name)
}

// fixed reports whether a variable has one value in all cases of a definition.
func fixed(name string) bool {
	return name == "proposal.form" || strings.HasPrefix(name, "constants.") || strings.HasPrefix(name, "city.")
}

func (j *judge) at(spot int) verdict {
	if j == nil {
		return yes
	}
	key := 0
	for _, i := range j.axes {
		a := &j.space.axes[i]
		key = key*len(a.values) + spot/a.stride%len(a.values)
	}
	if j.memo[key] == unjudged {
		j.memo[key] = j.evaluate(spot)
	}
	return j.memo[key]
}

// evaluate judges as [Expression] does: what cannot be evaluated does not hold.
func (j *judge) evaluate(spot int) verdict {
	seen, err := cel.PartialVars(&view{definition: j.space.definition, proposal: j.space.proposal(spot)}, j.unknowns...)
	if err != nil {
		return maybe
	}
	value, _, err := j.program.Eval(seen)
	switch {
	case err != nil:
		return no
	case types.IsUnknown(value):
		return maybe
	case value.Value() == true:
		return yes
	}
	return no
}

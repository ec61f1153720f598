package workflow

import (
	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/cost"
	"cel.dev/cel-go/common/types"
)

// expressionCost bounds what one expression may cost, in CEL's own units; an ordinary rule costs less than a hundred.
const expressionCost = 20_000

// bounds keeps an expression within its cost: one that cannot exceed it, however large the values are that it reads, needs
// nobody to count while it is evaluated, which takes longer than the evaluation itself.
func bounds(env *cel.Env, checked *cel.Ast) cel.ProgramOption {
	if bounded(env, checked) {
		return cel.EvalOptions(cel.OptOptimize)
	}
	return cel.CostLimit(expressionCost)
}

// bounded reports whether an expression can never exceed its cost.
func bounded(env *cel.Env, checked *cel.Ast) bool {
	estimate, err := env.EstimateCost(checked, sizes{})
	return err == nil && estimate.Max <= expressionCost
}

// sizes says how large the values are at most that expressions read: those of a case and of a command are bounded when they
// are written.
type sizes struct{}

// EstimateSize implements [cost.Estimator].
func (sizes) EstimateSize(node cost.AstNode) *cost.SizeEstimate {
	switch node.Type().Kind() {
	case types.StringKind:
		return &cost.SizeEstimate{Max: MaxDescription}
	case types.ListKind, types.MapKind:
		return &cost.SizeEstimate{Max: maxRecords}
	default:
		return nil
	}
}

// EstimateCallCost implements [cost.Estimator]: functions cost what CEL says.
func (sizes) EstimateCallCost(string, string, *cost.AstNode, []cost.AstNode) *cost.CallEstimate {
	return nil
}

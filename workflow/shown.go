package workflow

// Schema is the JSON Schema of the transition's inputs, with those examples that are the same on every day.
func (t *Transition) Schema() map[string]any {
	return objectSchema(t.schema.inputs, t.schema.codes, func(name string) []any {
		var values []any
		for _, example := range t.schema.examples[name] {
			if example.expression == nil {
				values = append(values, example.constant)
			}
		}
		return values
	})
}

// Judged lists the rules of the transition, its own and the shared ones that it uses.
func (t *Transition) Judged() []RuleSource {
	rules := make([]RuleSource, 0, len(t.rules))
	for _, r := range t.rules {
		rules = append(rules, r.RuleSource)
	}
	return rules
}

// Result is one of the ways in which a transition can end: what is told of it, and where it leads ("=" stays).
type Result struct {
	Event string `json:"event"`
	Title Text   `json:"title"`
	To    string `json:"to"`
	When  string `json:"when,omitempty"` // CEL condition; empty: always, or in every other case
}

// Results lists the ways in which the transition can end, in the order in which they are tried.
func (t *Transition) Results() []Result {
	var results []Result
	for _, way := range t.ways {
		results = append(results, Result{Event: way.event, Title: way.title, To: way.to})
	}
	for i, written := range t.Outcomes {
		results[i].When = written.When
	}
	return results
}

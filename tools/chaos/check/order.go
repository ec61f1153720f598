package check

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/anishathalye/porcupine"
)

// effect of a call on the version of its proposal, as a register with compare-and-set would have it.
type opKind int

const (
	reads      opKind = iota // sees the version
	makes                    // makes the version, from the one before
	repeats                  // makes it, or is answered with what was made before
	perhaps                  // makes one of the loose versions, or nothing
	stale                    // refused because the version is another one
	notOffered               // refused because the state does not offer the transition
	blocked                  // refused although the state offers it
	absent                   // there is no such proposal
)

type operation struct {
	kind       opKind
	version    int64
	expect     int64 // If-Match; 0: none
	transition string
	command    *command // nil: what another proposal's act made
}

func (o operation) String() string {
	if o.command == nil {
		return fmt.Sprintf("version %d, made with another proposal", o.version)
	}
	return o.command.String()
}

// order judges for each proposal whether its calls can have happened one after another, each between its call and its
// return, so that every answer is right.
func (c *checker) order(commands []*command) {
	byProposal := map[string][]*command{}
	for _, m := range commands {
		proposal := proposalIn(m.Path)
		switch {
		case m.made != nil:
			proposal = m.made.proposal
		case proposal == "":
			continue
		}
		byProposal[proposal] = append(byProposal[proposal], m)
	}
	proposals := make([]string, 0, len(byProposal))
	for proposal := range byProposal {
		proposals = append(proposals, proposal)
	}
	slices.Sort(proposals)
	for _, proposal := range proposals {
		p := c.histories[proposal]
		if p == nil {
			p = &past{id: proposal}
		}
		c.linearizable(p, byProposal[proposal])
	}
}

func (c *checker) linearizable(p *past, commands []*command) {
	operations := c.operations(p, commands)
	model := porcupine.NondeterministicModel{
		Init: func() []any { return []any{int64(0)} },
		Step: func(state, input, _ any) []any {
			version := state.(int64)
			var next []any
			for _, to := range c.step(p, version, input.(operation)) {
				next = append(next, to)
			}
			return next
		},
	}
	verdict, info := porcupine.CheckOperationsVerbose(model.ToModel(), operations, c.in.Judging)
	switch verdict {
	case porcupine.Ok:
	case porcupine.Illegal:
		c.report.add(Reordered, stuck(operations, info), "the calls to proposal %s cannot have happened in any order", p.id)
	default:
		c.report.Undecided = append(c.report.Undecided, p.id)
	}
}

// step is the model: the versions that an operation may lead to from a version, none where it cannot happen there.
func (c *checker) step(p *past, version int64, o operation) []int64 {
	stay, on := []int64{version}, []int64{version + 1}
	expected := o.expect == 0 || o.expect == version
	switch o.kind {
	case reads:
		return only(version == o.version, stay)
	case makes:
		return only(version == o.version-1 && expected, on)
	case repeats:
		return append(only(version == o.version-1 && expected, on), only(version >= o.version, stay)...)
	case perhaps:
		next := version < int64(len(p.steps)) && expected && c.loose[p.steps[version].entry] && c.fits(o, p.steps[version].entry)
		return append(only(next, on), stay...)
	case stale:
		return only(version != o.expect && version > 0, stay)
	case notOffered, blocked:
		return only(version > 0 && expected && c.refusable(p, version, o), stay)
	case absent:
		return only(version == 0, stay)
	}
	return nil
}

func only(holds bool, versions []int64) []int64 {
	if holds {
		return versions
	}
	return nil
}

// fits tells whether a call can have made an entry.
func (c *checker) fits(o operation, e *entry) bool {
	if o.command.kind == attach {
		return e.kind == "document"
	}
	return e.kind == "transition" && (o.command.kind != transit || e.event.Data.Transition == o.transition)
}

// refusable tells whether a refusal is right for the states at a version.
func (c *checker) refusable(p *past, version int64, o operation) bool {
	if p.definition == nil {
		return true
	}
	states := p.at(version)
	offered, known := p.definition.offers(o.transition, states)
	return !known || offered == (o.kind == blocked)
}

// operations turns the calls into operations, those without an answer open to the end.
func (c *checker) operations(p *past, commands []*command) []porcupine.Operation {
	var end int64
	for _, m := range commands {
		end = max(end, m.Call.Call, m.Return)
	}
	end++
	made := map[int64]bool{}
	tries := attemptsOf(commands)
	var operations []porcupine.Operation
	for _, m := range commands {
		o, judged := c.operation(p, m)
		if !judged || o.kind == perhaps && !c.mayHaveMade(p, o) {
			continue
		}
		called := m.Call.Call
		if m.made != nil && (o.kind == makes || o.kind == repeats) {
			t := tries[m.made]
			if m.unknown() && (t.answered || t.told) {
				continue
			}
			called, t.told = t.first, t.told || m.unknown()
		}
		if o.kind == makes || o.kind == repeats {
			made[o.version] = true
		}
		ended := m.Return
		if m.unknown() || ended == 0 {
			ended = end
		}
		operations = append(operations, porcupine.Operation{ClientId: m.Client, Input: o, Call: called, Return: ended})
	}
	for i, s := range p.steps {
		if version := int64(i) + 1; !made[version] && !c.loose[s.entry] {
			operations = append(operations, porcupine.Operation{Input: operation{kind: makes, version: version}, Call: 0, Return: end})
		}
	}
	return operations
}

// attempts are the calls that asked for one act, under its key. It was made at some time since the first of them; those
// without an answer tell nothing besides, and each would double the orders to be tried.
type attempts struct {
	first    int64 // when the first was made
	answered bool  // one of them was
	told     bool  // an operation stands for those without an answer
}

func attemptsOf(commands []*command) map[*entry]*attempts {
	all := map[*entry]*attempts{}
	for _, m := range commands {
		if m.made == nil {
			continue
		}
		t := all[m.made]
		if t == nil {
			t = &attempts{first: m.Call.Call}
			all[m.made] = t
		}
		t.first = min(t.first, m.Call.Call)
		t.answered = t.answered || m.accepted()
	}
	return all
}

// mayHaveMade tells whether there is an act that a call without an answer can have made. Without one it changed nothing.
func (c *checker) mayHaveMade(p *past, o operation) bool {
	return slices.ContainsFunc(p.steps, func(s step) bool { return c.loose[s.entry] && c.fits(o, s.entry) })
}

// operation tells what a call means for the version of its proposal; judged is false where it means nothing.
func (c *checker) operation(p *past, m *command) (o operation, judged bool) {
	o = operation{transition: m.Transition, command: m}
	if m.IfMatch != "" {
		expect, err := strconv.ParseInt(strings.Trim(m.IfMatch, `"`), 10, 64)
		if err != nil {
			return o, false
		}
		o.expect = expect
	}
	own := strings.HasSuffix(bare(m.Path), "/proposals/"+p.id)
	switch {
	case m.made != nil && p.versionOf(m.made) > 0 && (m.accepted() || m.unknown()):
		o.kind, o.version = makes, p.versionOf(m.made)
		if m.shared || m.unknown() {
			o.kind = repeats
		}
		return o, true
	case m.unknown():
		o.kind = perhaps
		return o, m.Key == "" && !m.read() && (m.kind == transit || m.kind == attach || m.kind == amend)
	case m.Status == 200 && own && m.VersionAfter > 0: // what changes nothing is told the version as well
		o.kind, o.version = reads, m.VersionAfter
		return o, m.Method == "GET" || m.Key == ""
	case m.Status == 412 && o.expect != 0 && m.kind != claim:
		o.kind = stale
		return o, true
	case m.Status == 404 && own:
		o.kind = absent
		return o, true
	case m.Status == 409 && m.kind == transit && named(m.Problem, "not_offered", "The state does not offer it", "Stan tego nie oferuje"):
		o.kind = notOffered
		return o, true
	case m.Status == 409 && m.kind == transit && named(m.Problem, "blocked", "Blocked", "Zablokowane"):
		o.kind = blocked
		return o, true
	}
	return o, false
}

// named tells whether a problem is called by its code, its type, its title in one of the languages, or by several of them.
func named(problem, code string, titles ...string) bool {
	words := strings.Fields(problem)
	return slices.Contains(words, code) || slices.Contains(words, "urn:hejnal:problem:"+code) || slices.Contains(titles, problem)
}

// stuck tells which calls fit nowhere behind the longest order that was found.
func stuck(operations []porcupine.Operation, info porcupine.LinearizationInfo) string {
	var longest []porcupine.Operation
	for _, partition := range info.PartialLinearizationsOperations() {
		for _, order := range partition {
			if len(order) > len(longest) {
				longest = order
			}
		}
	}
	placed := map[string]int{}
	for _, o := range longest {
		placed[o.Input.(operation).String()]++
	}
	var rest []string
	slices.SortFunc(operations, func(a, b porcupine.Operation) int { return int(a.Return - b.Return) })
	for _, o := range operations {
		name := o.Input.(operation).String()
		if placed[name]--; placed[name] < 0 && len(rest) < 3 {
			rest = append(rest, name)
		}
	}
	return fmt.Sprintf("%d of %d calls have an order; none fits for: %s", len(longest), len(operations), strings.Join(rest, "; "))
}

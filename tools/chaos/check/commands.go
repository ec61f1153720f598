package check

import (
	"fmt"

	"hejnal/tools/chaos/history"
)

// command is a call of a client and what is known of what it made.
type command struct {
	history.Call
	number int // in the history, from 1
	kind   callKind
	made   *entry // nil: nothing, or it is not known
	shared bool   // other calls with its key may have made it
}

func (m *command) read() bool    { return m.Method == "GET" || m.kind == transit && m.Status == 200 } // a rehearsal changes nothing
func (m *command) unknown() bool { return m.Status == 0 || m.Status >= 500 }
func (m *command) accepted() bool {
	return m.Status >= 200 && m.Status < 300 && !m.read()
}

func (m *command) String() string {
	return fmt.Sprintf("call %d: client %d, %s %s %s key %q if-match %q → %d %s version %d",
		m.number, m.Client, m.Method, m.Path, m.Transition, m.Key, m.IfMatch, m.Status, m.ActID, m.VersionAfter)
}

// keyOf is what makes calls repetitions of one another.
type keyOf struct{ method, path, key string }

// ledger brings what was asked for together with what was made.
type ledger struct {
	*checker
	documents map[string]*entry   // by the document's id
	answers   map[keyOf][]*answer // rows
	groups    map[keyOf][]*command
	claimed   map[*entry]*command // what somebody asked for
	loose     map[*entry]bool     // made by one of several calls without key and answer
}

// commands judges every call by itself and returns them all.
func (c *checker) commands(calls []history.Call) []*command {
	l := &ledger{
		checker: c, documents: map[string]*entry{}, answers: map[keyOf][]*answer{}, groups: map[keyOf][]*command{},
		claimed: map[*entry]*command{}, loose: map[*entry]bool{},
	}
	for _, e := range c.found.entries {
		if e.kind == "document" {
			l.documents[e.event.Data.ID] = e
		}
	}
	for _, a := range c.found.answers {
		key := keyOf{a.method, a.path, a.key}
		l.answers[key] = append(l.answers[key], a)
	}
	commands := make([]*command, 0, len(calls))
	for i, call := range calls {
		m := &command{Call: call, number: i + 1, kind: kindOf(call.Method, call.Path)}
		commands = append(commands, m)
		l.count(m)
		if m.Key != "" && m.Method != "GET" {
			key := keyOf{m.Method, bare(m.Path), m.Key}
			l.groups[key] = append(l.groups[key], m)
		}
	}
	for _, m := range commands {
		if m.accepted() {
			l.acceptedOne(m)
		}
	}
	for key, group := range l.groups {
		l.group(key, group)
	}
	l.unasked(commands)
	l.claims(commands)
	return commands
}

func (l *ledger) count(m *command) {
	switch {
	case m.read():
		l.report.Reads++
		return
	case m.unknown():
		l.report.Unknown++
	case m.accepted():
		l.report.Acknowledged++
	default:
		l.report.Refused++
	}
	l.report.Commands++
}

// acceptedOne finds what an accepted command made.
func (l *ledger) acceptedOne(m *command) {
	e, judged := l.madeBy(m)
	switch {
	case !judged:
		return
	case e == nil:
		l.report.add(Lost, m.String(), "an accepted command is not in the store")
		return
	}
	m.made = e
	d := e.event.Data
	p := l.histories[e.proposal]
	if m.Transition != "" && d.Transition != m.Transition && m.kind == transit {
		l.report.add(Answer, m.String(), "the answer names an act that is a %s", d.Transition)
	}
	if m.Seq != 0 && m.kind == transit && m.Seq != e.seq {
		l.report.add(Answer, m.String(), "the answer says seq %d, the journal %d", m.Seq, e.seq)
	}
	if m.Proposal != "" && m.Proposal != e.proposal {
		l.report.add(Answer, m.String(), "the answer names what belongs to proposal %s", e.proposal)
	}
	if version := p.versionOf(e); m.VersionAfter != 0 && m.VersionAfter != version {
		l.report.add(Answer, m.String(), "the answer says version %d, the journal %d", m.VersionAfter, version)
	}
	if other := l.claimed[e]; other != nil && (m.Key == "" || other.Key != m.Key || bare(other.Path) != bare(m.Path)) {
		l.report.add(Doubled, m.String(), "two commands were answered with one act, the other is %s", other)
	}
	l.claimed[e] = m
}

// madeBy finds the entry of an accepted command; judged is false where it makes none that can be told.
func (l *ledger) madeBy(m *command) (e *entry, judged bool) {
	switch m.kind {
	case transit:
		if e = l.found.byID[m.ActID]; e == nil && m.ActID == "" {
			e = l.stepAt(proposalIn(m.Path), m.VersionAfter)
		}
		if e != nil && (e.kind != "transition" || e.proposal != proposalIn(m.Path)) {
			e = nil
		}
	case open:
		for _, id := range []string{m.Proposal, m.ActID} {
			if e == nil {
				e = l.stepAt(id, 1)
			}
		}
	case amend: // what changes nothing makes nothing
		e = l.stepAt(proposalIn(m.Path), m.VersionAfter)
		return e, e != nil && e.kind == "transition" && l.callOf(e) == amend
	case attach:
		if e = l.documents[m.ActID]; e == nil {
			e = l.found.byID[m.ActID]
		}
		if e != nil && (e.kind != "document" || e.proposal != proposalIn(m.Path)) {
			e = nil
		}
	case comment:
		if l.found.comments[m.ActID] != proposalIn(m.Path) {
			l.report.add(Lost, m.String(), "an accepted comment is not in the store")
		}
		return nil, false
	default:
		return nil, false
	}
	return e, true
}

func (l *ledger) stepAt(proposal string, version int64) *entry {
	p := l.histories[proposal]
	if p == nil || version < 1 || version > int64(len(p.steps)) {
		return nil
	}
	return p.steps[version-1].entry
}

// callOf tells which kind of call makes an entry.
func (l *ledger) callOf(e *entry) callKind {
	if e.kind == "document" {
		return attach
	}
	if d := l.definitions[e.event.Data.Definition.Digest]; d != nil {
		for _, t := range d.transitions {
			if t.ID == e.event.Data.Transition && t.Call == "amend" {
				return amend
			}
		}
	}
	if e.seq == 1 {
		return open
	}
	return transit
}

// group judges the calls that have one key: together they make one thing at most.
func (l *ledger) group(key keyOf, group []*command) {
	rows := l.answers[key]
	var accepted, unknown *command
	for _, m := range group {
		switch {
		case m.unknown():
			unknown = m
		case m.accepted() && accepted == nil:
			accepted = m
		case m.accepted() && m.ActID != accepted.ActID:
			l.report.add(Doubled, accepted.String()+"; "+m.String(), "one key made two acts")
		}
	}
	switch {
	case len(rows) > 1:
		l.report.add(Doubled, group[0].String(), "the answer to one key is kept %d times", len(rows))
	case accepted != nil && len(rows) == 0:
		l.report.add(Lost, accepted.String(), "the answer to an accepted command with a key is not kept")
	case accepted == nil && unknown == nil && len(rows) > 0:
		l.report.add(Phantom, group[0].String(), "a command that was refused has an answer that says it was accepted")
	}
	if len(rows) == 0 {
		return
	}
	row := rows[0]
	if accepted != nil && accepted.ActID != "" && accepted.kind != other && row.id() != accepted.ActID && row.id() != accepted.Proposal {
		l.report.add(Answer, accepted.String(), "the answer that is kept names %s", row.id())
	}
	if accepted != nil && accepted.kind != attach && accepted.BodyDigest != "" && accepted.BodyDigest != row.digest {
		l.report.add(Answer, accepted.String(), "the answer is kept for another body, %s", row.digest)
	}
	e := l.found.at(row.first)
	for _, m := range group {
		m.shared = len(group) > 1
		if e != nil && (m.unknown() || m.accepted()) && m.kind != claim {
			m.made = e
			l.claimed[e] = m
		}
	}
}

// wish is what a call without a key asked for that was never answered.
type wish struct {
	kind                 callKind
	proposal, transition string
}

func wishOf(m *command) wish {
	if m.kind == transit {
		return wish{transit, proposalIn(m.Path), m.Transition}
	}
	return wish{m.kind, proposalIn(m.Path), ""}
}

// unasked finds what stands in the journal and nobody asked for, or asked for less often.
func (l *ledger) unasked(commands []*command) {
	asked, left := map[wish]int{}, map[wish]int{}
	for _, m := range commands {
		if m.unknown() && m.Key == "" && !m.read() {
			asked[wishOf(m)]++
			left[wishOf(m)]++
		}
	}
	for _, e := range l.found.entries {
		if e.kind != "transition" && e.kind != "document" || l.claimed[e] != nil {
			continue
		}
		p := l.histories[e.proposal]
		if p.opener != nil && p.steps[0].entry == e {
			continue
		}
		w := wish{l.callOf(e), e.proposal, ""}
		if w.kind == transit {
			w.transition = e.event.Data.Transition
		}
		if w.kind == open {
			w.proposal = ""
		}
		where := fmt.Sprintf("pos %d, seq %d of %s: %s", e.pos, e.seq, e.proposal, e.event.Data.Transition)
		switch {
		case left[w] > 0:
			left[w]--
			l.loose[e] = true
		case asked[w] > 0:
			l.report.add(Doubled, where, "a command that was never answered was made more often than it was asked for (%d)", asked[w])
		default:
			l.report.add(Phantom, where, "nobody asked for it and was accepted or left without an answer")
		}
	}
	l.checker.loose = l.loose
}

// claims judges that tasks were claimed, released and assigned as often as was asked for.
func (l *ledger) claims(commands []*command) {
	type act struct{ task, what string }
	asked, made := map[act]int{}, map[act]int{}
	past := map[string]string{"claim": "claimed", "release": "released", "assign": "assigned"}
	for _, e := range l.found.entries {
		if e.kind == "task" {
			made[act{e.event.Data.ID, e.what(l.in.Streams.Prefix)}]++
		}
	}
	for _, m := range commands {
		if m.kind != claim || !m.accepted() && !m.unknown() {
			continue
		}
		path := bare(m.Path)
		what := past[path[len(apiPrefix+"/tasks/"+taskIn(path)+"/"):]]
		asked[act{taskIn(path), what}]++
		if m.accepted() && what == "claimed" && made[act{taskIn(path), "claimed"}]+made[act{taskIn(path), "assigned"}] == 0 {
			l.report.add(Lost, m.String(), "an accepted claim of a task is not in the journal")
		}
	}
	for a, times := range made {
		switch {
		case a.what != "claimed" && a.what != "released" && a.what != "assigned":
		case asked[a] == 0:
			l.report.add(Phantom, "", "task %s was %s, which nobody asked for", a.task, a.what)
		case times > asked[a]:
			l.report.add(Doubled, "", "task %s was %s %d times and that was asked for %d times", a.task, a.what, times, asked[a])
		}
	}
}

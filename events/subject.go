package events

import (
	"errors"
	"fmt"
	"strings"
)

// Default prefixes of the two subject spaces.
const (
	DefaultPrefix       = "krakow.cooperation"
	DefaultPublicPrefix = "krakow.public.cooperation"
)

// Kind says what an event is about.
type Kind string

// The kinds of event, as they stand in a subject after the prefix.
const (
	KindTransition Kind = "transition"
	KindTask       Kind = "task"
	KindDocument   Kind = "document"
	KindAdmin      Kind = "admin"
	KindPublic     Kind = "public"
)

// Subjects builds and parses the subjects of events. An empty prefix means the
// default one.
type Subjects struct {
	Prefix       string
	PublicPrefix string
}

// Subject is a parsed subject. What a kind does not have is empty: only tasks
// have a role, admin events have no form and no proposal. Event is "attached"
// for documents and what happened to it for tasks ("opened", "claimed" …).
type Subject struct {
	Kind     Kind
	Role     string
	Event    string
	Form     string
	Proposal string
}

// Validate checks that the prefixes are made of tokens and that the two spaces
// do not overlap.
func (s Subjects) Validate() error {
	for _, prefix := range []string{s.prefix(), s.public()} {
		for token := range strings.SplitSeq(prefix, ".") {
			if err := checkToken(token); err != nil {
				return fmt.Errorf("subject prefix %q: %w", prefix, err)
			}
		}
	}
	if Overlap(s.All(), s.AllPublic()) {
		return fmt.Errorf("subject prefixes %q and %q overlap", s.prefix(), s.public())
	}
	return nil
}

// All is the pattern of every internal event: prefix and ">".
func (s Subjects) All() string { return s.prefix() + ".>" }

// AllPublic is the pattern of every public event.
func (s Subjects) AllPublic() string { return s.public() + ".>" }

// Transition is the subject of a transition of a proposal.
func (s Subjects) Transition(form, event, proposal string) (string, error) {
	return join(s.prefix(), string(KindTransition), form, event, proposal)
}

// Task is the subject of what happened to a task of a role.
func (s Subjects) Task(role, what, form, proposal string) (string, error) {
	return join(s.prefix(), string(KindTask), role, what, form, proposal)
}

// DocumentAttached is the subject of a new document of a proposal.
func (s Subjects) DocumentAttached(form, proposal string) (string, error) {
	return join(s.prefix(), string(KindDocument), "attached", form, proposal)
}

// Admin is the subject of a change of people, roles, substitutions or
// subscribers.
func (s Subjects) Admin(event string) (string, error) {
	return join(s.prefix(), string(KindAdmin), event)
}

// Public is the subject of the public part of a transition.
func (s Subjects) Public(form, event, proposal string) (string, error) {
	return join(s.public(), form, event, proposal)
}

// Parse takes a subject apart. It is an error when the subject is none that
// the methods above build.
func (s Subjects) Parse(subject string) (Subject, error) {
	if rest, ok := strings.CutPrefix(subject, s.public()+"."); ok {
		return parse(subject, string(KindPublic)+"."+rest)
	}
	if rest, ok := strings.CutPrefix(subject, s.prefix()+"."); ok && !strings.HasPrefix(rest, string(KindPublic)+".") {
		return parse(subject, rest)
	}
	return Subject{}, fmt.Errorf("read subject %q: it lies outside %s and %s", subject, s.All(), s.AllPublic())
}

func parse(subject, rest string) (Subject, error) {
	tokens := strings.Split(rest, ".")
	for _, token := range tokens {
		if err := checkToken(token); err != nil {
			return Subject{}, fmt.Errorf("read subject %q: %w", subject, err)
		}
	}
	kind, t := Kind(tokens[0]), tokens[1:]
	switch {
	case (kind == KindTransition || kind == KindPublic) && len(t) == 3:
		return Subject{Kind: kind, Form: t[0], Event: t[1], Proposal: t[2]}, nil
	case kind == KindTask && len(t) == 4:
		return Subject{Kind: kind, Role: t[0], Event: t[1], Form: t[2], Proposal: t[3]}, nil
	case kind == KindDocument && len(t) == 3 && t[0] == "attached":
		return Subject{Kind: kind, Event: t[0], Form: t[1], Proposal: t[2]}, nil
	case kind == KindAdmin && len(t) == 1:
		return Subject{Kind: kind, Event: t[0]}, nil
	}
	return Subject{}, fmt.Errorf("read subject %q: no kind of event has this shape", subject)
}

func join(prefix string, tokens ...string) (string, error) {
	for _, token := range tokens {
		if err := checkToken(token); err != nil {
			return "", fmt.Errorf("build subject %s.%s: %w", prefix, strings.Join(tokens, "."), err)
		}
	}
	return prefix + "." + strings.Join(tokens, "."), nil
}

func checkToken(token string) error {
	for _, c := range []byte(token) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '_', c == '-':
		default:
			return fmt.Errorf("%q may hold letters, digits, _ and - only", token)
		}
	}
	if token == "" {
		return errors.New("a part is empty")
	}
	return nil
}

func (s Subjects) prefix() string {
	if s.Prefix == "" {
		return DefaultPrefix
	}
	return s.Prefix
}

func (s Subjects) public() string {
	if s.PublicPrefix == "" {
		return DefaultPublicPrefix
	}
	return s.PublicPrefix
}

package check

import (
	"fmt"
	"strconv"
	"strings"
)

// answers judges that each kept answer names what was made with it.
func (c *checker) answers() {
	for _, a := range c.found.answers {
		c.answer(a)
	}
}

func (c *checker) answer(a *answer) {
	where := fmt.Sprintf("key %s of %s %s", a.key, a.method, a.path)
	if a.status < 200 || a.status > 299 {
		c.report.add(Answer, where, "the answer %d to a key is none of an accepted command", a.status)
		return
	}
	if a.first == 0 {
		if kindOf(a.method, a.path) == comment && c.found.comments[a.id()] == "" {
			c.report.add(Lost, where, "the comment %q that was answered is not there", a.id())
		}
		return
	}
	e := c.found.at(a.first)
	if e == nil {
		c.report.add(Lost, where, "the answer belongs to position %d, which the journal does not have", a.first)
		return
	}
	if e.at != a.at {
		c.report.add(Answer, where, "the answer is not of the same moment as its entry at %d", a.first)
	}
	var made string
	switch kindOf(a.method, a.path) {
	case transit:
		made = e.id
	case open:
		made = e.proposal
	case attach:
		made = e.event.Data.ID
	case amend:
		made = e.proposal
	case claim:
		made = e.event.Data.ID
	default:
		return
	}
	if named := a.id(); named != made || named == "" {
		c.report.add(Answer, where, "the answer names %q, its entry at %d made %s", named, a.first, made)
	}
	if proposal := proposalIn(a.path); proposal != "" && proposal != e.proposal {
		c.report.add(Answer, where, "the entry at %d is of proposal %s", a.first, e.proposal)
	}
	if a.etag == "" || kindOf(a.method, a.path) == claim {
		return
	}
	p := c.histories[e.proposal]
	if version := p.versionOf(e); strconv.Quote(strconv.FormatInt(version, 10)) != a.etag {
		c.report.add(Answer, where, "the answer has the ETag %s, its entry at %d made version %d", a.etag, a.first, version)
	}
}

// kind of call, by what it asks for.
type callKind int

const (
	other   callKind = iota
	open             // a proposal
	amend            // its data
	transit          // a transition
	attach           // a document
	comment          // talk
	claim            // or release or assign: of a task
)

const apiPrefix = "/api/v1"

// kindOf tells what a call asks for.
func kindOf(method, path string) callKind {
	tokens := strings.Split(strings.Trim(strings.TrimPrefix(bare(path), apiPrefix), "/"), "/")
	last := tokens[len(tokens)-1]
	switch {
	case method == "POST" && tokens[0] == "proposals" && len(tokens) == 1:
		return open
	case method == "PATCH" && tokens[0] == "proposals" && len(tokens) == 2:
		return amend
	case method == "POST" && tokens[0] == "proposals" && len(tokens) == 3:
		return map[string]callKind{"transitions": transit, "documents": attach, "comments": comment}[last]
	case method == "POST" && tokens[0] == "tasks" && len(tokens) == 3:
		return claim
	}
	return other
}

// proposalIn is the proposal that a path names.
func proposalIn(path string) string {
	tokens := strings.Split(strings.Trim(strings.TrimPrefix(bare(path), apiPrefix), "/"), "/")
	if tokens[0] == "proposals" && len(tokens) > 1 {
		return tokens[1]
	}
	return ""
}

// taskIn is the task that a path names.
func taskIn(path string) string {
	tokens := strings.Split(strings.Trim(strings.TrimPrefix(bare(path), apiPrefix), "/"), "/")
	if tokens[0] == "tasks" && len(tokens) > 1 {
		return tokens[1]
	}
	return ""
}

// bare is a path without its query, from the root.
func bare(path string) string {
	path, _, _ = strings.Cut(path, "?")
	if !strings.HasPrefix(path, apiPrefix+"/") {
		path = apiPrefix + "/" + strings.TrimPrefix(path, "/")
	}
	return path
}

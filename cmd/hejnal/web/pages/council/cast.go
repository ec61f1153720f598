package council

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/fault"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
)

// cast records the vote of one item, or only looks how it would end, and notes on the ballot what came of it. An error is
// what nobody at the page can do anything about.
func (p *pages) cast(r *http.Request, b *ballot, values url.Values, look bool) error {
	own := typedFor(values, b.Key())
	own.Set(frame.KeyField, values.Get(frame.KeyField)+"."+b.Key())
	if values.Get(frame.KeyField) == "" {
		own.Del(frame.KeyField)
	}
	if led, err := p.LedBefore(r, own); err != nil || led != "" {
		b.Told = b.recorded() // the ballot may be older than the answer to the form that was sent at the same moment
		return err
	}
	if len(b.Form.Fields) == 0 {
		p.noForm(r, b, own)
		return nil
	}
	version, err := frame.Seen(own)
	if err != nil {
		return err
	}
	command := b.command(own, b.task.DueOn)
	request := p.Request(r, own, version, func(engine.Result) string { return "/sesje/" + string(b.task.DueOn) + "/glosowania" })
	advance := p.Engine.Advance
	if look {
		request.Key, request.Answer, advance = nil, nil, p.Engine.Rehearse
	}
	result, err := advance(r.Context(), request, b.ID, command)
	switch {
	case err != nil:
		return p.refusedVote(r, b, own, err)
	case look:
		b.Told = &told{Title: workflow.Text{PL: "Wynik będzie: " + result.Act.EventTitle.PL, EN: "The result will be: " + result.Act.EventTitle.EN}, Detail: b.countedOf(frame.WordsOf(call.Of(r).Language))}
	default:
		call.Of(r).Transition = command.Transition
		b.Told = &told{Kind: "ok", Title: saved(result.Act.EventTitle)}
	}
	return nil
}

// countedOf writes the numbers that were counted from the roll call; empty where none were.
func (b *ballot) countedOf(words frame.Words) string {
	var numbers []string
	for _, one := range b.Counted {
		numbers = append(numbers, words.In(one.Title)+": "+strconv.Itoa(one.Number))
	}
	if len(numbers) == 0 {
		return ""
	}
	return words.T("Policzono z wykazu: ", "Counted from the roll call: ") + strings.Join(numbers, ", ")
}

// recorded says that the vote was recorded, and how it ended where the ballot knows it.
func (b *ballot) recorded() *told {
	if b.Result == nil {
		return &told{Kind: "ok", Title: workflow.Text{PL: "Zapisano", EN: "Recorded"}}
	}
	return &told{Kind: "ok", Title: saved(b.Result.Title)}
}

// noForm says why what was typed for an item cannot be recorded: somebody else was first, or it is not for the person to do.
func (p *pages) noForm(r *http.Request, b *ballot, own url.Values) {
	b.Kept = b.keptOf(own, frame.WordsOf(call.Of(r).Language))
	if b.Result == nil {
		b.Told = &told{Kind: "stop", Title: workflow.Text{PL: "Tego wyniku nie można teraz zapisać", EN: "This result cannot be recorded now"}, Blocked: b.Missing}
		return
	}
	b.Told = p.taken(r, b)
}

// taken says that somebody else recorded an item, and what.
func (p *pages) taken(r *http.Request, b *ballot) *told {
	words := frame.WordsOf(call.Of(r).Language)
	return &told{
		Kind: "warn", Title: workflow.Text{PL: "Ten punkt zapisał już ktoś inny", EN: "Somebody else has recorded this item already"},
		Detail: p.personNamed(r, b.Result.By) + ", " + words.Moment(b.Result.At) + ": " + words.In(b.Result.Title),
	}
}

// refusedVote notes why a vote was not recorded.
func (p *pages) refusedVote(r *http.Request, b *ballot, own url.Values, err error) error {
	words := frame.WordsOf(call.Of(r).Language)
	var refusal *workflow.Refusal
	var moved *engine.MovedError
	switch {
	case errors.Is(err, store.ErrKeyUsed):
		b.Told = b.recorded()
	case errors.As(err, &moved):
		if led, err := p.LedBefore(r, own); err != nil || led != "" { // the same form, sent at the same moment
			b.Told = b.recorded()
			return err
		}
		last := moved.Last
		b.Kept = b.keptOf(own, words)
		b.Told = &told{
			Kind: "warn", Title: workflow.Text{PL: "Sprawę zmienił tymczasem ktoś inny. Sprawdź ją i zapisz wynik jeszcze raz", EN: "Somebody else changed the case meanwhile. Check it and record the result again"},
			Detail: p.personNamed(r, last.Actor.User) + ", " + words.Moment(last.RecordedAt) + ": " + words.In(last.EventTitle),
		}
	case errors.As(err, &refusal) && refusal.Kind == workflow.Invalid:
		b.refuse(refusal.Errors)
	case errors.As(err, &refusal) && refusal.Kind == workflow.Blocked:
		b.Told = &told{Kind: "stop", Title: workflow.Text{PL: "Nie zapisano", EN: "Not recorded"}, Blocked: refusal.Blockers}
	default:
		rendered := fault.Of(r.Context(), p.Store, err)
		if rendered.Status == http.StatusInternalServerError {
			return err
		}
		b.Kept = b.keptOf(own, words)
		b.Told = &told{Kind: "stop", Title: workflow.Text{PL: "Nie zapisano", EN: "Not recorded"}, Detail: words.In(rendered.Detail)}
	}
	return nil
}

// personNamed is the name of a person; the id where nobody has it.
func (p *pages) personNamed(r *http.Request, id string) string {
	name, err := p.Names().Of(r.Context(), id)
	if err != nil {
		return id
	}
	return name
}

// keptOf writes what was typed, a line for each field.
func (b *ballot) keptOf(own url.Values, words frame.Words) string {
	vote, ok := voteOf(b.trail.definition)
	if !ok {
		return ""
	}
	var lines []string
	for _, input := range vote.Inputs {
		if value := strings.TrimSpace(own.Get("in." + input.Name)); value != "" {
			lines = append(lines, words.In(input.Title)+": "+value)
		}
	}
	return strings.Join(lines, "\n")
}

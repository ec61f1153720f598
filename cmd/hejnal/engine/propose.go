package engine

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// NewProposal is what a proposal is opened with. Exactly one of PartnerID and Partner is given.
type NewProposal struct {
	Form           string
	Title          string
	Description    string
	PartnerID      string
	Partner        *NewPartner
	Fields         []string
	Tools          []string
	Readings       int
	ReadingsReason string
	OccurredOn     calendar.Date
	Comment        string
}

// Propose opens a proposal; a partner that is not yet known is entered in the same commit.
func (e *Engine) Propose(ctx context.Context, request Request, asked NewProposal) (Result, error) {
	definition, ok := e.Form(asked.Form)
	if !ok || definition.Source.OnlyImported {
		err := e.unknownForm(asked.Form)
		e.asked(nil, "", err)
		return Result{}, err
	}
	result, err := acting(ctx, e, request, func(request Request) (Result, error) { return e.propose(ctx, request, definition, asked) })
	e.asked(definition, workflow.Open, err)
	return result, err
}

func (e *Engine) propose(ctx context.Context, request Request, definition *workflow.Definition, asked NewProposal) (Result, error) {
	if refusal := definition.MayBegin(request.By); refusal != nil {
		return Result{}, refusal
	}
	return e.begin(ctx, request, asked, func(written workflow.NewCase, moment workflow.Moment) (*workflow.Change, *workflow.Refusal) {
		command := workflow.Command{OccurredOn: asked.OccurredOn, Comment: asked.Comment, By: request.By}
		return workflow.Begin(definition, written, command, moment)
	})
}

// Openable gives those of the forms that the person opens cases of, or else those that somebody does whom they stand in for
// today: it agrees with what Propose refuses for who asks. Where there are none, that refusal is its error.
func (e *Engine) Openable(ctx context.Context, by workflow.Person, forms ...*workflow.Definition) ([]*workflow.Definition, error) {
	return acting(ctx, e, Request{By: by}, func(request Request) ([]*workflow.Definition, error) {
		var open []*workflow.Definition
		var first error
		for _, form := range forms {
			switch refusal := form.MayBegin(request.By); {
			case refusal == nil:
				open = append(open, form)
			case first == nil:
				first = refusal
			}
		}
		if len(open) > 0 {
			return open, nil
		}
		return nil, first
	})
}

// begin commits a new case with its partner.
func (e *Engine) begin(ctx context.Context, request Request, asked NewProposal,
	decide func(workflow.NewCase, workflow.Moment) (*workflow.Change, *workflow.Refusal),
) (Result, error) {
	return e.commit(ctx, request, func(ctx context.Context) (store.Change, Result, error) {
		moment := e.moment()
		partner, entering, err := e.partnerOf(ctx, asked, moment.Now)
		written := workflow.NewCase{
			ID: e.opts.NewID(), Title: asked.Title, Description: asked.Description, Partner: partner, Fields: asked.Fields,
			Tools: asked.Tools, Readings: asked.Readings, ReadingsReason: asked.ReadingsReason,
		}
		// What is wrong is found before a number is drawn, so that a refusal leaves no gap.
		_, refusal := decide(written, moment)
		if err := everyError(err, refusal); err != nil {
			return store.Change{}, Result{}, err
		}
		if written.Serial, written.Number, err = e.draw(ctx, moment.Now); err != nil {
			return store.Change{}, Result{}, err
		}
		change, refusal := decide(written, moment)
		if refusal != nil {
			return store.Change{}, Result{}, refusal
		}
		out, err := e.written(change, nil, request.TraceParent)
		if err != nil {
			return store.Change{}, Result{}, err
		}
		if entering != nil {
			out.Partners = append(out.Partners, *entering)
		}
		return out, resultOf(change), nil
	})
}

// everyError joins what is wrong with a partner and with the case itself, so that both are said at once.
func everyError(partner error, refusal *workflow.Refusal) error {
	var wrong *workflow.Refusal
	switch {
	case partner == nil && refusal == nil:
		return nil
	case partner == nil:
		return refusal
	case refusal == nil || refusal.Kind != workflow.Invalid || !errors.As(partner, &wrong) || wrong.Kind != workflow.Invalid:
		return partner
	}
	wrong.Errors = append(wrong.Errors, refusal.Errors...)
	return wrong
}

func (e *Engine) partnerOf(ctx context.Context, asked NewProposal, now time.Time) (workflow.Partner, *store.PartnerWrite, error) {
	if asked.Partner == nil {
		partner, err := e.store.Partner(ctx, asked.PartnerID)
		if errors.Is(err, store.ErrNotFound) {
			return workflow.Partner{}, nil, invalid("/partner_id", "Nie ma takiego partnera.", "There is no such partner.")
		}
		if err != nil {
			return workflow.Partner{}, nil, fmt.Errorf("load partner: %w", err)
		}
		return partner.Partner, nil, nil
	}
	partner, known, err := e.findPartner(ctx, *asked.Partner, "/partner", now)
	if err != nil || known {
		return partner.Partner, nil, err
	}
	return partner.Partner, &store.PartnerWrite{Partner: partner}, nil
}

// draw takes the next running number of the year and writes the case number.
func (e *Engine) draw(ctx context.Context, now time.Time) (serial int, number string, err error) {
	year := string(calendar.Of(now, calendar.Zone()))[:4]
	serial, err = e.store.NextSerial(ctx, "case/"+year)
	if err != nil {
		return 0, "", fmt.Errorf("draw case number: %w", err)
	}
	if e.opts.Unit != "" && e.opts.Symbol != "" {
		return serial, fmt.Sprintf("%s.%s.%d.%s", e.opts.Unit, e.opts.Symbol, serial, year), nil
	}
	return serial, strconv.Itoa(serial) + "/" + year, nil
}

func (e *Engine) unknownForm(form string) *workflow.Refusal {
	list := ""
	for i, known := range e.Forms() {
		if i > 0 {
			list += ", "
		}
		list += known.Form
	}
	return invalid("/form", "Nieznana forma „"+form+"”. Formy: "+list+".", "Unknown form “"+form+"”. The forms are: "+list+".")
}

// invalid is a refusal for one wrong field.
func invalid(pointer, pl, en string) *workflow.Refusal {
	message := workflow.Text{PL: pl, EN: en}
	return &workflow.Refusal{Kind: workflow.Invalid, Message: message, Errors: []workflow.FieldError{{Pointer: pointer, Message: message}}}
}

// wrongText says why a text is refused: it is longer than its bound, or not as plain as it has to be; the zero value where it is
// neither.
func wrongText(text string, most int, notPlain func(string) workflow.Text) workflow.Text {
	if n := len([]rune(text)); n > most {
		return workflow.Text{PL: fmt.Sprintf("Najwyżej %d znaków; jest %d.", most, n), EN: fmt.Sprintf("At most %d characters; there are %d.", most, n)}
	}
	return notPlain(text)
}

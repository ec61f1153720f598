package engine

import (
	"context"
	"fmt"
	"strings"

	"hejnal/store"
	"hejnal/workflow"
)

// maxComment bounds a remark, in characters.
const maxComment = 4_000

// Comment adds a remark to a case. It is talk: it raises no version and is no event.
func (e *Engine) Comment(ctx context.Context, request Request, id, text string) (Result, error) {
	return acting(ctx, e, request, func(request Request) (Result, error) { return e.comment(ctx, request, id, text) })
}

func (e *Engine) comment(ctx context.Context, request Request, id, text string) (Result, error) {
	return e.commit(ctx, request, func(ctx context.Context) (store.Change, Result, error) {
		p, err := e.store.Case(ctx, id)
		if err != nil {
			return store.Change{}, Result{}, fmt.Errorf("load case: %w", err)
		}
		if err := e.expected(ctx, request, p); err != nil {
			return store.Change{}, Result{}, err
		}
		if err := mayMove(request.By, "Twoja rola nie komentuje spraw.", "Your role does not comment on cases."); err != nil {
			return store.Change{}, Result{}, err
		}
		text := strings.TrimSpace(text)
		if why := wrongText(text, maxComment, workflow.NotPlain); !why.IsZero() {
			return store.Change{}, Result{}, invalid("/text", why.PL, why.EN)
		}
		if text == "" {
			return store.Change{}, Result{}, invalid("/text", fmt.Sprintf("Podaj tekst od 1 do %d znaków.", maxComment), fmt.Sprintf("Give a text of 1 to %d characters.", maxComment))
		}
		moment := e.moment()
		comment := store.Comment{ID: e.opts.NewID(), ProposalID: id, By: request.By.ID, Text: text, At: moment.Now}
		return store.Change{At: moment.Now, Comments: []store.Comment{comment}}, Result{Comment: comment, Proposal: p}, nil
	})
}

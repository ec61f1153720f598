package installation

import (
	"context"

	"hejnal/events"
	"hejnal/store"
)

// journalFeed gives the journal to the relay of the internal stream.
type journalFeed struct{ journal store.Journal }

func (f journalFeed) Head(ctx context.Context) (int64, error) { return f.journal.Head(ctx) }

func (f journalFeed) After(ctx context.Context, pos int64, limit int) ([]events.Message, error) {
	records, err := f.journal.After(ctx, pos, limit)
	if err != nil {
		return nil, err
	}
	messages := make([]events.Message, len(records))
	for i, r := range records {
		messages[i] = events.Message{Pos: r.Pos, ID: r.ID, Subject: r.Subject, Text: r.Text, At: r.At}
	}
	return messages, nil
}

// publicFeed gives the public part of the journal to the relay of the public stream.
type publicFeed struct{ journal store.Journal }

func (f publicFeed) Head(ctx context.Context) (int64, error) { return f.journal.PublicHead(ctx) }

func (f publicFeed) After(ctx context.Context, pos int64, limit int) ([]events.Message, error) {
	records, err := f.journal.PublicAfter(ctx, pos, limit)
	if err != nil {
		return nil, err
	}
	messages := make([]events.Message, len(records))
	for i, r := range records {
		messages[i] = events.Message{Pos: r.PublicPos, ID: r.Public.ID, Subject: r.Public.Subject, Text: r.Public.Text, At: r.At}
	}
	return messages, nil
}

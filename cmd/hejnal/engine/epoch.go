package engine

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"hejnal/store"
)

// StreamEpochBegan is the admin event that tells that a stream was published with other events before.
const StreamEpochBegan = "stream_epoch_began"

// epochData is what the event tells: whoever got positions after the common one in the epoch before has events that the
// store does not have.
type epochData struct {
	Stream string `json:"stream"`
	Epoch  int64  `json:"epoch"`
	Common int64  `json:"common"`
	Last   int64  `json:"last,omitempty"`
	Kept   string `json:"kept,omitempty"`
}

// TellEpoch journals that an epoch of a stream begins. An epoch that was told of already is not told of again.
func (e *Engine) TellEpoch(ctx context.Context, epoch store.Epoch) error {
	_, err := e.store.Entry(ctx, epoch.EventID)
	if err == nil {
		return nil
	}
	if !errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("look for the entry of epoch %d: %w", epoch.Number, err)
	}
	stream, _, _ := strings.Cut(epoch.Stream, "@") // the name of an embedded one ends with that of its data directory
	entry, err := e.adminEntryAs(epoch.EventID, StreamEpochBegan, stream, epoch.BeganAt, epochData{
		Stream: stream, Epoch: epoch.Number, Common: epoch.Common, Last: epoch.Last, Kept: epoch.Kept,
	})
	if err != nil {
		return err
	}
	if _, err := e.store.Commit(ctx, store.Change{At: epoch.BeganAt, Entries: []store.Entry{entry}}); err != nil {
		return fmt.Errorf("tell of epoch %d of %s: %w", epoch.Number, epoch.Stream, err)
	}
	return nil
}

package store

import (
	"context"
	"fmt"
	"time"
)

// Epochs keeps when a stream was begun anew because it had been published with other events than the store has.
type Epochs interface {
	// LastEpoch returns the newest epoch of a stream, or ErrNotFound for one that is in its first.
	LastEpoch(ctx context.Context, stream string) (Epoch, error)
	// BeginEpoch keeps an epoch that is about to begin; Number must be above every earlier one of the stream.
	BeginEpoch(ctx context.Context, epoch Epoch) error
	// EndEpoch notes that the stream has been made anew; ErrNotFound when the epoch was not begun.
	EndEpoch(ctx context.Context, stream string, number int64) error
}

// Epoch is one numbering of a stream. Up to Common its events are those of the epoch before.
type Epoch struct {
	Stream  string
	Number  int64 // 2 or more: the first epoch is not kept
	Common  int64 // last sequence that is the same in both, 0 for none
	Last    int64 // last sequence of the epoch before; 0 when it is not known
	Kept    string
	EventID string // of the journal entry that tells of it
	Readers []byte // JSON: the durable consumers that have to be made again, and where each goes on
	BeganAt time.Time
	Ended   bool // the stream has been made anew
}

// Clock is the clock that several processes over one store share.
type Clock interface {
	// Clock returns what time it is where the store is.
	Clock(ctx context.Context) (time.Time, error)
}

// SchemaError says that a program is too old for the schema of a store. Nothing was changed.
type SchemaError struct {
	Needs   int64  // version of the schema that a program must know
	Knows   int64  // newest version that this one knows
	Release string // first release that knows enough
}

// Error says which release is needed.
func (e *SchemaError) Error() string {
	return fmt.Sprintf("the store was written by a newer hejnal: its schema needs release %s or newer (version %d; this program knows %d); install that release, nothing was changed",
		e.Release, e.Needs, e.Knows)
}

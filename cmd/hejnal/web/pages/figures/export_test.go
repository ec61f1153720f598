package figures

import (
	"context"
	"log/slog"
	"time"
)

// ErrCounting is what a reader gets who waited long enough.
var ErrCounting = errCounting

// AskFirst asks for figures that nobody counted before, and waits for so long.
func AskFirst(ctx context.Context, wait time.Duration, count func(context.Context) error) error {
	k := &kept{now: time.Now, log: slog.New(slog.DiscardHandler), wait: wait, count: func(ctx context.Context) (counted, error) {
		err := count(ctx)
		return counted{At: time.Now()}, err
	}}
	_, err := k.get(ctx)
	return err
}

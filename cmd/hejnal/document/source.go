package document

import (
	"context"
	"io"
)

// source reads a file for as long as somebody waits for what is found in it.
type source struct {
	ctx  context.Context //nolint:containedctx // It lives as long as one call of Inspect.
	file io.ReaderAt
	left int64 // bytes that may be read
}

// ReadAt reads from the file.
func (s *source) ReadAt(buffer []byte, at int64) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	if s.left <= 0 {
		return 0, errTooMuch
	}
	n, err := s.file.ReadAt(buffer, at)
	s.left -= int64(n)
	return n, err
}

// readAtOnce is how many files are read at the same time; each takes a processor, and memory, meanwhile.
const readAtOnce = 2

var turns = make(chan struct{}, readAtOnce)

// turn waits until a file may be read; end lets the next one.
func turn(ctx context.Context) (end func(), err error) {
	select {
	case turns <- struct{}{}:
		return func() { <-turns }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

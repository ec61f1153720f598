package main

import (
	"fmt"
	"io"
	"sync/atomic"
	"time"
)

// shownBytes shows on a terminal how many bytes of a work are done, and nothing elsewhere.
type shownBytes struct {
	done        atomic.Int64
	ended, gone chan struct{} // nil when nobody looks on
}

func showBytes(out io.Writer, what string, total int64) *shownBytes {
	s := &shownBytes{}
	if !isTerminal(out) {
		return s
	}
	s.ended, s.gone = make(chan struct{}), make(chan struct{})
	go func() {
		defer close(s.gone)
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		for {
			done := s.done.Load()
			fmt.Fprintf(out, "\r%s: %d of %d MiB (%d %%)", what, done>>20, total>>20, 100*done/max(total, 1))
			select {
			case <-tick.C:
			case <-s.ended:
				fmt.Fprintln(out)
				return
			}
		}
	}()
	return s
}

func (s *shownBytes) end() {
	if s.ended != nil {
		close(s.ended)
		<-s.gone
	}
}

// counted counts what is read.
type counted struct {
	io.ReadCloser
	shown *shownBytes
}

// Read implements [io.Reader].
func (c counted) Read(buffer []byte) (int, error) {
	n, err := c.ReadCloser.Read(buffer)
	c.shown.done.Add(int64(n))
	return n, err
}

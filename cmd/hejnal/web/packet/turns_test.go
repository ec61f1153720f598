package packet_test

import (
	"context"
	"errors"
	"strconv"
	"testing"
	"testing/synctest"

	"hejnal/cmd/hejnal/web/fault"
	"hejnal/cmd/hejnal/web/packet"
)

func TestFewPacketsAreWrittenAtOnceAndOneForEachPerson(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := packet.NewTurns()
		var ends []func()
		for i := range 4 {
			end, err := turns.Take(t.Context(), strconv.Itoa(i))
			check(t, err)
			ends = append(ends, end)
		}
		for name, person := range map[string]string{"somebody who is given one": "1", "a fifth, after a while": "5"} {
			if _, err := turns.Take(t.Context(), person); !errors.Is(err, fault.ErrBusy) {
				t.Errorf("%s: %v", name, err)
			}
		}
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := turns.Take(gone, "6"); !errors.Is(err, context.Canceled) {
			t.Errorf("somebody who has gone: %v", err)
		}
		waits := make(chan error)
		go func() {
			end, err := turns.Take(t.Context(), "5")
			if err == nil {
				end()
			}
			waits <- err
		}()
		synctest.Wait()
		ends[1]()
		check(t, <-waits)
		end, err := turns.Take(t.Context(), "1")
		check(t, err)
		end()
	})
}

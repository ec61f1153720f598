package storetest

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
)

// Bench measures commits of a case that moves on, by so many clients at once.
func Bench(b *testing.B, factory Factory) {
	b.Helper()
	for _, clients := range []int{1, 16, 64, 256} {
		b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) { benchCommit(b, factory(b), clients) })
	}
}

func benchCommit(b *testing.B, database Database, clients int) {
	s := database.Open(b)
	var left atomic.Int64
	var running sync.WaitGroup
	left.Store(int64(b.N))
	b.ReportAllocs()
	b.ResetTimer()
	for range clients {
		running.Go(func() {
			p := proposal("Porozumienie o współpracy")
			change := opening(p)
			for left.Add(-1) >= 0 {
				if _, err := s.Commit(b.Context(), change); err != nil {
					b.Error(err)
					return
				}
				p, change = next(p)
			}
		})
	}
	running.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "changes/s")
}

package main_test

import (
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	program "hejnal/cmd/hejnal"
)

func TestAServerTakesHalfOfTheMemoryAndNoMoreThanItNeeds(t *testing.T) {
	const mib = 1 << 20
	for there, want := range map[int64]int64{0: 512 * mib, 64 * mib: 64 * mib, 256 * mib: 128 * mib, 1024 * mib: 512 * mib, 64 << 30: 512 * mib} {
		if got := program.MemoryLimit(there); got != want {
			t.Errorf("where %d MiB are there: %d MiB, want %d", there/mib, got/mib, want/mib)
		}
	}
}

func TestAServerBoundsItsMemoryUnlessItsOperatorDoes(t *testing.T) {
	for _, c := range []struct {
		set         string
		least, most float64
	}{{"", 64 << 20, 512 << 20}, {"123MiB", 123 << 20, 123 << 20}} {
		t.Setenv("GOMEMLIMIT", c.set)
		s := start(t, t.TempDir(), "")
		if limit := memoryLimitOf(t, s.url); limit < c.least || limit > c.most {
			t.Errorf("with GOMEMLIMIT=%s the bound is %v", c.set, limit)
		}
		s.stop(t)
	}
}

// memoryLimitOf is the bound that a server's measurements tell.
func memoryLimitOf(t *testing.T, url string) float64 {
	t.Helper()
	answer, err := http.Get(url + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(text), "\ngo_gc_gomemlimit_bytes ")
	line, _, _ := strings.Cut(after, "\n")
	limit, err := strconv.ParseFloat(line, 64)
	if err != nil {
		t.Fatal(err)
	}
	return limit
}

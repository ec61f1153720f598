package embedded_test

import (
	"context"
	"errors"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"hejnal/tools/chaos/embedded"
)

// damage is a scene whose stream files are damaged.
type damage struct {
	*embedded.Scene
	t      *testing.T
	random *rand.Rand
	done   map[string]int // by pattern
}

// strike damages a file, where there is one.
func (d *damage) strike(pattern, what, when string) error {
	name, err := d.DamageStreams(d.random, pattern, what)
	if errors.Is(err, embedded.ErrNoFile) {
		return nil
	}
	if err == nil {
		d.done[pattern]++
		d.t.Logf("%s %s: %s", when, what, filepath.Join(filepath.Base(filepath.Dir(filepath.Dir(name))), filepath.Base(name)))
	}
	return err
}

// round damages a file while the process is down and one while it runs, and repairs.
func (d *damage) round(ctx context.Context, pattern, what string) error {
	works(ctx, time.Second)
	if pattern == embedded.Index {
		if err := d.Stop(); err != nil { // which writes the index
			return err
		}
	}
	d.Kill()
	if err := d.strike(pattern, what, "stopped"); err != nil {
		return err
	}
	if err := d.Start(); err != nil {
		return err
	}
	if err := d.AwaitReady(ctx, 20*time.Second); err != nil {
		return err
	}
	works(ctx, time.Second)
	if err := d.strike(pattern, what, "running"); err != nil {
		return err
	}
	works(ctx, time.Second)
	_, err := d.Command(ctx, "events", "repair")
	return err
}

func TestDamagedStreamsAreWholeAgainAfterARepair(t *testing.T) {
	long(t)
	seed := rand.Uint64()
	t.Logf("seed of the damage %d", seed)
	d := &damage{Scene: newScene(t, ""), t: t, random: rand.New(rand.NewPCG(seed, 0)), done: map[string]int{}}
	err := d.Under(t.Context(), func(ctx context.Context) error {
		for _, pattern := range []string{embedded.Blocks, embedded.Index} {
			for _, what := range slices.Sorted(maps.Keys(embedded.Damages)) {
				if err := d.round(ctx, pattern, what); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if d.done[embedded.Blocks] < 6 || d.done[embedded.Index] < 3 {
		t.Errorf("so many files were damaged: %v", d.done)
	}
	judge(t, d.Scene, 30)
}

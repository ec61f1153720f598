// Package faults breaks a running installation in one way at a time, and mends what only an operator can mend.
package faults

import (
	"context"
	"math/rand/v2"
	"slices"
	"time"

	"hejnal/tools/chaos/fleet"
)

// Fault is one way to break an installation.
type Fault struct {
	Name string
	// Break does the harm and returns what undoes it, or what an operator does about it.
	Break func(ctx context.Context, f *fleet.Fleet, random *rand.Rand) (heal func(context.Context) error, err error)
	// Last is how long the harm lasts before it is undone.
	Last time.Duration
}

// All are the faults, in no order that matters.
func All() []Fault {
	return slices.Concat(instances(), databases(), buses(), links())
}

// nothing is how harm is undone that the program mends by itself.
func nothing(context.Context) error { return nil }

// some is an instance that comes by chance.
func some(f *fleet.Fleet, random *rand.Rand) *fleet.Instance {
	return f.Instances[random.IntN(len(f.Instances))]
}

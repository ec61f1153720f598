package faults

import (
	"context"
	"math/rand/v2"
	"time"

	"hejnal/tools/chaos/fleet"
)

// internal is the stream whose relay is meant where a leader is.
const internal = "COOPERATION"

// instances are the faults of the program's own processes.
func instances() []Fault {
	return []Fault{
		{Name: "instance killed", Last: 2 * time.Second, Break: onInstance(anyOne, kill)},
		{Name: "relay's leader killed", Last: 6 * time.Second, Break: onInstance(leader, kill)},
		{Name: "instance paused", Last: 8 * time.Second, Break: onInstance(anyOne, pause)},
		{Name: "relay's leader paused", Last: 8 * time.Second, Break: onInstance(leader, pause)},
		{Name: "instance stopped", Last: time.Second, Break: onInstance(anyOne, stop)},
	}
}

type breaking = func(context.Context, *fleet.Fleet, *rand.Rand) (func(context.Context) error, error)

func onInstance(pick func(*fleet.Fleet, *rand.Rand) (*fleet.Instance, error), do func(*fleet.Instance) (func(context.Context) error, error)) breaking {
	return func(_ context.Context, f *fleet.Fleet, random *rand.Rand) (func(context.Context) error, error) {
		picked, err := pick(f, random)
		if err != nil {
			return nil, err
		}
		return do(picked)
	}
}

func anyOne(f *fleet.Fleet, random *rand.Rand) (*fleet.Instance, error) { return some(f, random), nil }

func leader(f *fleet.Fleet, _ *rand.Rand) (*fleet.Instance, error) { return f.Leader(internal) }

func kill(i *fleet.Instance) (func(context.Context) error, error) {
	i.Kill()
	return func(context.Context) error { return i.Start() }, nil
}

func stop(i *fleet.Instance) (func(context.Context) error, error) {
	err := i.Stop()
	return func(context.Context) error { return i.Start() }, err
}

func pause(i *fleet.Instance) (func(context.Context) error, error) {
	err := i.Pause(true)
	return func(context.Context) error { return i.Pause(false) }, err
}

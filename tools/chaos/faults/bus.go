package faults

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"hejnal/tools/chaos/fleet"
)

// public is the stream of what everybody may see.
const public = "COOPERATION_PUBLIC"

// buses are the faults of NATS.
func buses() []Fault {
	return []Fault{
		{Name: "NATS server killed", Last: 4 * time.Second, Break: onNode(anyNode, false)},
		{Name: "stream's leader killed", Last: 4 * time.Second, Break: onNode(streamLeader, false)},
		{Name: "NATS server's files lost", Last: 2 * time.Second, Break: onNode(anyNode, true)},
		{Name: "stream's leader's files lost", Last: 2 * time.Second, Break: onNode(streamLeader, true)},
		{Name: "stream's leader's machine lost", Last: 8 * time.Second, Break: loseNode},
		{Name: "two NATS servers killed", Last: 4 * time.Second, Break: killTwo},
		{Name: "all NATS servers killed", Last: 3 * time.Second, Break: killAll},
		{Name: "stream deleted", Last: time.Second, Break: remove(internal)},
		{Name: "both streams deleted", Last: time.Second, Break: remove(internal, public)},
	}
}

func anyNode(_ context.Context, f *fleet.Fleet, random *rand.Rand) (string, error) {
	names := f.Bus.Names()
	return names[random.IntN(len(names))], nil
}

func streamLeader(ctx context.Context, f *fleet.Fleet, _ *rand.Rand) (string, error) {
	return f.Bus.LeaderOf(ctx, internal)
}

func onNode(pick func(context.Context, *fleet.Fleet, *rand.Rand) (string, error), wipe bool) breaking {
	return func(ctx context.Context, f *fleet.Fleet, random *rand.Rand) (func(context.Context) error, error) {
		name, err := pick(ctx, f, random)
		if err == nil {
			err = f.Bus.Kill(name)
		}
		if err == nil && wipe {
			err = f.Bus.Wipe(name)
		}
		return func(context.Context) error { return f.Bus.Start(name) }, err
	}
}

// loseNode ends the leader of the stream without a word to those who are connected to it.
func loseNode(ctx context.Context, f *fleet.Fleet, _ *rand.Rand) (func(context.Context) error, error) {
	name, err := f.Bus.LeaderOf(ctx, internal)
	if err != nil {
		return nil, err
	}
	whole := f.SetNodeLink(name, fleet.Silent)
	if err := f.Bus.Kill(name); err != nil {
		return nil, err
	}
	return func(context.Context) error {
		whole()
		return f.Bus.Start(name)
	}, nil
}

// killTwo leaves one server of three, which can decide nothing.
func killTwo(_ context.Context, f *fleet.Fleet, random *rand.Rand) (func(context.Context) error, error) {
	names := f.Bus.Names()
	random.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	return killNodes(f, names[:2])
}

func killAll(_ context.Context, f *fleet.Fleet, _ *rand.Rand) (func(context.Context) error, error) {
	return killNodes(f, f.Bus.Names())
}

func killNodes(f *fleet.Fleet, names []string) (func(context.Context) error, error) {
	var errs []error
	for _, name := range names {
		errs = append(errs, f.Bus.Kill(name))
	}
	return func(context.Context) error {
		var errs []error
		for _, name := range names {
			errs = append(errs, f.Bus.Start(name))
		}
		return errors.Join(errs...)
	}, errors.Join(errs...)
}

// remove deletes streams as an administrator might by mistake. The program makes them again.
func remove(streams ...string) breaking {
	return func(ctx context.Context, f *fleet.Fleet, _ *rand.Rand) (func(context.Context) error, error) {
		for _, stream := range streams {
			if err := f.Bus.Delete(ctx, stream); err != nil {
				return nil, err
			}
		}
		return nothing, nil
	}
}

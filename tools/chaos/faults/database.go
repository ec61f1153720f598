package faults

import (
	"context"
	"math/rand/v2"
	"time"

	"hejnal/tools/chaos/fleet"
)

// databases are the faults of PostgreSQL.
func databases() []Fault {
	return []Fault{
		{Name: "primary killed", Last: 2 * time.Second, Break: killPrimary},
		{Name: "standby promoted", Last: 2 * time.Second, Break: promote},
		{Name: "primary's machine lost", Last: 8 * time.Second, Break: loseMachine},
		{Name: "standby killed", Last: 3 * time.Second, Break: killStandby},
	}
}

// killPrimary ends the primary, which its supervisor starts again.
func killPrimary(_ context.Context, f *fleet.Fleet, _ *rand.Rand) (func(context.Context) error, error) {
	f.Database.KillPrimary()
	return f.Database.StartPrimary, nil
}

// promote ends the primary; the operator has the standby take its place at once, and makes the old primary a standby later.
func promote(ctx context.Context, f *fleet.Fleet, _ *rand.Rand) (func(context.Context) error, error) {
	f.Database.KillPrimary()
	if err := f.Database.Promote(ctx); err != nil {
		return nil, err
	}
	return f.Database.RebuildStandby, nil
}

// loseMachine ends the primary without a word to those who are connected to it; the operator promotes the standby.
func loseMachine(ctx context.Context, f *fleet.Fleet, _ *rand.Rand) (func(context.Context) error, error) {
	whole := f.SetPrimaryLink(fleet.Silent)
	f.Database.KillPrimary()
	if err := f.Database.Promote(ctx); err != nil {
		return nil, err
	}
	return func(ctx context.Context) error {
		whole()
		return f.Database.RebuildStandby(ctx)
	}, nil
}

// killStandby ends the standby. Commits wait until the operator lets go of it, which is done at the end of the harm, and
// then it comes back.
func killStandby(_ context.Context, f *fleet.Fleet, _ *rand.Rand) (func(context.Context) error, error) {
	f.Database.KillStandby()
	return func(ctx context.Context) error {
		if err := f.Database.LetGo(ctx); err != nil {
			return err
		}
		time.Sleep(2 * time.Second) // with one server alone
		return f.Database.StartStandby(ctx)
	}, nil
}

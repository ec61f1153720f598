package faults

import (
	"context"
	"math/rand/v2"
	"time"

	"hejnal/tools/chaos/fleet"
)

// links are the faults of what stands between instances and what they talk to.
func links() []Fault {
	database, bus := (*fleet.Instance).SetDatabaseLink, (*fleet.Instance).SetBusLink
	return []Fault{
		{Name: "database cut off", Last: 3 * time.Second, Break: onInstance(anyOne, set(database, fleet.Cut))},
		{Name: "database cut off leader", Last: 6 * time.Second, Break: onInstance(leader, set(database, fleet.Cut))},
		{Name: "database silent", Last: 8 * time.Second, Break: onInstance(leader, set(database, fleet.Silent))},
		{Name: "NATS cut off", Last: 6 * time.Second, Break: onInstance(leader, set(bus, fleet.Cut))},
		{Name: "NATS silent", Last: 12 * time.Second, Break: onInstance(leader, set(bus, fleet.Silent))},
		{Name: "sessions ended", Last: 0, Break: endSessions},
	}
}

func set(link func(*fleet.Instance, fleet.Link), how fleet.Link) func(*fleet.Instance) (func(context.Context) error, error) {
	return func(i *fleet.Instance) (func(context.Context) error, error) {
		link(i, how)
		return func(context.Context) error {
			link(i, fleet.Whole)
			return nil
		}, nil
	}
}

// endSessions has the database end every session of the program, several times, so that it meets some in the middle.
func endSessions(ctx context.Context, f *fleet.Fleet, random *rand.Rand) (func(context.Context) error, error) {
	for range 5 {
		if err := f.Database.EndSessions(ctx); err != nil {
			return nil, err
		}
		time.Sleep(time.Duration(random.Int64N(int64(300 * time.Millisecond))))
	}
	return nothing, nil
}

package installation

import (
	"context"
	"fmt"
	"time"

	"hejnal/cmd/hejnal/health"
	"hejnal/store"
	"hejnal/workflow"
)

// clockApart is how far clocks may be apart before an operator is told. Acts carry this machine's time, so a clock that is
// off makes wrong times and refuses days as lying in the future; it harms neither order nor number.
const clockApart = time.Minute

// timed is what the clock is held against.
type timed interface {
	store.Clock
	store.Journal
}

// clockFinding holds this machine's clock against the store's, and against the last act, which cannot lie ahead of it. A
// store that does not answer is the affair of another check.
func clockFinding(ctx context.Context, now func() time.Time, kept timed) health.Finding {
	before := now()
	there, err := kept.Clock(ctx)
	if err != nil {
		return health.Fine()
	}
	here := before.Add(now().Sub(before) / 2)
	if apart := here.Sub(there).Round(time.Second); apart.Abs() > clockApart {
		return wrongClock(fmt.Errorf("this machine's clock is %s from the store's", apart), "apart",
			"Zegar tej maszyny i zegar bazy danych różnią się o więcej niż minutę.", "The clocks of this machine and of the database are more than a minute apart.")
	}
	head, err := kept.Head(ctx)
	if err != nil || head == 0 {
		return health.Fine()
	}
	last, err := kept.After(ctx, head-1, 1)
	if err != nil || len(last) == 0 {
		return health.Fine()
	}
	if ahead := last[0].At.Sub(here).Round(time.Second); ahead > clockApart {
		return wrongClock(fmt.Errorf("the last entry of the journal lies %s ahead of this machine's clock", ahead), "behind",
			"Ostatni wpis dziennika leży w przyszłości zegara tej maszyny: zegar się spóźnia albo spieszył się, gdy wpis powstał.",
			"The last entry of the journal lies in the future of this machine's clock: it is slow, or another one was fast when the entry was made.")
	}
	return health.Fine()
}

func wrongClock(cause error, state, pl, en string) health.Finding {
	return health.Finding{
		State: state, Cause: cause,
		Message: workflow.Text{PL: pl + " Zmiany są przyjmowane; ich kolejność i numery są dobre, czasy mogą być błędne.", EN: en + " Changes are taken; their order and numbers are right, their times may be wrong."},
		Action:  workflow.Text{PL: "Sprawdź synchronizację czasu (timedatectl, chronyc tracking) na tej maszynie i na serwerze bazy.", EN: "See to time synchronisation (timedatectl, chronyc tracking) on this machine and on the database's."},
	}
}

// watchClock tells the log when the clock has become wrong, or right again.
func (i *Installation) watchClock(ctx context.Context) {
	found := clockFinding(ctx, i.Config.now(), i.Store)
	switch {
	case found.OK && i.clockTold:
		i.Config.log().Info("the clock is right again")
	case !found.OK && !i.clockTold:
		i.Config.log().Warn("the clock is wrong", "meaning", found.Message.EN, "action", found.Action.EN, "error", found.Cause)
	}
	i.clockTold = !found.OK
}

package health

import (
	"context"
	"errors"
	"time"

	"hejnal/store"
	"hejnal/workflow"
)

// StoreName is the name of the check that decides whether a server takes requests.
const StoreName = "store"

// Store checks that something can be committed.
func Store(commit func(ctx context.Context) error) Check {
	return Check{Name: StoreName, Patience: 2 * time.Second, Look: func(ctx context.Context) Finding {
		err := commit(ctx)
		if err == nil {
			return Fine()
		}
		if errors.Is(err, store.ErrFull) {
			return Finding{
				State: "full", Cause: err,
				Message: workflow.Text{PL: "Nie można zapisywać: brak miejsca na dysku z danymi.", EN: "Nothing can be committed: there is no room on the disk with the data."},
				Action: workflow.Text{
					PL: "Zwolnij lub dodaj miejsce; zmiany są do tego czasu odmawiane, nic nie ginie, a program sam wraca do pracy.",
					EN: "Free or add space; until then changes are refused, nothing is lost, and the program goes on by itself.",
				},
			}
		}
		return Finding{
			State: "away", Cause: err,
			Message: workflow.Text{PL: "Nie można zapisywać: magazyn danych nie odpowiada lub odmawia zapisu.", EN: "Nothing can be committed: the store does not answer or refuses to write."},
			Action: workflow.Text{
				PL: "Sprawdź, czy działa baza danych oraz serwer zapasowy, jeżeli zapis na niego czeka, czy jest miejsce na dysku i co mówi dziennik programu; program próbuje dalej.",
				EN: "See whether the database runs, and its standby where commits wait for it, whether there is room on the disk, and what the program's log says; the program goes on trying.",
			},
		}
	}}
}

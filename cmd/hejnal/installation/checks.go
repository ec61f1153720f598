package installation

import (
	"context"
	"fmt"

	"hejnal/cmd/hejnal/health"
	"hejnal/events"
	"hejnal/workflow"
)

// look puts the installation's own checks on its board. Whoever knows of another thing that can go wrong adds a check.
func (i *Installation) look() {
	i.Health.Add(health.Store(i.Store.Health))
	i.Health.Add(health.Check{Name: "relay", Look: func(context.Context) health.Finding { return worst(i.bus.relays, relayFinding) }})
	i.Health.Add(health.Check{Name: "stream", Look: func(context.Context) health.Finding { return worst(i.bus.relays, streamFinding) }})
	i.Health.Add(health.Check{Name: "nats", Look: func(context.Context) health.Finding { return natsFinding(i.bus.conn.IsConnected()) }})
	i.Health.Add(health.Check{Name: "clock", Look: func(ctx context.Context) health.Finding { return clockFinding(ctx, i.Config.now(), i.Store) }})
	i.Health.Add(health.Check{Name: "disk", Look: func(context.Context) health.Finding { return diskFinding(i.disks) }})
}

// worst is the first finding that is not good.
func worst(relays []*events.Relay, of func(events.Status) health.Finding) health.Finding {
	for _, relay := range relays {
		if found := of(relay.Status()); !found.OK {
			return found
		}
	}
	return health.Fine()
}

// relayFinding says whether what is committed is being published.
func relayFinding(s events.Status) health.Finding {
	switch s.State {
	case events.StateFailing:
		return wrong(s, "Zdarzenia nie są publikowane: magazyn danych albo NATS nie odpowiada. Nic nie ginie: program próbuje dalej.",
			"Events are not published: the store or NATS does not answer. Nothing is lost: the program goes on trying.",
			"Sprawdź, czy NATS działa i ma miejsce na dysku, oraz dziennik programu.",
			"See whether NATS runs and has room on its disk, and what the program's log says.")
	case events.StateOversize:
		return wrong(s, "Następne zdarzenie jest większe, niż przyjmuje serwer NATS; kolejne czekają.",
			"The next event is larger than the NATS server takes; those after it wait.",
			"Zwiększ max_payload serwera NATS.", "Raise max_payload of the NATS server.")
	case events.StateStalled:
		return wrong(s, "Strumień odmawia zdarzenia, które jest następne: jego pliki są uszkodzone.",
			"The stream refuses the event that belongs next: its files are damaged.",
			"Nic: program wkrótce odtworzy strumień z magazynu danych.", "Nothing: the program soon makes the stream anew from the store.")
	default:
		return health.Fine()
	}
}

// streamFinding says whether the stream is a copy of the journal.
func streamFinding(s events.Status) health.Finding {
	if s.State == events.StateStandby && s.Last > s.Head { // who stands by sees it as well as who leads
		s.State = events.StateAhead
	}
	switch s.State {
	case events.StateAhead:
		return wrong(s, "W strumieniu są zdarzenia, których nie ma magazyn danych: odtworzono starszą kopię albo publikował ktoś inny. Zmiany są przyjmowane, lecz nie są publikowane; nic nie zostaje nadpisane samo.",
			"The stream has events that the store does not have: an older backup was restored, or somebody else published. Changes are taken and not published; nothing is overwritten by itself.",
			"Jeżeli rację ma magazyn: hejnal events repair --new-epoch; jeżeli strumień: odtwórz nowszą kopię magazynu (docs/operations.md).",
			"If the store is right: hejnal events repair --new-epoch; if the stream is: restore a newer backup of the store (docs/operations.md).")
	case events.StateUnfit:
		return wrong(s, "Strumień ma ustawienia, z którymi nie może nieść zdarzeń. Nic nie jest publikowane.",
			"The stream has settings with which it cannot carry the events. Nothing is published.",
			"hejnal events status i dziennik programu wymieniają ustawienia: popraw je albo usuń strumień, program zrobi nowy.",
			"hejnal events status and the program's log name the settings: set them right, or delete the stream and the program makes a new one.")
	case events.StateHoles:
		return wrong(s, "W strumieniu brakuje zdarzeń.", "Events are missing inside the stream.", "hejnal events repair", "hejnal events repair")
	default:
		return health.Fine()
	}
}

func wrong(s events.Status, pl, en, doPL, doEN string) health.Finding {
	return health.Finding{
		State: string(s.State), Message: workflow.Text{PL: pl, EN: en}, Action: workflow.Text{PL: doPL, EN: doEN},
		Cause: fmt.Errorf("stream %s: %s", s.Stream, s.LastError),
	}
}

func natsFinding(connected bool) health.Finding {
	if connected {
		return health.Fine()
	}
	return health.Finding{
		State: "away",
		Message: workflow.Text{
			PL: "Nie ma połączenia z NATS. Zmiany są przyjmowane i zostaną opublikowane później.",
			EN: "There is no connection to NATS. Changes are taken and published later.",
		},
		Action: workflow.Text{
			PL: "Sprawdź, czy serwery NATS działają i czy adres oraz dane logowania są aktualne.",
			EN: "See whether the NATS servers run, and whether address and credentials still hold.",
		},
	}
}

// scarce is how little free space is told of, in bytes.
const scarce = 1 << 30

// diskFinding says whether there is room for everything: for the data, and for the documents where they lie elsewhere.
func diskFinding(on disks) health.Finding {
	if found := roomFinding(on.data, "z katalogiem danych", "the data directory"); !found.OK {
		return found
	}
	return roomFinding(on.files, "z dokumentami (katalog files)", "the folder of documents (files)")
}

// roomFinding says whether there is room on the disk with a place, in Polish in the instrumental.
func roomFinding(free func() (int64, error), pl, en string) health.Finding {
	bytes, err := free()
	if err == nil && bytes >= scarce {
		return health.Fine()
	}
	found := health.Finding{State: "low", Cause: err, Message: workflow.Text{
		PL: "Na dysku " + pl + " jest mniej niż 1 GiB wolnego miejsca.", EN: "Less than 1 GiB is free where " + en + " lies.",
	}, Action: workflow.Text{
		PL: "Zwolnij lub dodaj miejsce; bez miejsca zmiany są odmawiane, nic nie ginie.",
		EN: "Free or add space; without space changes are refused, nothing is lost.",
	}}
	if err != nil {
		found.State = "unknown"
		found.Message = workflow.Text{PL: "Nie można odczytać wolnego miejsca na dysku " + pl + ".", EN: "The free space where " + en + " lies cannot be read."}
		found.Action = workflow.Text{PL: "Sprawdź, czy ten katalog istnieje i jest dostępny.", EN: "See whether it is there and can be reached."}
	}
	return found
}

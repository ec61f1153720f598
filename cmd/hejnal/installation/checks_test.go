package installation_test

import (
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"hejnal/cmd/hejnal/health"
	"hejnal/cmd/hejnal/installation"
	"hejnal/events"
)

func TestARunningInstallationIsWell(t *testing.T) {
	running := begin(t, installation.Config{Data: t.TempDir()})
	defer end(t, running)
	var names []string
	for _, found := range running.Health.Findings() {
		names = append(names, found.Name)
		if !found.OK && found.Name != "disk" { // the machine's own affair
			t.Errorf("%s: %s, %v", found.Name, found.Message.EN, found.Cause)
		}
	}
	if want := []string{"store", "relay", "stream", "nats", "clock", "disk"}; !slices.Equal(names, want) {
		t.Errorf("the checks are %v, want %v", names, want)
	}
}

func TestEachStateOfARelayIsTheAffairOfOneCheckAtMost(t *testing.T) {
	for state, want := range map[events.State]string{
		events.StateStandby: "", events.StateHealthy: "", events.StateBehind: "", events.StateFailing: "relay", events.StateOversize: "relay",
		events.StateStalled: "relay", events.StateAhead: "stream", events.StateUnfit: "stream", events.StateHoles: "stream",
	} {
		status := events.Status{Stream: "COOPERATION", State: state, LastError: "dial tcp 10.0.0.1:4222"}
		for name, found := range map[string]health.Finding{"relay": installation.RelayFinding(status), "stream": installation.StreamFinding(status)} {
			if found.OK != (want != name) {
				t.Errorf("%s: the check %s says ok: %v", state, name, found.OK)
			}
			if !found.OK {
				told(t, found)
			}
		}
	}
}

func TestWhoStandsByTellsOfAStreamThatIsAhead(t *testing.T) {
	status := events.Status{Stream: "COOPERATION", State: events.StateStandby, Last: 12, Head: 12}
	if !installation.StreamFinding(status).OK {
		t.Error("a stream that is level is not well")
	}
	status.Head = 6
	found := installation.StreamFinding(status)
	if found.OK || found.State != string(events.StateAhead) {
		t.Errorf("a stream that is ahead is %q", found.State)
	}
	told(t, found)
}

func TestWhatIsAwayOrScarceIsTold(t *testing.T) {
	if !installation.NATSFinding(true).OK {
		t.Error("a connection is not well")
	}
	away := installation.NATSFinding(false)
	if away.OK {
		t.Errorf("%q is well", away.State)
	}
	told(t, away)
}

func TestADiskWithoutRoomIsToldWithItsPlace(t *testing.T) {
	enough := func() (int64, error) { return 1 << 30, nil }
	little := func() (int64, error) { return 1<<30 - 1, nil }
	gone := func() (int64, error) { return 0, errors.New("no such folder") }
	for name, test := range map[string]struct {
		data, files func() (int64, error)
		state       string
		says        []string
	}{
		"room for all":                  {enough, enough, "ok", []string{"", ""}},
		"little for the data":           {little, enough, "low", []string{"z katalogiem danych", "the data directory"}},
		"little for the documents":      {enough, little, "low", []string{"z dokumentami", "documents (files)"}},
		"nobody knows of the data":      {gone, little, "unknown", []string{"z katalogiem danych", "the data directory"}},
		"nobody knows of the documents": {enough, gone, "unknown", []string{"z dokumentami", "documents (files)"}},
	} {
		t.Run(name, func(t *testing.T) {
			found := installation.DiskFinding(test.data, test.files)
			if found.State != test.state || !strings.Contains(found.Message.PL, test.says[0]) || !strings.Contains(found.Message.EN, test.says[1]) {
				t.Errorf("it is found %s: %s – %s", found.State, found.Message.PL, found.Message.EN)
			}
			if found.OK != (test.state == "ok") || (found.Cause != nil) != (test.state == "unknown") {
				t.Errorf("well: %v, because of %v", found.OK, found.Cause)
			}
			if !found.OK {
				told(t, found)
			}
		})
	}
}

func TestADiskThatDoesNotAnswerHoldsNobodyUpAndIsAskedOnce(t *testing.T) {
	var looks atomic.Int32
	ended := make(chan struct{})
	free := installation.Room(func(string) (int64, error) {
		looks.Add(1)
		<-ended
		return 7, nil
	})
	for range 2 {
		if _, err := free(); err == nil || looks.Load() != 1 {
			t.Errorf("it was asked %d times, and answers %v", looks.Load(), err)
		}
	}
	close(ended)
	for late := time.Now().Add(10 * time.Second); ; {
		if bytes, err := free(); bytes == 7 && err == nil {
			return
		}
		if time.Now().After(late) {
			t.Fatal("a disk that answers again is not heard")
		}
	}
}

// told checks that a finding says what is wrong and what to do, in both languages.
func told(t *testing.T, found health.Finding) {
	t.Helper()
	for _, text := range []string{found.State, found.Message.PL, found.Message.EN, found.Action.PL, found.Action.EN} {
		if text == "" {
			t.Errorf("the finding %+v leaves something unsaid", found)
		}
	}
}

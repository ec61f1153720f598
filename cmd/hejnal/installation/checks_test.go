package installation_test

import (
	"path/filepath"
	"slices"
	"testing"

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
	missing := installation.DiskFinding(filepath.Join(t.TempDir(), "nowhere"))
	for _, found := range []health.Finding{away, missing} {
		if found.OK {
			t.Errorf("%q is well", found.State)
		}
		told(t, found)
	}
	if missing.Cause == nil {
		t.Error("the log is not told why the free space cannot be read")
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

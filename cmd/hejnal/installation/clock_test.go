package installation_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/health"
	"hejnal/cmd/hejnal/installation"
	"hejnal/workflow"
)

// clockOf is what the check of the clock finds.
func clockOf(t *testing.T, running *installation.Installation) health.Finding {
	t.Helper()
	for _, found := range running.Health.Findings() {
		if found.Name == "clock" {
			return found.Finding
		}
	}
	t.Fatal("there is no check of the clock")
	return health.Finding{}
}

func TestAClockAnHourOffIsToldAndRefusesNothing(t *testing.T) {
	for off, want := range map[time.Duration]string{0: "ok", 30 * time.Second: "ok", time.Hour: "apart", -time.Hour: "apart"} {
		var log bytes.Buffer
		running := begin(t, installation.Config{
			Data: t.TempDir(), Now: func() time.Time { return time.Now().Add(off) }, Log: slog.New(slog.NewJSONHandler(&log, nil)),
		})
		_, err := running.Engine.AddPerson(t.Context(), engine.NewPerson{Name: "anna", FullName: "Anna", Roles: []workflow.Role{workflow.Official}, PasswordHash: "x"})
		if err != nil {
			t.Errorf("with a clock %s off a person is refused: %v", off, err)
		}
		found := clockOf(t, running)
		if found.State != want {
			t.Errorf("with a clock %s off the check says %s: %v", off, found.State, found.Cause)
		}
		end(t, running)
		if told := strings.Contains(log.String(), "more than a minute apart"); told != (want == "apart") {
			t.Errorf("with a clock %s off the log says %q", off, log.String())
		}
	}
}

func TestAnEntryOfTheFutureIsTold(t *testing.T) {
	data := t.TempDir()
	fast := begin(t, installation.Config{Data: data, Now: func() time.Time { return time.Now().Add(2 * time.Hour) }})
	_, err := fast.Engine.AddPerson(t.Context(), engine.NewPerson{Name: "anna", FullName: "Anna", Roles: []workflow.Role{workflow.Official}, PasswordHash: "x"})
	if err != nil {
		t.Fatal(err)
	}
	end(t, fast)
	right := begin(t, installation.Config{Data: data})
	defer end(t, right)
	if found := clockOf(t, right); found.State != "behind" || !strings.Contains(found.Cause.Error(), "ahead of this machine's clock") {
		t.Errorf("the check says %s: %v", found.State, found.Cause)
	}
}

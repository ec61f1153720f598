package main_test

import (
	"os/exec"
	"strings"
	"testing"
)

func TestADateOfTheStatementThatIsNoneIsRefused(t *testing.T) {
	for _, flag := range []string{"--pages-published", "--pages-updated", "--statement-made", "--statement-checked"} {
		command := exec.CommandContext(t.Context(), "hejnal", "serve", "--data", t.TempDir(), "--listen", "127.0.0.1:0", "--nats-listen", "127.0.0.1:0", flag, "2026-02-30")
		told, err := command.CombinedOutput()
		if err == nil || !strings.Contains(string(told), flag) || !strings.Contains(string(told), "YYYY-MM-DD") {
			t.Errorf("%s: %v, %s", flag, err, told)
		}
	}
}

func TestAnAddressForLettersThatIsNoneIsRefused(t *testing.T) {
	for _, given := range []string{"x", "Urząd <rejestr@example.pl>", "rejestr@example.pl "} {
		wantLine(t, refusedWith(t, 2, t.TempDir(), "--publisher-email", given), "--publisher-email", "rejestr@example.pl")
	}
}

func TestCredentialsForNoServerAreRefused(t *testing.T) {
	wantLine(t, refusedWith(t, 2, t.TempDir(), "--nats-credentials", "/nope"), "--nats-credentials needs --nats")
}

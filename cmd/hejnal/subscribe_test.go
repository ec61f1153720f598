package main_test

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/installation"
)

// follower is a hejnal subscribe of its own process.
type follower struct {
	t       *testing.T
	command *exec.Cmd
	lines   *bufio.Scanner
	errs    lines
}

// follow starts hejnal subscribe as whoever has the environment given.
func follow(t *testing.T, environment []string, args ...string) *follower {
	t.Helper()
	f := &follower{t: t, command: exec.CommandContext(t.Context(), "hejnal", append([]string{"subscribe"}, args...)...)}
	f.command.Env = append(os.Environ(), environment...)
	f.command.Stderr = &f.errs
	out, err := f.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	f.lines = bufio.NewScanner(out)
	f.lines.Buffer(nil, 1<<20)
	if err := f.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.kill)
	return f
}

func (f *follower) kill() {
	if f.command.ProcessState == nil {
		_ = f.command.Process.Kill()
		_ = f.command.Wait()
	}
}

// next is the next line that it prints.
func (f *follower) next() string {
	f.t.Helper()
	if !f.lines.Scan() {
		f.kill()
		f.t.Fatalf("it printed no more: %v\n%s", f.lines.Err(), f.errs.text())
	}
	return f.lines.Text()
}

// interrupt ends it as Ctrl+C does, which is no failure.
func (f *follower) interrupt() {
	f.t.Helper()
	if err := f.command.Process.Signal(os.Interrupt); err != nil {
		f.t.Fatal(err)
	}
	for f.lines.Scan() {
		f.t.Errorf("it printed one more: %s", f.lines.Text())
	}
	if err := f.command.Wait(); err != nil {
		f.t.Fatalf("it ended with %v\n%s", err, f.errs.text())
	}
}

// enter makes the login of a subscriber named council and answers the environment that it signs in with.
func enter(t *testing.T, s *server, allow ...string) []string {
	t.Helper()
	args := []string{"subscriber", "add", "council"}
	for _, subject := range allow {
		args = append(args, "--allow", subject)
	}
	var login struct{ User, Password string }
	if err := json.Unmarshal([]byte(hejnal(t, s.data, args...)), &login); err != nil {
		t.Fatal(err)
	}
	return []string{"HEJNAL_NATS=" + natsURL(t, s.data), "HEJNAL_NATS_USER=" + login.User, "HEJNAL_NATS_PASSWORD=" + login.Password}
}

func wantLine(t *testing.T, line string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(line, part) {
			t.Errorf("%q has no %q", line, part)
		}
	}
}

func TestASubscriberFollowsWhatItIsAllowedFromTheMomentItIsAdded(t *testing.T) {
	long(t)
	s := start(t, t.TempDir(), "")
	hejnal(t, s.data, "user", "add", "anna", "--role", "official")
	council := enter(t, s, "krakow.cooperation.admin.>")

	live := follow(t, council, "krakow.cooperation.admin.>", "--from-start")
	wantLine(t, live.next(), "     1  krakow.cooperation.admin.person_added  person_added  ")
	wantLine(t, live.next(), "     2  krakow.cooperation.admin.subscriber_added  subscriber_added  council")
	hejnal(t, s.data, "user", "add", "jan", "--role", "lawyer")
	wantLine(t, live.next(), "     3  ", "person_added")
	live.interrupt()

	whole := follow(t, council, "--durable", "council", "--json")
	wantLine(t, whole.next(), `{"sequence":"00000000000000000001","specversion":"1.0"`)
	wantLine(t, whole.next(), `"00000000000000000002"`)
	wantLine(t, whole.next(), `"00000000000000000003"`)
	whole.interrupt()
	hejnal(t, s.data, "user", "disable", "jan")
	goesOn := follow(t, council, "--durable", "council")
	wantLine(t, goesOn.next(), "     4  ", "person_disabled")
	goesOn.interrupt()
}

func TestWhoeverRunsTheServerFollowsByDurablesOfTheirOwn(t *testing.T) {
	long(t)
	s := start(t, t.TempDir(), "")
	enter(t, s)
	first := follow(t, nil, "--data", s.data, "--durable", "desk", "--from-start")
	wantLine(t, first.next(), "     1  ", "subscriber_added  council")
	first.interrupt()
	hejnal(t, s.data, "user", "add", "anna", "--role", "official")
	second := follow(t, nil, "--data", s.data, "--durable", "desk")
	wantLine(t, second.next(), "     2  ", "person_added")
	second.interrupt()

	follow(t, []string{"HEJNAL_NATS=" + natsURL(t, s.data)}, "--data", s.data).mustFail("not accepted")
}

func TestASubscriberIsToldWhatItMayNotRead(t *testing.T) {
	long(t)
	s := start(t, t.TempDir(), "")
	council := enter(t, s, "krakow.cooperation.task.>")
	follow(t, council).mustFail("wider than what is allowed: krakow.cooperation.task.>")
	follow(t, council, "krakow.public.cooperation.>").mustFail("may read nothing of it")
	follow(t, council, "--durable", "archive").mustFail("archive")
	follow(t, append(council, "HEJNAL_NATS_PASSWORD=wrong"), "krakow.cooperation.task.>").mustFail("check user and password")
}

// mustFail waits for the end, which must be a failure that says the reason.
func (f *follower) mustFail(reason string) {
	f.t.Helper()
	for f.lines.Scan() {
		f.t.Errorf("it printed %s", f.lines.Text())
	}
	err := f.command.Wait()
	if f.command.ProcessState.ExitCode() != 1 {
		f.t.Errorf("it ended with %v", err)
	}
	wantLine(f.t, f.errs.text(), reason)
}

func TestADisabledSubscriberIsCutOff(t *testing.T) {
	long(t)
	s := start(t, t.TempDir(), "")
	council := enter(t, s, "krakow.cooperation.admin.>")
	live := follow(t, council, "krakow.cooperation.admin.>", "--from-start")
	wantLine(t, live.next(), "     1  ")
	hejnal(t, s.data, "subscriber", "disable", "council")
	// The event itself may still arrive before the connection is closed; then signing in again is refused.
	for live.lines.Scan() {
		wantLine(t, live.lines.Text(), "subscriber_disabled")
	}
	if err := live.command.Wait(); err == nil {
		t.Error("it ended as if nothing had happened")
	}
	follow(t, council, "krakow.cooperation.admin.>").mustFail("check user and password")
}

// natsURL is where the server that runs on the data directory takes subscribers.
func natsURL(t *testing.T, data string) string {
	t.Helper()
	link, err := installation.Config{Data: data}.ReadLink()
	if err != nil {
		t.Fatal(err)
	}
	return link.URL
}

func TestStreamsOfAServerOutsideAreReachedByItsAddress(t *testing.T) {
	long(t)
	nats := newOutside(t)
	s := start(t, t.TempDir(), "", "--nats", nats.url())
	hejnal(t, s.data, "user", "add", "anna", "--role", "official")
	t.Setenv("HEJNAL_NATS", nats.url())
	first := follow(t, nil, "--durable", "desk", "--from-start")
	wantLine(t, first.next(), "     1  ", "person_added")
	first.interrupt()
	wantLine(t, hejnal(t, s.data, "events", "status"), "COOPERATION         healthy  1 ")
	wantLine(t, hejnal(t, s.data, "events", "replay"), "COOPERATION         healthy  1 ")

	hejnal(t, s.data, "user", "disable", "anna")
	second := follow(t, nil, "--durable", "desk")
	wantLine(t, second.next(), "     2  ", "person_disabled")
	second.interrupt()
	whole := follow(t, nil, "--from-start")
	wantLine(t, whole.next(), "     1  ")
	wantLine(t, whole.next(), "     2  ")
	whole.interrupt()
}

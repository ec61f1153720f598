package main_test

import (
	"bytes"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hejnal/events"
)

// lastFile is the last file of the internal stream's messages in a data directory.
func lastFile(t *testing.T, data string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(data, "streams", "jetstream", "*", "streams", events.StreamInternal, "msgs", "*.blk"))
	if err != nil || len(files) == 0 {
		t.Fatalf("the stream has the files %q: %v", files, err)
	}
	return files[len(files)-1]
}

// spoil turns bytes of the file over from where a text stands in it.
func spoil(t *testing.T, path, text string, length int) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(content, []byte(text))
	if at < 0 {
		t.Fatalf("%q is not in %s", text, path)
	}
	for i := at; i < at+length; i++ {
		content[i] ^= 0xa5
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestOneDamagedEventIsFoundByReadingAndRepaired(t *testing.T) {
	long(t)
	data := t.TempDir()
	hejnal(t, data, "user", "add", "anna.nowak", "--role", "official")
	token := hejnal(t, data, "token", "create", "--user", "anna.nowak")
	s := start(t, data, token)
	proposal := s.open(t)
	event := s.contact(t, proposal)
	for range 5 {
		s.contact(t, proposal)
	}
	s.stop(t)
	spoil(t, lastFile(t, data), event, 1)
	s = start(t, data, token)
	defer s.stop(t)
	s.stream(t)
	for _, look := range []struct{ as, says string }{{"--json=false", "differs"}, {"--json", `"state": "differs"`}} {
		command := exec.CommandContext(t.Context(), "hejnal", "events", "status", "--verify", look.as, "--data", data)
		told, err := command.CombinedOutput()
		if command.ProcessState.ExitCode() != 1 || !strings.Contains(string(told), look.says) {
			t.Errorf("%v\n%s", err, told)
		}
		if !strings.Contains(string(told), "\nhejnal: "+events.StreamInternal+" is not as in the store: event ") {
			t.Errorf("it does not say why\n%s", told)
		}
	}
	hejnal(t, data, "events", "repair")
	if told := hejnal(t, data, "events", "status", "--verify"); strings.Count(told, "healthy") != 2 {
		t.Errorf("after the repair it says\n%s", told)
	}
}

func TestADamagedLastFileIsRepairedWhileTheServerRuns(t *testing.T) {
	long(t)
	data := t.TempDir()
	hejnal(t, data, "user", "add", "anna.nowak", "--role", "official")
	token := hejnal(t, data, "token", "create", "--user", "anna.nowak")
	s := start(t, data, token)
	proposal := s.open(t)
	for range 5 {
		s.contact(t, proposal)
	}
	s.stop(t)
	spoil(t, lastFile(t, data), "", 64)
	s = start(t, data, token)
	defer s.stop(t)
	s.contact(t, proposal)
	if told := hejnal(t, data, "events", "repair"); strings.Count(told, "healthy") != 2 {
		t.Errorf("the repair says\n%s", told)
	}
	if told := hejnal(t, data, "events", "status", "--verify"); strings.Count(told, "healthy") != 2 {
		t.Errorf("after the repair it says\n%s", told)
	}
	s.stream(t)
}

// fails runs a command that must end with 1, and answers what it says.
func fails(t *testing.T, args ...string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), "hejnal", args...)
	told, err := command.CombinedOutput()
	if command.ProcessState.ExitCode() != 1 {
		t.Errorf("%s: %v\n%s", strings.Join(args, " "), err, told)
	}
	return string(told)
}

func TestASettingThatKeepsEventsOutIsNamedToWhoeverAsks(t *testing.T) {
	long(t)
	s := start(t, t.TempDir(), "")
	hejnal(t, s.data, "user", "add", "anna", "--role", "official")
	s.stream(t)
	js := asOperator(t, s.data)
	stream, err := js.Stream(t.Context(), events.StreamInternal)
	if err != nil {
		t.Fatal(err)
	}
	config := stream.CachedInfo().Config
	config.MaxMsgSize = 100
	if _, err := js.UpdateStream(t.Context(), config); err != nil {
		t.Fatal(err)
	}
	hejnal(t, s.data, "user", "add", "jan", "--role", "lawyer")
	const names = "max_msg_size is 100 and event 2 takes "
	wantLine(t, hejnal(t, s.data, "events", "status"), " unfit ", names)
	wantLine(t, fails(t, "events", "repair", "--data", s.data), names, "nothing was changed")
	for late := time.Now().Add(20 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		_, ready := s.send(t, http.MethodGet, "/readyz", "")
		if strings.Contains(ready, `"unfit"`) {
			break
		}
		if time.Now().After(late) {
			t.Fatalf("/readyz does not tell of it: %s", ready)
		}
	}
	config.MaxMsgSize = -1
	if _, err := js.UpdateStream(t.Context(), config); err != nil {
		t.Fatal(err)
	}
	s.stream(t)
	if told := hejnal(t, s.data, "events", "repair"); strings.Count(told, "healthy") != 2 {
		t.Errorf("after the setting was put back it says\n%s", told)
	}
}

func TestAStreamWithOtherEventsIsToldOfWithWhatRepairsIt(t *testing.T) {
	long(t)
	outside := newOutside(t)
	data := t.TempDir()
	s := start(t, data, "", "--nats", outside.url())
	hejnal(t, data, "user", "add", "anna", "--role", "official")
	s.stop(t)
	if _, err := jetStream(t, outside.url()).Publish(t.Context(), "krakow.cooperation.admin.person_added", []byte("{}")); err != nil {
		t.Fatal(err)
	}
	hejnal(t, data, "user", "add", "jan", "--role", "lawyer")
	told := fails(t, "events", "status", "--verify", "--data", data, "--nats", outside.url())
	wantLine(t, told, " ahead ", "event 2 has another id; events 2 to 2 ", "hejnal events repair --new-epoch")
	if strings.Count(told, "hejnal events repair") != strings.Count(told, "--new-epoch") {
		t.Errorf("it advises what is refused\n%s", told)
	}
}

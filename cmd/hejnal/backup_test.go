package main_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// attach attaches a document to a proposal and answers its id.
func (s *server) attach(t *testing.T, proposal, content string) string {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range map[string]string{"kind": "other", "title": "Notatka", "language": "pl"} {
		if err := form.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	file, err := form.CreateFormFile("file", "notatka.txt")
	if err == nil {
		_, err = io.WriteString(file, content)
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	status, text := s.send(t, http.MethodPost, proposal+"/documents", body.String(), "Content-Type", form.FormDataContentType())
	return idIn(t, status, text)
}

// acceptedNow are the ids that were accepted so far.
func acceptedNow(t *testing.T, accepted *sync.Map) []string {
	t.Helper()
	var ids []string
	accepted.Range(func(id, ok any) bool {
		if ok == false {
			t.Error(id)
		}
		ids = append(ids, id.(string))
		return true
	})
	return ids
}

// running starts a command that may be killed.
func running(t *testing.T, args ...string) (command *exec.Cmd, errs *bytes.Buffer) {
	t.Helper()
	command, errs = exec.Command("hejnal", args...), &bytes.Buffer{}
	command.Stderr = errs
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	return command, errs
}

func killed(command *exec.Cmd, most time.Duration) {
	time.Sleep(time.Duration(rand.Int64N(int64(most)))) // the moment of the kill is chance
	_ = command.Process.Signal(syscall.SIGKILL)
	_ = command.Wait()
}

func TestABackupUnderLoadHoldsWhatWasAcceptedBeforeWhoeverIsKilled(t *testing.T) {
	long(t)
	dir := t.TempDir()
	data, file := filepath.Join(dir, "data"), filepath.Join(dir, "backup.hejnal")
	hejnal(t, data, "user", "add", "anna.nowak", "--role", "official")
	token := hejnal(t, data, "token", "create", "--user", "anna.nowak")
	s := start(t, data, token)
	proposal := s.open(t)
	document := s.attach(t, proposal, "treść dokumentu")
	var accepted sync.Map
	var writers sync.WaitGroup
	write := func(s *server, round int) {
		for worker := range 4 {
			writers.Go(func() { s.write(&accepted, worker, round) })
		}
	}
	write(s, 0)
	time.Sleep(time.Second) // so that there is something to copy
	for range 5 {
		backup, _ := running(t, "backup", "--data", data, file)
		killed(backup, 150*time.Millisecond)
		if _, err := os.Stat(file); err == nil { // it came to its end first
			restoredHas(t, file, filepath.Join(dir, fmt.Sprint("early", rand.Int())), nil)
			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
		}
	}
	before := acceptedNow(t, &accepted)
	backup, errs := running(t, "backup", "--data", data, file)
	killed(s.command, 100*time.Millisecond)
	if err := backup.Wait(); err != nil {
		t.Fatalf("the backup of a server that is killed: %v\n%s", err, errs)
	}
	writers.Wait()
	if len(before) < 20 {
		t.Fatalf("only %d transitions were accepted", len(before))
	}
	left, err := filepath.Glob(file + ".*")
	if err != nil || len(left) > 0 {
		t.Errorf("it leaves %v, %v", left, err)
	}
	back := filepath.Join(dir, "back")
	restoredHas(t, file, back, before)
	samePrefix(t, data, back)

	s = start(t, back, token)
	compareWithJournal(t, back, s.stream(t))
	status, text := s.send(t, http.MethodGet, proposal+"/documents/"+document+"/content", "")
	if status != http.StatusOK || text != "treść dokumentu" {
		t.Errorf("the document reads %d %q", status, text)
	}
	s.contact(t, proposal)
	compareWithJournal(t, back, s.stream(t))
	s.stop(t)
}

// restoredHas restores an archive and holds the entries against it.
func restoredHas(t *testing.T, file, data string, ids []string) {
	t.Helper()
	hejnal(t, data, "restore", file)
	kept := openStore(t, data)
	defer closing(t, kept)
	for _, id := range ids {
		if _, err := kept.Entry(t.Context(), id); err != nil {
			t.Errorf("%s was accepted before the backup began: %v", id, err)
		}
	}
}

// samePrefix holds the journal of a restored store against that which it was taken from. Behind it stand two epochs.
func samePrefix(t *testing.T, data, back string) {
	t.Helper()
	from, to := openStore(t, data), openStore(t, back)
	defer closing(t, from)
	defer closing(t, to)
	was, is := whole(t, from), whole(t, to)
	if len(is) < 3 || len(is)-2 > len(was) {
		t.Fatalf("%d entries came back of %d", len(is), len(was))
	}
	for i, record := range is[:len(is)-2] {
		if record.ID != was[i].ID || record.Pos != was[i].Pos || !bytes.Equal(record.Text, was[i].Text) {
			t.Fatalf("position %d came back as another entry", record.Pos)
		}
	}
	told := map[string]bool{}
	for _, record := range is[len(is)-2:] {
		if !strings.HasSuffix(record.Subject, ".admin.stream_epoch_began") || !strings.Contains(string(record.Text), `"epoch":2,"common":`) {
			t.Errorf("behind what came back stands %s", record.Text)
		}
		told[string(record.Text)] = true
	}
	if len(told) != 2 {
		t.Error("one stream's epoch is told twice")
	}
}

func TestARestoreThatIsKilledLeavesNothingOrTheWhole(t *testing.T) {
	long(t)
	dir := t.TempDir()
	data, file := filepath.Join(dir, "data"), filepath.Join(dir, "backup.hejnal")
	hejnal(t, data, "user", "add", "anna.nowak", "--role", "official")
	token := hejnal(t, data, "token", "create", "--user", "anna.nowak")
	s := start(t, data, token)
	proposal := s.open(t)
	for n := range 40 {
		s.attach(t, proposal, fmt.Sprint("document ", n))
	}
	code, told := ended(t, "restore", "--data", data, file)
	if code != 1 || !strings.Contains(told, "no such file") {
		t.Errorf("a restore of nothing answers %d %s", code, told)
	}
	hejnal(t, data, "backup", file)
	if code, told := ended(t, "restore", "--data", data, file); code != 1 || !strings.Contains(told, "stop it first") {
		t.Errorf("a restore beside a running server answers %d %s", code, told)
	}
	s.stop(t)
	refusesLies(t, file, dir)
	whole, broken := 0, 0
	for round := range 12 {
		back := filepath.Join(dir, fmt.Sprint("back", round))
		restore, _ := running(t, "restore", "--data", back, file)
		killed(restore, 300*time.Millisecond)
		if code, _ := ended(t, "user", "list", "--data", back); code == 0 {
			whole++
			sameHead(t, data, back)
			continue
		}
		broken++
		if code, told := ended(t, "restore", "--data", back, file); code != 0 {
			t.Fatalf("after a killed restore the next one answers %s", told)
		}
		sameHead(t, data, back)
	}
	t.Logf("%d restores were whole when they were killed, %d had left nothing", whole, broken)
}

// ended runs a command to its end and answers its exit code and what it told on standard error.
func ended(t *testing.T, args ...string) (code int, told string) {
	t.Helper()
	var errs bytes.Buffer
	command := exec.CommandContext(t.Context(), "hejnal", args...)
	command.Stderr = &errs
	err := command.Run()
	if command.ProcessState == nil {
		t.Fatal(err)
	}
	return command.ProcessState.ExitCode(), errs.String()
}

// sameHead holds what a restored directory has against what it was taken from.
func sameHead(t *testing.T, data, back string) {
	t.Helper()
	samePrefix(t, data, back)
	wanted, got := countFiles(t, filepath.Join(data, "files")), countFiles(t, filepath.Join(back, "files"))
	if wanted != 40 || got != wanted {
		t.Errorf("%d of %d documents came back", got, wanted)
	}
}

func countFiles(t *testing.T, folder string) int {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "??", "??", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return len(files)
}

package history_test

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hejnal/tools/chaos/history"
)

func TestWhatWasAppendedIsRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history.jsonl")
	want := []history.Call{
		{Client: 1, Call: 10, Return: 20, Method: "POST", Path: "/api/v1/proposals", Status: 201, ActID: "a", VersionAfter: 1},
		{Client: 2, Call: 11, Method: "POST", Transition: "record_contact", Key: "k", IfMatch: "1", Problem: "line\nbroken"},
	}
	for _, call := range want { // a file that is there is gone on with
		w, err := history.Create[history.Call](path)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Append(call); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	got, err := history.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestClientsAppendAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history.jsonl")
	w, err := history.Create[history.Call](path)
	if err != nil {
		t.Fatal(err)
	}
	var clients sync.WaitGroup
	for client := range 8 {
		clients.Go(func() {
			for n := range 50 {
				if err := w.Append(history.Call{Client: client, Call: int64(n)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	clients.Wait()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	calls, err := history.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	next := map[int]int64{}
	for _, call := range calls {
		if call.Call != next[call.Client] {
			t.Fatalf("call %d of client %d stands where %d belongs", call.Call, call.Client, next[call.Client])
		}
		next[call.Client]++
	}
	if len(calls) != 400 {
		t.Errorf("%d calls were kept of 400", len(calls))
	}
}

func TestReceiptsAreReadInTheirOrder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "whole.jsonl")
	w, err := history.Create[history.Receipt](path)
	if err != nil {
		t.Fatal(err)
	}
	want := []history.Receipt{{Subject: "a.b", Sequence: 2, ID: "x", SHA256: "00"}, {Subject: "a.c", Sequence: 1, Payload: "{}"}}
	for _, receipt := range want {
		if err := w.Append(receipt); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if got, err := history.ReadReceipts(path); err != nil || !cmp.Equal(got, want) {
		t.Errorf("read %v, %v", got, err)
	}
}

func TestADamagedHistoryIsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"cut short":     `{"client":1}` + "\n" + `{"client":2`,
		"unknown field": `{"client":1,"colour":"red"}` + "\n",
		"no JSON":       "client 1\n",
	} {
		path := filepath.Join(t.TempDir(), "history.jsonl")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if calls, err := history.Read(path); err == nil {
			t.Errorf("%s: it was read as %v", name, calls)
		}
	}
	if _, err := history.Read(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a file that is not there was read")
	}
}

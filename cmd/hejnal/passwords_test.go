package main_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"

	program "hejnal/cmd/hejnal"
	"hejnal/cmd/hejnal/web/fault"
)

func TestPasswordsAreComputedAFewAtATimeAndFewWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		passwords := program.NewPasswords()
		release := make(chan struct{})
		var mu sync.Mutex
		computed := 0
		compute := func() {
			mu.Lock()
			computed++
			mu.Unlock()
			<-release
		}
		impatient, leave := context.WithCancel(t.Context())
		left := make(chan error, 1)
		answers := make(chan error, 23)
		for range cap(answers) {
			go func() { answers <- program.InTurn(t.Context(), passwords, compute) }()
		}
		synctest.Wait()
		go func() { left <- program.InTurn(impatient, passwords, compute) }()
		synctest.Wait()
		if computed != 4 {
			t.Errorf("%d are computed at a time", computed)
		}
		if err := program.InTurn(t.Context(), passwords, compute); !errors.Is(err, fault.ErrCrowded) {
			t.Errorf("where 20 wait, another one is answered %v", err)
		}
		leave()
		if err := <-left; !errors.Is(err, fault.ErrCrowded) {
			t.Errorf("whoever waits no longer is answered %v", err)
		}
		close(release)
		for range cap(answers) {
			if err := <-answers; err != nil {
				t.Error(err)
			}
		}
		if computed != 23 {
			t.Errorf("%d were computed", computed)
		}
	})
}

func TestAPasswordHasItsHashAndNoOther(t *testing.T) {
	passwords := program.NewPasswords()
	hash, err := passwords.Hash(t.Context(), "korale wiatr lajkonik")
	if err != nil {
		t.Fatal(err)
	}
	for password, want := range map[string]bool{"korale wiatr lajkonik": true, "korale wiatr": false} {
		if right, err := passwords.Verify(t.Context(), hash, password); err != nil || right != want {
			t.Errorf("%s: %v, %v", password, right, err)
		}
	}
}

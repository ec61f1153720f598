package engine_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"hejnal/cmd/hejnal/engine"
	"hejnal/store"
	"hejnal/workflow"
)

func TestAPersonIsAddedOnceAndTheWorldIsToldNoName(t *testing.T) {
	h := open(t)
	added, err := h.AddPerson(t.Context(), engine.NewPerson{
		Name: "anna.nowak", FullName: "Anna Nowak", Roles: []workflow.Role{workflow.Official, workflow.Official}, PasswordHash: "$argon2id$",
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(added.Roles) != 1 {
		t.Errorf("roles: %v", added.Roles)
	}
	if !added.MustChange {
		t.Error("a one-time password need not be changed")
	}
	records, err := h.store.After(t.Context(), h.head(t)-1, 1)
	if err != nil || len(records) != 1 {
		t.Fatal(records, err)
	}
	text := string(records[0].Text)
	if !strings.HasSuffix(records[0].Subject, ".admin.person_added") || strings.Contains(text, "Nowak") || strings.Contains(text, "anna") || strings.Contains(text, "argon2") {
		t.Errorf("%s tells %s", records[0].Subject, text)
	}
	_, err = h.AddPerson(t.Context(), engine.NewPerson{Name: "anna.nowak", Roles: []workflow.Role{workflow.Lawyer}})
	if !errors.Is(err, store.ErrExists) {
		t.Errorf("one login for two people: %v", err)
	}
}

func TestALoginAndRolesAreChecked(t *testing.T) {
	h := open(t)
	before := h.head(t)
	for name, person := range map[string]engine.NewPerson{
		"no login":        {Roles: []workflow.Role{workflow.Official}},
		"capitals":        {Name: "Anna", Roles: []workflow.Role{workflow.Official}},
		"a line end":      {Name: "anna\nnowak", Roles: []workflow.Role{workflow.Official}},
		"too long":        {Name: strings.Repeat("a", 65), Roles: []workflow.Role{workflow.Official}},
		"no role":         {Name: "anna"},
		"a bell":          {Name: "anna", FullName: "Anna\aNowak", Roles: []workflow.Role{workflow.Official}},
		"an unknown role": {Name: "anna", Roles: []workflow.Role{"king"}},
	} {
		var refusal *workflow.Refusal
		if _, err := h.AddPerson(t.Context(), person); !errors.As(err, &refusal) || refusal.Kind != workflow.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if h.head(t) != before {
		t.Error("a refused person was journalled")
	}
}

func TestADisabledPersonLosesEveryToken(t *testing.T) {
	h := open(t)
	if _, err := h.CreateToken(t.Context(), "test.official", strings.Repeat("0a", 32), 0); err != nil {
		t.Fatal(err)
	}
	now := time.Unix(h.now.Load(), 0).UTC()
	if person, err := h.store.PersonByToken(t.Context(), strings.Repeat("0a", 32), now); err != nil || person.ID != h.official.ID {
		t.Fatalf("%v, %v", person, err)
	}
	if _, err := h.DisablePerson(t.Context(), "test.official"); err != nil {
		t.Fatal(err)
	}
	if person, err := h.store.PersonByToken(t.Context(), strings.Repeat("0a", 32), now); err == nil && !person.Disabled {
		t.Error("the token of a disabled person still opens")
	}
	if _, err := h.CreateToken(t.Context(), "test.official", strings.Repeat("0b", 32), 0); err == nil {
		t.Error("a disabled person got a new token")
	}
}

func TestATokenEndsOnItsDay(t *testing.T) {
	h := open(t)
	token, err := h.CreateToken(t.Context(), "test.official", strings.Repeat("0c", 32), 90*24*time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	for _, moment := range []struct {
		at   time.Time
		open bool
	}{{token.ExpiresAt.Add(-time.Second), true}, {token.ExpiresAt.Add(time.Second), false}} {
		_, err := h.store.PersonByToken(t.Context(), token.Hash, moment.at)
		if (err == nil) != moment.open {
			t.Errorf("at %s: %v", moment.at, err)
		}
	}
}

func TestAPasswordOfOnesOwnEndsTheOneTimePassword(t *testing.T) {
	h := open(t)
	person, err := h.SetPassword(t.Context(), "test.official", "$argon2id$own")
	if err != nil || person.MustChange || person.PasswordHash != "$argon2id$own" {
		t.Errorf("%v, %+v", err, person)
	}
	if _, err := h.SetPassword(t.Context(), "nobody", "x"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a password for nobody: %v", err)
	}
	if again, err := h.ResetPassword(t.Context(), "test.official", "$argon2id$once"); err != nil || !again.MustChange || again.PasswordHash != "$argon2id$once" {
		t.Errorf("a new one-time password: %v, %+v", err, again)
	}
	if _, err := h.DisablePerson(t.Context(), "test.official"); err != nil {
		t.Fatal(err)
	}
	if _, err := h.ResetPassword(t.Context(), "test.official", "$argon2id$more"); err == nil || !strings.Contains(err.Error(), "disabled") {
		t.Errorf("a password for who is disabled: %v", err)
	}
}

func TestASubscriberIsAddedAndDisabled(t *testing.T) {
	h := open(t)
	allow := []string{"krakow.cooperation.transition.>"}
	if err := h.AddSubscriber(t.Context(), "registry", "$argon2id$", allow); err != nil {
		t.Fatal(err)
	}
	if err := h.AddSubscriber(t.Context(), "registry", "$argon2id$", allow); !errors.Is(err, store.ErrExists) {
		t.Errorf("one login for two subscribers: %v", err)
	}
	if err := h.DisableSubscriber(t.Context(), "registry"); err != nil {
		t.Fatal(err)
	}
	kept, err := h.store.Subscriber(t.Context(), "registry")
	if err != nil || !kept.Disabled || len(kept.Allow) != 1 {
		t.Errorf("%v, %+v", err, kept)
	}
}

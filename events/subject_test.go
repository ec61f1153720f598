package events_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hejnal/events"
)

func TestSubjectsAreBuiltAndRead(t *testing.T) {
	own := events.Subjects{Prefix: "lodz.coop", PublicPrefix: "lodz.open"}
	for _, c := range []struct {
		want  string
		build func(events.Subjects) (string, error)
		parts events.Subject
		of    events.Subjects
	}{
		{
			"krakow.cooperation.transition.twin_city_agreement.agreement_signed.p-1",
			func(s events.Subjects) (string, error) {
				return s.Transition("twin_city_agreement", "agreement_signed", "p-1")
			},
			events.Subject{Kind: events.KindTransition, Form: "twin_city_agreement", Event: "agreement_signed", Proposal: "p-1"},
			events.Subjects{},
		},
		{
			"krakow.cooperation.task.secretariat.opened.eu_programme.p1",
			func(s events.Subjects) (string, error) { return s.Task("secretariat", "opened", "eu_programme", "p1") },
			events.Subject{Kind: events.KindTask, Role: "secretariat", Event: "opened", Form: "eu_programme", Proposal: "p1"},
			events.Subjects{},
		},
		{
			"krakow.cooperation.document.attached.sector_agreement.p1",
			func(s events.Subjects) (string, error) { return s.DocumentAttached("sector_agreement", "p1") },
			events.Subject{Kind: events.KindDocument, Event: "attached", Form: "sector_agreement", Proposal: "p1"},
			events.Subjects{},
		},
		{
			"lodz.coop.admin.user_added",
			func(s events.Subjects) (string, error) { return s.Admin("user_added") },
			events.Subject{Kind: events.KindAdmin, Event: "user_added"},
			own,
		},
		{
			"lodz.open.sector_agreement.agreement_signed.p1",
			func(s events.Subjects) (string, error) { return s.Public("sector_agreement", "agreement_signed", "p1") },
			events.Subject{Kind: events.KindPublic, Form: "sector_agreement", Event: "agreement_signed", Proposal: "p1"},
			own,
		},
	} {
		t.Run(c.want, func(t *testing.T) {
			got, err := c.build(c.of)
			if err != nil || got != c.want {
				t.Fatalf("got %q, %v", got, err)
			}
			parts, err := c.of.Parse(got)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.parts, parts); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTokensCannotChangeASubject(t *testing.T) {
	var s events.Subjects
	for _, bad := range []string{"", "a.b", "*", ">", "a b", "ł", "a\n", "a>"} {
		for name, build := range map[string]func() (string, error){
			"form":     func() (string, error) { return s.Transition(bad, "e", "p") },
			"event":    func() (string, error) { return s.Public("f", bad, "p") },
			"proposal": func() (string, error) { return s.DocumentAttached("f", bad) },
			"role":     func() (string, error) { return s.Task(bad, "opened", "f", "p") },
			"what":     func() (string, error) { return s.Admin(bad) },
		} {
			if subject, err := build(); err == nil {
				t.Errorf("%s %q gave %q", name, bad, subject)
			}
		}
	}
}

func TestForeignSubjectsAreNotRead(t *testing.T) {
	for _, subject := range []string{
		"", "krakow", "krakow.cooperation", "krakow.cooperation.", "krakow.cooperation.transition.f.e", "krakow.cooperation.transition.f.e.p.x",
		"krakow.cooperation.other.f.e.p", "krakow.cooperation.document.removed.f.p", "krakow.cooperation.admin", "krakow.public.cooperation.f.e",
		"krakow.cooperation.public.f.e.p", "warszawa.cooperation.transition.f.e.p", "krakow.cooperation.transition.*.e.p", "krakow.cooperation.>",
	} {
		if got, err := (events.Subjects{}).Parse(subject); err == nil {
			t.Errorf("%q was read as %+v", subject, got)
		}
	}
}

func TestPrefixesAreChecked(t *testing.T) {
	for _, c := range []struct {
		name string
		s    events.Subjects
		good bool
	}{
		{"defaults", events.Subjects{}, true},
		{"own", events.Subjects{Prefix: "a.b", PublicPrefix: "a.c"}, true},
		{"one in the other", events.Subjects{Prefix: "a", PublicPrefix: "a.public"}, false},
		{"equal", events.Subjects{Prefix: "a", PublicPrefix: "a"}, false},
		{"like the default public one", events.Subjects{Prefix: "krakow.public"}, false},
		{"wildcard", events.Subjects{Prefix: "a.*"}, false},
		{"empty token", events.Subjects{Prefix: "a..b"}, false},
		{"end in a dot", events.Subjects{PublicPrefix: "a."}, false},
	} {
		if err := c.s.Validate(); (err == nil) != c.good {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestEveryBuiltSubjectIsReadBack(t *testing.T) {
	token := rapid.StringMatching(`[A-Za-z0-9_-]{1,12}`)
	rapid.Check(t, func(t *rapid.T) {
		s := events.Subjects{Prefix: token.Draw(t, "prefix") + ".internal", PublicPrefix: token.Draw(t, "public") + ".open"}
		want := events.Subject{
			Kind: events.KindTask, Role: token.Draw(t, "role"), Event: token.Draw(t, "event"),
			Form: token.Draw(t, "form"), Proposal: token.Draw(t, "proposal"),
		}
		subject, err := s.Task(want.Role, want.Event, want.Form, want.Proposal)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := s.Parse(subject); err != nil || got != want {
			t.Fatalf("%q was read as %+v, %v", subject, got, err)
		}
		if !events.Within([]string{s.All()}, subject) || events.Within([]string{s.AllPublic()}, subject) {
			t.Fatalf("%q is in the wrong space", subject)
		}
	})
}

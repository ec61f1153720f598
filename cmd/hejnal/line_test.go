package main_test

import (
	"testing"
	"time"

	program "hejnal/cmd/hejnal"
)

func TestAnEventIsOneLine(t *testing.T) {
	const head = `{"sequence":"00000000000000000042",`
	for name, c := range map[string]struct{ subject, event, want string }{
		"a transition": {
			"krakow.cooperation.transition.twin_city_agreement.proposed.p1", head + `"data":{"title":"Umowa z Porto"}}`,
			"    42  krakow.cooperation.transition.twin_city_agreement.proposed.p1  proposed  Umowa z Porto",
		},
		"a task, by its Polish title": {
			"krakow.cooperation.task.lawyer.opened.twin_city_agreement.p1", head + `"data":{"title":{"pl":"Wydaj opinię","en":"Give the opinion"}}}`,
			"    42  krakow.cooperation.task.lawyer.opened.twin_city_agreement.p1  opened  Wydaj opinię",
		},
		"a document without a title, by its kind": {
			"krakow.cooperation.document.attached.twin_city_agreement.p1", head + `"data":{"title":"","kind":"agreement"}}`,
			"    42  krakow.cooperation.document.attached.twin_city_agreement.p1  attached  agreement",
		},
		"a login": {
			"krakow.cooperation.admin.subscriber_added", head + `"data":{"subscriber":"council"}}`,
			"    42  krakow.cooperation.admin.subscriber_added  subscriber_added  council",
		},
		"a new epoch": {
			"krakow.cooperation.admin.stream_epoch_began", head + `"data":{"stream":"COOPERATION"}}`,
			"    42  krakow.cooperation.admin.stream_epoch_began  stream_epoch_began  COOPERATION",
		},
		"a title that would draw on the terminal": {
			"krakow.public.cooperation.twin_city_agreement.proposed.p1", head + `"data":{"title":"A\u001b[2J\nB\u202eC"}}`,
			"    42  krakow.public.cooperation.twin_city_agreement.proposed.p1  proposed  A [2J B C",
		},
		"something else on the subject": {
			"krakow.cooperation.transition.a.b.c", `hello`,
			"     ?  krakow.cooperation.transition.a.b.c  read event: it does not begin with its sequence",
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := program.EventLine(c.subject, []byte(c.event)); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestLengthsOfTime(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"90d": 90 * 24 * time.Hour, "12h": 12 * time.Hour, "1h30m": 90 * time.Minute, "never": 0,
	} {
		if got, err := program.Span(text); err != nil || got != want {
			t.Errorf("%s is %v: %v", text, got, err)
		}
	}
	for _, text := range []string{"", "90", "0d", "-1d", "1.5d", "d", "-3h", "999999999999d", "200000d", "for ever"} {
		if got, err := program.Span(text); err == nil {
			t.Errorf("%q is %v", text, got)
		}
	}
}

package bench_test

import (
	"strings"
	"testing"
	"time"

	"hejnal/cmd/hejnal/bench"
)

const (
	lastCase = `{"id":"c","definition":{"version":2,"digest":"d"},"round":1,"version":2,"seq":9,` +
		`"created_at":"2026-01-02T03:04:05Z","updated_at":"2026-01-02T03:04:06.5Z","last_act":"e9","last_on":{}}`
	lastText = `{"id":"e9","time":"2026-01-02T03:04:06.5Z","data":{"id":"e9","seq":9,"recorded_at":"2026-01-02T03:04:06.5Z"}}`
)

func TestATemplateMakesTheNextContactOfTheLast(t *testing.T) {
	made, err := bench.TemplateOf(lastCase, lastText, 2, 9, "e9")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 2, 3, 4, 5, 6, 789_000_999, time.UTC)
	body, text := made("e10", at)
	wantBody := strings.NewReplacer(`"version":2,"seq":9`, `"version":3,"seq":10`, "e9", "e10", "2026-01-02T03:04:06.5Z", "2026-02-03T04:05:06.789Z").Replace(lastCase)
	if body != wantBody {
		t.Errorf("body %s\nwant %s", body, wantBody)
	}
	wantText := strings.NewReplacer(`"seq":9`, `"seq":10`, "e9", "e10", "2026-01-02T03:04:06.5Z", "2026-02-03T04:05:06.789Z").Replace(lastText)
	if text != wantText {
		t.Errorf("text %s\nwant %s", text, wantText)
	}
	if again, _ := made("e11", at); !strings.Contains(again, `"version":4,"seq":11`) {
		t.Errorf("the one after it is %s", again)
	}
}

func TestATemplateRefusesWhatItDoesNotKnow(t *testing.T) {
	for name, c := range map[string]struct{ body, text string }{
		"a body of another version": {strings.Replace(lastCase, `"version":2,"seq"`, `"version":7,"seq"`, 1), lastText},
		"a body without the act":    {strings.Replace(lastCase, `"last_act":"e9",`, "", 1), lastText},
		"another entry":             {lastCase, strings.ReplaceAll(lastText, "e9", "e8")},
		"no JSON":                   {"", lastText},
	} {
		if _, err := bench.TemplateOf(c.body, c.text, 2, 9, "e9"); err == nil {
			t.Errorf("%s passed", name)
		}
	}
}

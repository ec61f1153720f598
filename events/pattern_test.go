package events_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hejnal/events"
)

func TestWithin(t *testing.T) {
	for _, c := range []struct {
		allowed []string
		filter  string
		want    bool
	}{
		{[]string{"a.b"}, "a.b", true},
		{[]string{"a.b"}, "a.c", false},
		{[]string{"a.*"}, "a.b", true},
		{[]string{"a.*"}, "a.*", true},
		{[]string{"a.b"}, "a.*", false},
		{[]string{"a.*"}, "a.>", false},
		{[]string{"a.*"}, "a", false},
		{[]string{"a.*"}, "a.b.c", false},
		{[]string{"a.>"}, "a.b.c", true},
		{[]string{"a.>"}, "a.*.c", true},
		{[]string{"a.>"}, "a.>", true},
		{[]string{"a.>"}, "a", false},
		{[]string{"a.>"}, "*.b", false},
		{[]string{"a.>"}, ">", false},
		{[]string{">"}, ">", true},
		{[]string{"a.*.>"}, "a.>", false},
		{[]string{"a.*.c"}, "a.b.c", true},
		{[]string{"a.*.c"}, "a.b.*", false},
		{[]string{"x.y", "a.>"}, "a.b", true},
		{[]string{"a.*", "a.*.>"}, "a.>", false}, // only together
		{nil, "a", false},
		{[]string{">"}, "", false},
		{[]string{">"}, "a..b", false},
		{[]string{">"}, "a.>.b", false},
		{[]string{">"}, "a b", false},
		{[]string{"a.>.b"}, "a.x.b", false},
		{[]string{"a*"}, "ab", false},
	} {
		if got := events.Within(c.allowed, c.filter); got != c.want {
			t.Errorf("Within(%q, %q) is %t", c.allowed, c.filter, got)
		}
	}
}

// What is within matches no subject that the pattern does not match, and
// patterns that share a subject overlap: held against a plain matcher.
func TestWithinAndOverlapAgreeWithMatching(t *testing.T) {
	pattern := rapid.Custom(func(t *rapid.T) string {
		tokens := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "*"}), 1, 3).Draw(t, "tokens")
		if rapid.Bool().Draw(t, "open") {
			tokens = append(tokens, ">")
		}
		return strings.Join(tokens, ".")
	})
	subject := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c"}), 1, 5).Draw(t, "tokens"), ".")
	})
	rapid.Check(t, func(t *rapid.T) {
		allowed, filter, s := pattern.Draw(t, "allowed"), pattern.Draw(t, "filter"), subject.Draw(t, "subject")
		if events.Within([]string{allowed}, filter) && matches(filter, s) && !matches(allowed, s) {
			t.Fatalf("%q is within %q, but %q is not", filter, allowed, s)
		}
		if matches(filter, s) && matches(allowed, s) && !events.Overlap(allowed, filter) {
			t.Fatalf("%q and %q both match %q and do not overlap", allowed, filter, s)
		}
		if events.Within([]string{allowed}, s) != matches(allowed, s) {
			t.Fatalf("subject %q and pattern %q", s, allowed)
		}
		if events.Within([]string{allowed}, filter) && !events.Overlap(allowed, filter) {
			t.Fatalf("%q is within %q without overlap", filter, allowed)
		}
	})
}

func matches(pattern, subject string) bool {
	p, s := strings.Split(pattern, "."), strings.Split(subject, ".")
	for i := range p {
		if p[i] == ">" {
			return i < len(s)
		}
		if i >= len(s) || p[i] != "*" && p[i] != s[i] {
			return false
		}
	}
	return len(p) == len(s)
}

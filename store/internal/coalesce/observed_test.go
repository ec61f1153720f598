package coalesce_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"hejnal/store"
	"hejnal/store/internal/coalesce"
)

func TestGroupsOfChangesAreObserved(t *testing.T) {
	broken := errors.New("no room")
	for _, test := range []struct {
		name    string
		items   []string // a trace, "no change" or "untraced"
		answers []error
		want    []store.Group
	}{
		{"nothing but other work", []string{"no change"}, []error{broken}, nil},
		{"a lone change", []string{"a"}, []error{nil}, []store.Group{{Changes: 1, Traces: []string{"a"}}}},
		{"without traces", []string{"untraced", "untraced"}, []error{nil, nil}, []store.Group{{Changes: 2}}},
		{
			"refusals are no failure",
			[]string{"a", "no change", "b", "c"},
			[]error{fmt.Errorf("x: %w", store.ErrStale), nil, store.ErrExists, store.ErrKeyUsed},
			[]store.Group{{Changes: 3, Traces: []string{"a", "b", "c"}}},
		},
		{"a failure", []string{"a", "untraced"}, []error{nil, broken}, []store.Group{{Changes: 2, Traces: []string{"a"}, Failed: broken}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var seen []store.Group
			commit := coalesce.Observed(store.Observer{Group: func(g store.Group) { seen = append(seen, g) }},
				func(item string) (string, bool) {
					if item == "untraced" {
						return "", true
					}
					return item, item != "no change"
				},
				func(context.Context, []string) []error { return test.answers })
			if diff := cmp.Diff(test.answers, commit(t.Context(), test.items), cmpopts.EquateErrors()); diff != "" {
				t.Errorf("answers (-want +got):\n%s", diff)
			}
			if len(seen) > 0 && (seen[0].Begun.IsZero() || seen[0].Took < 0) {
				t.Errorf("when is not told: %+v", seen[0])
			}
			if diff := cmp.Diff(test.want, seen, cmpopts.IgnoreFields(store.Group{}, "Begun", "Took"), cmpopts.EquateErrors()); diff != "" {
				t.Errorf("groups (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhereNobodyObservesACommitIsLeftAlone(t *testing.T) {
	commit := func(context.Context, []int) []error { return nil }
	observed := coalesce.Observed(store.Observer{}, func(int) (string, bool) { panic("asked") }, commit)
	if answers := observed(t.Context(), []int{1}); answers != nil {
		t.Errorf("it answers %v", answers)
	}
}

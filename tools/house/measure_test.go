package house_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hejnal/tools/house"
)

func TestFunctionsAreMeasuredFromFuncToBrace(t *testing.T) {
	file := parse(t, `package p

// Comment, not counted.
func short() {}

func (t *Tree[K, V]) Walk(
	visit func(K) bool,
) {
	f := func() {
	}
	f()
}

func (l list) Len() int {
	return 0
}
`)
	want := []house.Function{
		{Name: "short", Path: "sample.go", Lines: 1},
		{Name: "Tree.Walk", Path: "sample.go", Lines: 7},
		{Name: "list.Len", Path: "sample.go", Lines: 3},
	}
	if diff := cmp.Diff(want, file.Functions()); diff != "" {
		t.Errorf("functions (-want +got):\n%s", diff)
	}
}

func TestPercentile(t *testing.T) {
	hundred := make([]int, 100)
	for i := range hundred {
		hundred[i] = 100 - i
	}
	for _, test := range []struct {
		name   string
		values []int
		p      int
		want   int
	}{
		{"of nothing is zero", nil, 50, 0},
		{"of one value is that value", []int{7}, 95, 7},
		{"median of an odd number", []int{3, 1, 2}, 50, 2},
		{"median of an even number is the lower one", []int{4, 1, 3, 2}, 50, 2},
		{"95th of a hundred", hundred, 95, 95},
		{"the hundredth is the largest", hundred, 100, 100},
		{"the zeroth is the smallest", hundred, 0, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := house.Percentile(test.values, test.p); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
	if hundred[0] != 100 {
		t.Error("the values were reordered")
	}
}

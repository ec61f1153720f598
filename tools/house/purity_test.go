package house_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestImpuritiesAreFound(t *testing.T) {
	file := parse(t, `package p

import clock "time"

func f(c chan int) {
	go f(nil)
	<-c
	_ = clock.Now
	_ = clock.Date
	time := struct{ Now int }{}
	_ = time.Now
}
`)
	want := []string{"5: uses a channel", "6: starts a goroutine", "7: uses a channel", "8: uses time.Now"}
	if diff := cmp.Diff(want, file.Impurities()); diff != "" {
		t.Errorf("impurities (-want +got):\n%s", diff)
	}
}

func TestTheCoreIsPure(t *testing.T) {
	for _, file := range repositoryFiles(t) {
		if file.Test() || !file.Within("workflow") {
			continue
		}
		for _, what := range file.Impurities() {
			t.Errorf("%s:%s", file.Path, what)
		}
	}
}

package gate_test

import (
	"errors"
	"testing"

	"hejnal/store"
	"hejnal/store/internal/gate"
)

func TestCloseWaitsForCallsAndAdmitsNoMore(t *testing.T) {
	var g gate.Gate
	if err := g.Enter(); err != nil {
		t.Fatal(err)
	}
	closed := make(chan bool)
	go func() { closed <- g.Close() }()
	select {
	case <-closed:
		t.Error("the gate closed over a running call")
	default:
	}
	g.Leave()
	if !<-closed {
		t.Error("the first Close did not close the gate")
	}
	if g.Close() {
		t.Error("the second Close closed it again")
	}
	if err := g.Enter(); !errors.Is(err, store.ErrClosed) {
		t.Errorf("got %v, want ErrClosed", err)
	}
}

package news_test

import (
	"testing"

	"hejnal/cmd/hejnal/news"
)

// told reports whether a channel is closed.
func told(changed <-chan struct{}) bool {
	select {
	case <-changed:
		return true
	default:
		return false
	}
}

func TestEverybodyWhoWaitsIsToldOnce(t *testing.T) {
	var board news.Board
	board.Tell() // nobody waits
	first, second := board.Changed(), board.Changed()
	if told(first) || told(second) {
		t.Fatal("told before anything happened")
	}
	board.Tell()
	if !told(first) || !told(second) {
		t.Error("somebody who waited was not told")
	}
	if told(board.Changed()) {
		t.Error("what was told before is told again")
	}
}

func TestAClosedBoardKeepsNobodyWaiting(t *testing.T) {
	var board news.Board
	before := board.Changed()
	board.Close()
	board.Close()
	board.Tell()
	if !told(before) || !told(board.Changed()) || !told(board.Changed()) || !board.Closed() {
		t.Error("somebody waits for a closed board")
	}
}

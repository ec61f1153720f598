package population

import (
	"errors"
	"time"

	"hejnal/store"
)

// Sample is what the engine committed for one proposal, in order, from its opening on. The changes may be shared by
// several samples: each stage of one proposal makes a sample. Every change happens at ten o'clock UTC sharp.
type Sample []store.Change

// Plan says what a store is filled with. The store must be empty of proposals; its people must be there.
type Plan struct {
	Samples []Sample
	// Count is how many proposals there are to be.
	Count int
	// Today is the last day of the population; its proposals were opened in the Years before. 0 years mean 20.
	Today time.Time
	Years int
	// Waiting, where it is not 0, is how many of the youngest proposals wait for somebody, as they would in one office
	// whatever the size of its archive: they were opened in the last year, every other one is settled, and long proceedings
	// are as common as short ones. With 0, few of the short ones and very few of the long ones wait.
	Waiting int
	// People names, for a person of the samples, those among whom the copies are dealt; who is not named stays.
	People map[string][]string
	// Series is the series of serials that numbers are drawn from, by the year of opening; nil draws none.
	Series func(year int) string
	// Seed makes two populations alike.
	Seed uint64
}

func (p Plan) withDefaults() Plan {
	if p.Years == 0 {
		p.Years = 20
	}
	return p
}

// Progress is told how many proposals are written; nil for nobody.
type Progress func(written int)

func (p Progress) tell(written int) {
	if p != nil {
		p(written)
	}
}

var errNoSamples = errors.New("fill store: there are no samples of proposals to copy")

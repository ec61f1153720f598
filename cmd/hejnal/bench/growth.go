package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"hejnal/cmd/hejnal/bench/samples"
	"hejnal/cmd/hejnal/installation"
)

// growth measures what people ask for all day over very many proposals against the same over few.
var growth = Measurement{
	Name: "growth", Title: "pages, lists, search and a transition over many proposals against few", Run: measureGrowth,
}

// flat is what a cost may grow by where work grows a hundredfold.
var flat = Target{AtMost: 1.5}

// As much waits in either city, so that a question has as many answers to give: what grows a hundredfold is what was
// settled before.
func measureGrowth(ctx context.Context, s Setting) (found Outcome, err error) {
	s.Waiting = s.Few / 2
	found, err = s.growing(ctx, questionsTo)
	found.Notes = append(found.Notes, fmt.Sprintf("%d of either number of proposals wait for somebody; an answer has as many rows in both unless its figure says how many", s.Waiting))
	return found, err
}

// asking makes the questions to a city; those to two cities are alike, place by place.
type asking func(ctx context.Context, c *city) ([]question, error)

// growing asks the same of a small and of a large city, on each kind of store that there is.
func (s Setting) growing(ctx context.Context, ask asking) (found Outcome, err error) {
	dir, err := os.MkdirTemp(s.Dir, "samples-")
	if err != nil {
		return found, fmt.Errorf("make directory of samples: %w", err)
	}
	definitions, err := forms()
	if err != nil {
		return found, err
	}
	taken, err := samples.Take(ctx, dir, definitions)
	if err != nil {
		return found, err
	}
	kinds := []string{"SQLite"}
	if s.Server != "" {
		kinds = append(kinds, "PostgreSQL")
	}
	for _, kind := range kinds {
		made, err := s.growthOf(ctx, kind, taken, ask)
		found.Rows, found.Notes = append(found.Rows, made.Rows...), append(found.Notes, made.Notes...)
		if err != nil {
			return found, fmt.Errorf("%s: %w", kind, err)
		}
	}
	return found, nil
}

// growthOf measures on one kind of store.
func (s Setting) growthOf(ctx context.Context, kind string, taken samples.Taken, ask asking) (found Outcome, err error) {
	few, endFew, err := s.foundOn(ctx, kind, taken, s.Few, &found)
	if err != nil {
		return found, err
	}
	defer func() { err = errors.Join(err, endFew()) }()
	many, endMany, err := s.foundOn(ctx, kind, taken, s.Many, &found)
	if err != nil {
		return found, err
	}
	defer func() { err = errors.Join(err, endMany()) }()
	questions, err := ask(ctx, few)
	if err != nil {
		return found, err
	}
	more, err := ask(ctx, many)
	if err != nil {
		return found, err
	}
	for i := range questions {
		asked := []question{questions[i], more[i]}
		times, rows, err := s.askInTurns(ctx, []*city{few, many}, asked)
		if err != nil {
			return found, fmt.Errorf("%s: %w", questions[i].name, err)
		}
		figure := questions[i].name
		if rows[1] != rows[0] {
			figure += fmt.Sprintf(" (%d rows against %d)", rows[1], rows[0])
		}
		against := fmt.Sprintf("%s, %d proposals", kind, s.Few)
		found.Rows = append(found.Rows, row(figure, against, "ms", times[1], times[0], flat))
	}
	found.Notes = append(found.Notes, kind+": median ratios: "+byKind(found.Rows))
	return found, nil
}

// foundOn founds a city on a kind of store and notes how long it took; the end takes everything away again.
func (s Setting) foundOn(ctx context.Context, kind string, taken samples.Taken, count int, found *Outcome) (*city, func() error, error) {
	began := time.Now()
	s.tell(fmt.Sprintf("filling %s with %d proposals", kind, count))
	dir, err := os.MkdirTemp(s.Dir, "city-")
	if err != nil {
		return nil, nil, fmt.Errorf("make directory of a city: %w", err)
	}
	ends := []func() error{func() error { return os.RemoveAll(dir) }}
	config := installation.Config{Data: filepath.Join(dir, "data")}
	if kind == "PostgreSQL" {
		made, err := s.database(ctx, "template0")
		if err != nil {
			return nil, nil, err
		}
		config.Database, ends = made.url, append(ends, made.drop)
	}
	made, err := s.found(ctx, config, taken, count)
	if err == nil {
		ends = append(ends, made.close)
	}
	end := func() error {
		var errs []error
		for i := len(ends) - 1; i >= 0; i-- {
			errs = append(errs, ends[i]())
		}
		return errors.Join(errs...)
	}
	if err != nil {
		return nil, nil, errors.Join(err, end())
	}
	found.Notes = append(found.Notes, fmt.Sprintf("%s: %d proposals were written in %.0f s", kind, count, time.Since(began).Seconds()))
	return made, end, nil
}

// mostCalls is how often a question is asked in a turn at most.
const mostCalls = 50

// askInTurns asks each city its question, in turns, and answers the median time of each turn, in ms, by city, and how many
// rows its last answer had.
func (s Setting) askInTurns(ctx context.Context, cities []*city, asked []question) (times [][]float64, rows []int, err error) {
	times, rows = make([][]float64, len(cities)), make([]int, len(cities))
	for round := range s.Rounds + 1 {
		for i, c := range cities {
			var took []float64
			began := time.Now()
			for n := 0; n == 0 || n < mostCalls && time.Since(began) < s.Span/60; n++ {
				method, path, body := asked[i].ask(n)
				start := time.Now()
				answer, err := c.ask(ctx, method, path, body)
				if err != nil {
					return nil, nil, err
				}
				took = append(took, milliseconds(time.Since(start)))
				rows[i] = rowsOf(answer)
			}
			if round > 0 { // the first warms up
				times[i] = append(times[i], median(took))
			}
		}
	}
	return times, rows, nil
}

// rowsOf is how many items an answer lists; 0 for one that is no list.
func rowsOf(answer []byte) int {
	var list struct {
		Items []json.RawMessage `json:"items"`
	}
	if json.Unmarshal(answer, &list) != nil {
		return 0
	}
	return len(list.Items)
}

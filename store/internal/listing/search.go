package listing

import (
	"context"

	"hejnal/store"
	"hejnal/workflow"
)

// Ask runs a query and hands its rows to a reader.
type Ask func(ctx context.Context, query Query, read func(Rows) error) error

// answered runs a query and gives what a reader makes of its rows.
func answered[T any](ctx context.Context, ask Ask, query Query, read func(Rows) (T, error)) (got T, err error) {
	err = ask(ctx, query, func(rows Rows) error {
		got, err = read(rows)
		return err
	})
	return got, err
}

// Effort is how much is looked at before cases that answer a text are looked for in another way. The zero value is what an
// installation uses; less than 0 stands for none.
type Effort struct {
	Few  int // what leads to so many is found first and sorted then; 0 means 5,000
	Near int // how many cases are looked at in the order asked for before anything else is tried; 0 means 400
	Far  int // how many are where those nearby promise a full page; 0 means 5,000
}

// WithDefaults gives what an installation uses for what is 0.
func (e Effort) WithDefaults() Effort {
	for _, bound := range []struct {
		of      *int
		instead int
	}{{&e.Few, 5_000}, {&e.Near, 400}, {&e.Far, 5_000}} {
		if *bound.of == 0 {
			*bound.of = bound.instead
		}
		*bound.of = max(*bound.of, 0)
	}
	return e
}

// FindCases reads a page of cases. Those of a text, and somebody's own, are found in one of five ways, each of which gives
// the same page:
//
//   - by what leads to no more cases than a page has, where that is soon known;
//   - by looking at the cases in the order asked for, no further than the effort allows, which fills a page of a common word;
//   - by what leads to few, which are found and sorted;
//   - by looking at all that the other filters leave, where those are few;
//   - where they are many but not nearby, by walking the order with the cases of each word at hand as a set.
//
// A word that leads to nothing is looked for more widely.
func FindCases(ctx context.Context, dialect Dialect, effort Effort, ask Ask, filter store.CaseFilter) (page store.Page[workflow.Proposal], err error) {
	s := search{dialect: dialect, effort: effort, ask: ask, filter: filter, words: Words(filter.Text)}
	if filter.Sort == farthestDue {
		return s.farthest(ctx)
	}
	return s.find(ctx)
}

// search looks for the cases of one filter, or for those of them in a span.
type search struct {
	dialect Dialect
	effort  Effort
	ask     Ask
	filter  store.CaseFilter
	span    span
	words   []Word // what is asked for in place of the filter's text
	led     bool   // whether it is known what leads to few
	lead    Lead   // what does; the zero value where nothing does
}

func (s *search) find(ctx context.Context) (page store.Page[workflow.Proposal], err error) {
	if !s.led {
		if err := s.rare(ctx); err != nil {
			return page, err
		}
	}
	if s.lead == (Lead{}) {
		if page, err = s.nearby(ctx); err != nil || page.Next != "" {
			return page, err
		}
	}
	if !s.led && s.dialect == Postgres { // which counts a word at the cost of all its cases
		if page, _, err = s.left(ctx, min(soon, s.effort.Far)); err != nil || len(page.Items) > 0 {
			return page, err
		}
	}
	if !s.led {
		if err := s.few(ctx); err != nil {
			return page, err
		}
	}
	if s.lead == (Lead{}) {
		if page, all, err := s.left(ctx, s.effort.Far); err != nil || all {
			return page, err
		}
	}
	return s.cases(ctx, Way{Lead: s.lead})
}

// rare finds what leads to no more cases than a page has, before anything else is looked at, where that is cheap: SQLite counts
// no further than it is asked.
func (s *search) rare(ctx context.Context) (err error) {
	few := min(s.effort.Few, DefaultLimit)
	for wider := s.words; s.dialect == SQLite && few > 0 && wider != nil; {
		s.words = wider
		if s.lead, wider, err = s.count(ctx, s.words, few+1); err != nil {
			return err
		}
	}
	s.led = s.lead != Lead{}
	return nil
}

// nearby looks at the cases that come next in the order. A page without a next one is not to be relied on: there may be
// more further away.
func (s *search) nearby(ctx context.Context) (page store.Page[workflow.Proposal], err error) {
	if !s.mayBeNearby() || s.effort.Near == 0 {
		return page, nil
	}
	reach := s.effort.Near
	page, err = s.cases(ctx, Way{Reach: reach})
	found, full := len(page.Items), bound(s.filter.Limit)+1
	if err != nil || page.Next != "" || found == 0 {
		return page, err
	}
	if further := reach * full / found * 3 / 2; further <= s.effort.Far {
		return s.cases(ctx, Way{Reach: further})
	}
	return page, nil
}

// mayBeNearby reports whether there is something to look for, and nothing that leads to few as a rule, such as a number.
func (s *search) mayBeNearby() bool {
	for _, word := range s.words {
		if word.manner == numbered || word.text == "" {
			return false
		}
	}
	return len(s.words) > 0 || s.filter.MineUser != ""
}

// few finds what leads to few, and asks for wider words where one leads to nothing.
func (s *search) few(ctx context.Context) (err error) {
	for wider := s.words; wider != nil; {
		s.words = wider
		if s.lead, wider, err = s.leadOf(ctx, s.words); err != nil {
			return err
		}
	}
	s.led = true
	return nil
}

// leadOf finds what leads to few, and the words to ask for instead where one leads to nothing. PostgreSQL counts a word at the
// cost of all its cases, so that it counts no more than the rarest one, and what answers all of them.
func (s *search) leadOf(ctx context.Context, words []Word) (Lead, []Word, error) {
	if s.dialect == SQLite || len(words) < 2 || s.effort.Few == 0 {
		return s.count(ctx, words, s.effort.Few+1)
	}
	lead, wider, err := s.count(ctx, words, 1)
	if err != nil || wider != nil || lead != (Lead{}) {
		return lead, wider, err
	}
	rarest, err := s.rarest(ctx, words[:min(len(words), most)])
	if err != nil {
		return lead, nil, err
	}
	lead, _, err = s.count(ctx, []Word{rarest}, s.effort.Few+1)
	if all := joined(words)[0]; err == nil && lead == (Lead{}) && all.manner == together {
		lead, _, err = s.count(ctx, []Word{all}, s.effort.Few+1)
	}
	return lead, nil, err
}

// count counts up to a limit, and finds what leads to fewer.
func (s *search) count(ctx context.Context, words []Word, limit int) (lead Lead, wider []Word, err error) {
	breadth := BreadthOfCases(s.dialect, s.filter, words, limit)
	if len(breadth.Leads) == 0 {
		return lead, nil, nil
	}
	err = s.ask(ctx, breadth.Query, func(rows Rows) error {
		lead, wider, err = breadth.ReadLead(rows, limit-1)
		return err
	})
	return lead, wider, err
}

// rarest is the word that the fewest of some texts have.
func (s *search) rarest(ctx context.Context, words []Word) (Word, error) {
	return answered(ctx, s.ask, Sample(words), func(rows Rows) (Word, error) { return ReadSample(rows, words) })
}

func (s *search) cases(ctx context.Context, way Way) (page store.Page[workflow.Proposal], err error) {
	way.span = s.span
	query, err := Cases(s.dialect, way, s.words, s.filter)
	if err != nil {
		return page, err
	}
	return answered(ctx, s.ask, query, query.ReadCases)
}

package casefile

import (
	"context"
)

// mostNews is how much an act's page tells of what happened meanwhile; the history has it all.
const mostNews = 8

// meanwhile is what happened in a case since the reader's last act.
type meanwhile struct {
	Entries []happened // the newest first
	More    bool
}

// meanwhile is told in later rounds, when a case comes back to somebody who has decided on it before.
func (p *pages) meanwhile(ctx context.Context, a *acting) (meanwhile, error) {
	if a.Proposal.Round < 2 || !a.mine(a.action) {
		return meanwhile{}, nil
	}
	all, _, err := p.happened(ctx, a.subject)
	if err != nil {
		return meanwhile{}, err
	}
	a.noteCorrections(ctx, actsOf(all))
	last := len(all) - 1
	for last >= 0 && (all[last].Act == nil || all[last].Act.Actor.User != a.Reader.ID) {
		last--
	}
	if last < 0 {
		return meanwhile{}, nil
	}
	news := all[last+1:]
	first := max(len(news)-mostNews, 0)
	return meanwhile{Entries: a.onPage(ctx, news[first:]), More: first > 0}, nil
}

// Package row says how the values of the contract stand in the tables of either backend.
package row

import (
	"fmt"
	"regexp"
	"time"

	"hejnal/store"
	"hejnal/workflow"
)

// NoDay stands for an absent date, so that it sorts after every other.
const NoDay = "9999-12-31"

// AfterEveryDay sorts after any day that is stored, NoDay included.
const AfterEveryDay = "9999-12-32"

// Case is a proposal as a row of the table cases.
type Case struct {
	ID, Form, State, Stage, Country, PartnerID string
	Version                                    int64
	NumberKey                                  string
	TitleKey                                   []byte
	Search                                     string
	CreatedAt, UpdatedAt                       int64
	DeadlineOn                                 string
	Body                                       string
}

// OfCase makes the row of a proposal.
func OfCase(p workflow.Proposal) (Case, error) {
	body, err := p.AppendJSON(make([]byte, 0, ordinary))
	if err != nil {
		return Case{}, fmt.Errorf("encode case %s: %w", p.ID, err)
	}
	return Case{
		ID: p.ID, Form: p.Form, State: p.State, Stage: p.Stage, Country: p.Partner.Country, PartnerID: p.Partner.ID,
		Version:   p.Version,
		NumberKey: NumberKey(p),
		TitleKey:  store.CollationKey(p.Title),
		Search:    Search(p),
		CreatedAt: Micro(p.CreatedAt), UpdatedAt: Micro(p.UpdatedAt),
		DeadlineOn: nextDeadline(p.Deadlines),
		Body:       string(body),
	}, nil
}

var yearInNumber = regexp.MustCompile(`(?:^|\D)(\d{4})$`)

// Search is the folded text in which a proposal is found.
func Search(p workflow.Proposal) string {
	return store.WordsOf(p.Number + " " + p.Title + " " + p.Partner.Name + " " + p.Partner.NativeName)
}

// NumberKey orders by the year that ends the number (else that of the case's beginning), then by serial.
func NumberKey(p workflow.Proposal) string {
	year := p.CreatedAt.UTC().Format("2006")
	if found := yearInNumber.FindStringSubmatch(p.Number); found != nil {
		year = found[1]
	}
	return fmt.Sprintf("%s-%010d-%s", year, p.Serial, store.Fold(p.Number))
}

// nextDeadline is the first day on which somebody in the City may be late.
func nextDeadline(deadlines []workflow.Deadline) string {
	next := NoDay
	for _, deadline := range deadlines {
		if deadline.State == workflow.DeadlineRunning && deadline.DueOn != "" && !deadline.Window {
			next = min(next, string(deadline.DueOn))
		}
	}
	return next
}

// Micro is a moment as it is stored: microseconds since 1970.
func Micro(moment time.Time) int64 { return moment.UnixMicro() }

// Moment is the moment that was stored.
func Moment(micro int64) time.Time { return time.UnixMicro(micro).UTC() }

// Expiry is the moment as it is stored; 0 for what does not expire.
func Expiry(moment time.Time) int64 {
	if moment.IsZero() {
		return 0
	}
	return Micro(moment)
}

// Present makes an empty value of an absent one, which would be NULL.
func Present(value []byte) []byte {
	if value == nil {
		return []byte{}
	}
	return value
}

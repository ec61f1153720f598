package row

import (
	"fmt"
	"time"

	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// Substitution is a row of the table substitutions.
type Substitution substitution

// substitution is what sqlc makes of the row in either dialect.
type substitution = struct {
	ID         string
	Absent     string
	Substitute string
	FromDay    string
	UntilDay   string
	Roles      string
	Reason     string
	SetBy      string
	CreatedAt  int64
	EndedAt    int64
}

// OfSubstitution makes the row of a substitution.
func OfSubstitution(s store.Substitution) Substitution {
	made := Substitution{
		ID: s.ID, Absent: s.Absent, Substitute: s.Substitute, FromDay: string(s.From), UntilDay: string(s.Until), Roles: List(s.Roles),
		Reason: s.Reason, SetBy: s.By, CreatedAt: Micro(s.CreatedAt),
	}
	if !s.EndedAt.IsZero() {
		made.EndedAt = Micro(s.EndedAt)
	}
	return made
}

// ToSubstitution reads a substitution from its row.
func ToSubstitution(from Substitution) (store.Substitution, error) {
	roles, err := ToList[workflow.Role](from.Roles)
	if err != nil {
		return store.Substitution{}, fmt.Errorf("read substitution %s: %w", from.ID, err)
	}
	var ended time.Time
	if from.EndedAt != 0 {
		ended = Moment(from.EndedAt)
	}
	return store.Substitution{
		ID: from.ID, Absent: from.Absent, Substitute: from.Substitute, From: calendar.Date(from.FromDay), Until: calendar.Date(from.UntilDay),
		Roles: roles, Reason: from.Reason, By: from.SetBy, CreatedAt: Moment(from.CreatedAt), EndedAt: ended,
	}, nil
}

// ToSubstitutions reads substitutions from their rows.
func ToSubstitutions[R ~substitution](rows []R) ([]store.Substitution, error) {
	made := make([]store.Substitution, len(rows))
	for i, from := range rows {
		var err error
		if made[i], err = ToSubstitution(Substitution(from)); err != nil {
			return nil, err
		}
	}
	return made, nil
}

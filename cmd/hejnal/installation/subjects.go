package installation

import (
	"context"
	"fmt"

	"hejnal/store"
)

// SameSubjects refuses prefixes other than those of the events that the store holds: the stream would not take an event
// outside its subjects, and every later one waits for it.
func (c Config) SameSubjects(ctx context.Context, kept store.Journal) error {
	first, err := kept.After(ctx, 0, 1)
	if err != nil {
		return fmt.Errorf("read the first event: %w", err)
	}
	if len(first) == 0 {
		return nil
	}
	if _, err := c.Subjects().Parse(first[0].Subject); err != nil {
		return fmt.Errorf("the events of this store have other subjects, such as %s: give the --subject-prefix and --public-subject-prefix that it began with", first[0].Subject)
	}
	return nil
}

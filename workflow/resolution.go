package workflow

import (
	"fmt"
	"slices"
)

// What an act does to the resolution of the Council that was adopted last, as a definition marks it.
const (
	ResolutionAdopted        = "adopted"         // it is adopted, and what is agreed rests on it
	ResolutionEndingAdopted  = "ending_adopted"  // it is adopted, and ends what is agreed
	ResolutionNumbered       = "numbered"        // it gets its number
	ResolutionPublished      = "published"       // it stands in the public information bulletin
	ResolutionConsented      = "consented"       // the minister consents to it
	ResolutionSuspended      = "suspended"       // its execution is suspended
	ResolutionAnnulled       = "annulled"        // it is declared invalid in whole
	ResolutionPartlyAnnulled = "partly_annulled" // it is declared invalid in part
	ResolutionCleared        = "cleared"         // a suspension or annulment of it is no more
)

var resolutionMarks = []string{
	ResolutionAdopted, ResolutionEndingAdopted, ResolutionNumbered, ResolutionPublished, ResolutionConsented, ResolutionSuspended, ResolutionAnnulled,
	ResolutionPartlyAnnulled, ResolutionCleared,
}

// ResolutionMark gives what an act does to the resolution adopted last, by its transition and event; empty: nothing.
func (d *Definition) ResolutionMark(transition, event string) string {
	for _, t := range d.named[transition] {
		if t.Event == event && t.Resolution != "" {
			return t.Resolution
		}
		for _, outcome := range t.Outcomes {
			if outcome.Event == event && outcome.Resolution != "" {
				return outcome.Resolution
			}
		}
	}
	return ""
}

// ResolutionMarks lists what the transitions of a name may do to a resolution.
func (d *Definition) ResolutionMarks(transition string) []string {
	var marks []string
	for _, t := range d.named[transition] {
		for _, mark := range t.resolutionMarks() {
			if mark != "" {
				marks = append(marks, mark)
			}
		}
	}
	return marks
}

// MarksResolutions reports whether the definition says anywhere what is done to a resolution; one from before there were marks
// does not.
func (d *Definition) MarksResolutions() bool {
	return slices.ContainsFunc(d.Transitions, func(t *Transition) bool { return len(d.ResolutionMarks(t.ID)) > 0 })
}

func (t *Transition) resolutionMarks() []string {
	marks := []string{t.Resolution}
	for _, outcome := range t.Outcomes {
		marks = append(marks, outcome.Resolution)
	}
	return marks
}

// resolutionMarks checks what a transition says it does to a resolution. The public is told it by the act, so the act is public.
func (c *compiler) resolutionMarks(t *Transition) {
	for i, mark := range t.resolutionMarks() {
		path := "resolution"
		if i > 0 {
			path = fmt.Sprintf("outcomes[%d].resolution", i-1)
		}
		switch {
		case mark == "":
		case !slices.Contains(resolutionMarks, mark):
			c.report("resolution_mark", t.Origin, path, "%s does %q to a resolution; use one of %v", t.ID, mark, resolutionMarks)
		case !t.Public:
			c.report("resolution_mark", t.Origin, path, "%s is not public, so nobody could read what it does to a resolution", t.ID)
		case i == 0 && len(t.Outcomes) > 0:
			c.report("resolution_mark", t.Origin, path, "%s has outcomes: say with each of them what it does to a resolution", t.ID)
		}
	}
}

package published

import (
	"slices"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// Resolution is a resolution of the City Council in a case, as far as public acts tell of it.
type Resolution struct {
	Purpose   Purpose
	Number    string // empty: not numbered yet
	AdoptedOn calendar.Date
	Vote      *Vote
	URL       string   // in the public information bulletin; empty: not published yet
	Consent   *Consent // of the minister; nil: none
	Flaw      *Flaw    // nil: it stands

	used bool // something came into the register on it
}

// Purpose is what a resolution is to what is agreed.
type Purpose string

// What is agreed, or is to be, rests on its basis and comes to an end by the end. On any other resolution of the case nothing rests:
// another one was adopted in its place, or it is to renew the basis and has not done so.
const (
	Basis Purpose = "basis"
	End   Purpose = "end"
	Other Purpose = "other"
)

// Vote is how the Council voted.
type Vote struct{ For, Against, Abstained, Present int }

// Consent is a decision of the minister that the case rests on.
type Consent struct {
	Number string
	Date   calendar.Date
	// Received is the day on which the City received it.
	Received calendar.Date
}

// Flaw is why a resolution does not stand, in whole or in part. Since is the day from which it is not carried out: a ruling that
// declares it invalid is dated by its delivery.
type Flaw struct {
	Code  string        // suspended, annulled, partly_annulled
	Title workflow.Text // in words
	Dated workflow.Text // the same, before its day
	Since calendar.Date
}

var flaws = map[string]Flaw{
	workflow.ResolutionSuspended: {
		Title: workflow.Text{PL: "wykonanie wstrzymane", EN: "execution suspended"},
		Dated: workflow.Text{PL: "wykonanie wstrzymane od", EN: "execution suspended since"},
	},
	workflow.ResolutionAnnulled: {
		Title: workflow.Text{PL: "stwierdzono nieważność w całości", EN: "declared invalid in whole"},
		Dated: workflow.Text{PL: "stwierdzono nieważność w całości, wykonanie wstrzymane od", EN: "declared invalid in whole, execution stopped since"},
	},
	workflow.ResolutionPartlyAnnulled: {
		Title: workflow.Text{PL: "stwierdzono nieważność w części", EN: "declared invalid in part"},
		Dated: workflow.Text{PL: "stwierdzono nieważność w części, w tym zakresie wykonanie wstrzymane od", EN: "declared invalid in part, execution of that part stopped since"},
	},
}

// Resolutions are the resolutions that were adopted, the oldest first. What an act means for them its definition says.
func (c Case) Resolutions() []Resolution {
	var found resolutions
	for _, act := range c.Acts {
		found.note(c, act)
		if state, _ := c.Definition.State(workflow.Route, act.State); state.Register == workflow.RegisterCurrent {
			found.use()
		}
	}
	if c.Standing == Agreed {
		found.leave()
	}
	return found
}

// ResolutionsFor are those of one purpose.
func (c Case) ResolutionsFor(purpose Purpose) []Resolution {
	return slices.DeleteFunc(c.Resolutions(), func(r Resolution) bool { return r.Purpose != purpose })
}

// Flaw is why the resolution that the case rests on now does not stand; nil: it stands, or there is none.
func (c Case) Flaw() *Flaw { return flawOf(c.ResolutionsFor(Basis)) }

func flawOf(basis []Resolution) *Flaw {
	if len(basis) == 0 {
		return nil
	}
	return basis[len(basis)-1].Flaw
}

// Consent is the minister's consent that was given last to what the case rests on; nil where none was.
func (c Case) Consent() *Consent {
	for _, resolution := range slices.Backward(c.ResolutionsFor(Basis)) {
		if resolution.Consent != nil {
			return resolution.Consent
		}
	}
	return nil
}

// resolutions are those of a case up to an act, the last one being that which acts are about.
type resolutions []Resolution

// note does to the resolutions what the act did.
func (r *resolutions) note(c Case, act Act) {
	mark := c.resolutionMark(act)
	switch mark {
	case workflow.ResolutionAdopted:
		r.leave()
		*r = append(*r, Resolution{Purpose: Basis, AdoptedOn: act.OccurredOn, Vote: voteOf(act)})
	case workflow.ResolutionEndingAdopted:
		*r = append(*r, Resolution{Purpose: End, AdoptedOn: act.OccurredOn, Vote: voteOf(act)})
	}
	if len(*r) == 0 {
		return
	}
	last := &(*r)[len(*r)-1]
	switch mark {
	case workflow.ResolutionAdopted, workflow.ResolutionEndingAdopted, workflow.ResolutionNumbered:
		last.Number = c.input(act, "resolution_number")
	case workflow.ResolutionPublished:
		last.URL = c.input(act, "uri")
	case workflow.ResolutionConsented:
		last.Consent = &Consent{Number: act.Text("decision_number"), Date: calendar.Date(act.Text("decision_date")), Received: act.OccurredOn}
	case workflow.ResolutionCleared:
		last.Flaw = nil
	case workflow.ResolutionSuspended, workflow.ResolutionAnnulled, workflow.ResolutionPartlyAnnulled:
		flaw := flaws[mark]
		flaw.Code, flaw.Since = mark, act.OccurredOn
		last.Flaw = &flaw
	}
}

// leave leaves a resolution on which nothing rests among the others.
func (r resolutions) leave() {
	for i := range r {
		if r[i].Purpose == Basis && !r[i].used {
			r[i].Purpose = Other
		}
	}
}

// use notes that something is in the register on what was adopted.
func (r resolutions) use() {
	for i := range r {
		r[i].used = true
	}
}

// resolutionMark is what the act did to a resolution, by the definition of the case, or that in force where it does not say.
func (c Case) resolutionMark(act Act) string {
	definition := c.Definition
	if !definition.MarksResolutions() {
		definition = c.InForce
	}
	return definition.ResolutionMark(act.Transition, act.Event)
}

// input gives what an act has for its input of a type.
func (c Case) input(act Act, kind string) string {
	for _, transition := range c.Definition.Named(act.Transition) {
		for _, input := range transition.Inputs {
			if input.Type == kind {
				return act.Text(input.Name)
			}
		}
	}
	return ""
}

func voteOf(act Act) *Vote {
	var vote Vote
	var ok bool
	if vote.For, ok = act.Int("for"); !ok {
		return nil
	}
	vote.Against, _ = act.Int("against")
	vote.Abstained, _ = act.Int("abstained")
	vote.Present, _ = act.Int("present")
	return &vote
}

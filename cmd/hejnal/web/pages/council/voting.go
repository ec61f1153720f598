package council

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// voting is what the page of all votes of one session shows.
type voting struct {
	agenda
	Ballots []*ballot
	Beside  []workflow.Text // what is wrong with the page as a whole
	Key     string
	Fills   bool // there is something to fill in
	// Saved are the items whose results were just recorded, of as many as were tried.
	Saved []*ballot
	Tried int
}

// Names of what the page of votes sends besides its fields.
const (
	pressed  = "zapisz"    // the button: a task, everything, or checking alone
	everyone = "wszystkie" // every item that was filled in
	checking = "sprawdz"   // nothing is recorded
	recorded = "zapisano"  // tasks whose votes were recorded
)

func (p *pages) votingOf(ctx context.Context, day calendar.Date, by workflow.Person) (*voting, error) {
	agenda, err := p.agendaOf(ctx, day, by)
	if err != nil {
		return nil, err
	}
	v := &voting{agenda: agenda, Key: p.NewID()}
	for _, one := range agenda.Items {
		b := ballotOf(one, agenda.Upcoming)
		v.Ballots = append(v.Ballots, b)
		v.Fills = v.Fills || len(b.Form.Fields) > 0
	}
	return v, nil
}

func (p *pages) votes(w http.ResponseWriter, r *http.Request) error {
	day, err := dayOf(r)
	if err != nil {
		return err
	}
	v, err := p.votingOf(r.Context(), day, call.Of(r).By())
	if err != nil {
		return err
	}
	done := strings.Split(r.URL.Query().Get(recorded), ".")
	for _, b := range v.Ballots {
		if b.Result != nil && slices.Contains(done, b.Key()) {
			b.Told = &told{Kind: "ok", Title: saved(b.Result.Title)}
			v.Saved = append(v.Saved, b)
		}
	}
	return p.showVotes(w, r, http.StatusOK, v)
}

// saved says that a vote was recorded, and how it ended.
func saved(how workflow.Text) workflow.Text {
	return workflow.Text{PL: "Zapisano: " + how.PL, EN: "Recorded: " + how.EN}
}

func (p *pages) showVotes(w http.ResponseWriter, r *http.Request, status int, v *voting) error {
	words := frame.WordsOf(call.Of(r).Language)
	return p.Render(w, r, status, frame.Page{
		Template: "council/votes", Title: words.T("Głosowania: sesja ", "Votes: session of ") + words.Day(v.Date), Main: v, Wrong: len(v.Errors()) > 0,
	})
}

// Errors are what is wrong, item after item.
func (v *voting) Errors() []frame.FormError {
	var wrong []frame.FormError
	for _, message := range v.Beside {
		wrong = append(wrong, frame.FormError{Message: message})
	}
	for _, b := range v.Ballots {
		for _, field := range b.Form.Fields {
			if field.Wrong.IsZero() {
				continue
			}
			wrong = append(wrong, frame.FormError{Href: "#" + field.ID(), Message: workflow.Text{
				PL: b.Name().PL + ", " + field.Label.PL + ": " + field.Wrong.PL, EN: b.Name().EN + ", " + field.Label.EN + ": " + field.Wrong.EN,
			}})
		}
		for _, message := range b.Form.Beside {
			wrong = append(wrong, frame.FormError{Href: "#p-" + b.Key(), Message: workflow.Text{PL: b.Name().PL + ": " + message.PL, EN: b.Name().EN + ": " + message.EN}})
		}
		if b.Told != nil && b.Told.Kind != "ok" && b.Told.Kind != "" {
			wrong = append(wrong, frame.FormError{Href: "#p-" + b.Key(), Message: workflow.Text{PL: b.Name().PL + ": " + b.Told.Title.PL, EN: b.Name().EN + ": " + b.Told.Title.EN}})
		}
	}
	return wrong
}

// Name says which item it is.
func (b *ballot) Name() workflow.Text {
	if b.Print == "" {
		return workflow.Text{PL: b.Number, EN: b.Number}
	}
	return workflow.Text{PL: "Druk " + b.Print + " (" + b.Number + ")", EN: "Print " + b.Print + " (" + b.Number + ")"}
}

// saveVotes records the votes that were asked for, each by itself, and keeps everything else that was typed.
func (p *pages) saveVotes(w http.ResponseWriter, r *http.Request) error {
	day, err := dayOf(r)
	if err != nil {
		return err
	}
	sent, err := p.Read(r)
	if err != nil {
		return err
	}
	v, err := p.votingOf(r.Context(), day, call.Of(r).By())
	if err != nil {
		return err
	}
	for _, b := range v.Ballots {
		b.Form.Fill(sent)
	}
	if sent.Restored {
		return p.showVotes(w, r, http.StatusOK, v)
	}
	asked, tried := sent.Values.Get(pressed), 0
	for _, b := range v.Ballots {
		own := typedFor(sent.Values, b.Key())
		if asked != b.Key() && !typed(own) {
			continue
		}
		if asked == everyone || asked == checking || asked == b.Key() {
			tried++
		} else if b.Open() {
			continue
		}
		if err := p.cast(r, b, sent.Values, asked == checking); err != nil {
			return err
		}
	}
	if v.Tried = tried; tried == 0 {
		v.Beside = append(v.Beside, workflow.Text{
			PL: "Nie wpisano żadnego wyniku. Wpisz liczby głosów albo wklej wykaz imienny", EN: "No result was filled in. Type the numbers of votes or paste the roll call",
		})
	}
	return p.answerVotes(w, r, v, sent.Values)
}

// answerVotes shows the page anew with what came of each item, or leads to it where nothing typed is left.
func (p *pages) answerVotes(w http.ResponseWriter, r *http.Request, v *voting, values url.Values) error {
	now, err := p.votingOf(r.Context(), v.Date, call.Of(r).By())
	if err != nil {
		return err
	}
	now.Beside, now.Tried = v.Beside, v.Tried
	var done []string
	left := false
	for _, b := range now.Ballots {
		i := slices.IndexFunc(v.Ballots, func(old *ballot) bool { return old.Key() == b.Key() })
		if i < 0 {
			continue
		}
		old := v.Ballots[i]
		b.Told, b.Kept = old.Told, old.Kept
		if b.Told != nil && b.Told.Kind == "ok" {
			done, now.Saved = append(done, b.Key()), append(now.Saved, b)
			continue
		}
		if b.Result != nil && b.Kept != "" {
			b.Told = p.taken(r, b)
		}
		b.keep(old)
		left = left || typed(typedFor(values, b.Key()))
	}
	switch {
	case len(now.Errors()) > 0:
		return p.showVotes(w, r, http.StatusUnprocessableEntity, now)
	case left || len(done) == 0:
		return p.showVotes(w, r, http.StatusOK, now)
	}
	http.Redirect(w, r, "/sesje/"+string(v.Date)+"/glosowania?"+url.Values{recorded: {strings.Join(done, ".")}}.Encode(), http.StatusSeeOther)
	return nil
}

// keep takes over what was typed, and what is wrong with it, from the form as it was sent; the version is the present one.
func (b *ballot) keep(old *ballot) {
	b.Form.Beside = old.Form.Beside
	for i := range b.Form.Fields {
		field := &b.Form.Fields[i]
		if was := old.Form.Field(field.Name); field.Kind != frame.Hidden {
			field.Value, field.Wrong = was.Value, was.Wrong
		}
	}
}

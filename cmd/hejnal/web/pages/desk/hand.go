package desk

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
)

// What can be done with a task here, as addresses tell it.
const (
	taken    = "wzieto"
	given    = "oddano"
	assigned = "przydzielono"
)

// Fields of the forms.
const (
	backField   = "wroc"
	personField = "osoba"
	taskField   = "zadanie"
)

func (p *pages) claim(w http.ResponseWriter, r *http.Request) error {
	return p.hand(w, r, taken, p.Engine.Claim)
}

func (p *pages) release(w http.ResponseWriter, r *http.Request) error {
	return p.hand(w, r, given, p.Engine.Release)
}

// hand changes whose a task is, and leads back to the list that it was done on.
func (p *pages) hand(w http.ResponseWriter, r *http.Request, done string, do func(context.Context, engine.Request, string) (engine.Result, error)) error {
	id, err := call.ID(r, "id")
	if err != nil {
		return err
	}
	sent, err := p.Read(r)
	if err != nil {
		return err
	}
	back := backTo(sent.Values.Get(backField))
	if sent.Restored {
		http.Redirect(w, r, back, http.StatusSeeOther)
		return nil
	}
	if _, err := do(r.Context(), engine.Request{By: call.Of(r).By(), TraceParent: call.Of(r).Trace}, id); err != nil {
		return err
	}
	http.Redirect(w, r, telling(back, done, id), http.StatusSeeOther)
	return nil
}

// backTo is the list to lead back to: an address elsewhere leads to one's own tasks.
func backTo(address string) string {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Host != "" || parsed.IsAbs() || (parsed.Path != minePath && parsed.Path != queuePath) {
		return minePath
	}
	return parsed.String()
}

// telling is an address that says what was done with a task.
func telling(address, done, id string) string {
	separator := "?"
	if strings.Contains(address, "?") {
		separator = "&"
	}
	return address + separator + url.Values{frame.DoneField: {done}, taskField: {id}}.Encode()
}

// told puts what was just done into words.
func (p *pages) told(r *http.Request) (workflow.Text, error) {
	done, id := r.URL.Query().Get(frame.DoneField), r.URL.Query().Get(taskField)
	if done == "" || id == "" {
		return workflow.Text{}, nil
	}
	task, err := p.Store.Task(r.Context(), id)
	if errors.Is(err, store.ErrNotFound) {
		return workflow.Text{}, nil
	}
	if err != nil {
		return workflow.Text{}, fmt.Errorf("load task: %w", err)
	}
	holder, err := p.Names().Of(r.Context(), task.Assignee)
	if err != nil {
		return workflow.Text{}, err
	}
	title := workflow.Text{PL: "„" + task.Title.PL + "”", EN: "“" + task.Title.EN + "”"}
	switch {
	case done == taken && task.Assignee == call.Of(r).Person.ID:
		return workflow.Text{PL: "Zadanie " + title.PL + " jest teraz Twoje.", EN: "The task " + title.EN + " is yours now."}, nil
	case done == given && task.Assignee == "":
		return workflow.Text{PL: "Zadanie " + title.PL + " wróciło do zespołu. Może je wziąć każdy z tą rolą.", EN: "The task " + title.EN + " is back with the team. Anybody in the role can take it."}, nil
	case done == assigned && task.Assignee != "":
		return workflow.Text{PL: "Zadanie " + title.PL + " ma teraz: " + holder + ".", EN: "The task " + title.EN + " is now with: " + holder + "."}, nil
	}
	return workflow.Text{}, nil
}

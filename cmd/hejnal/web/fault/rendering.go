package fault

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"hejnal/cmd/hejnal/engine"
	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// Rendering is an error as it is answered, in both languages.
type Rendering struct {
	Status  int
	Code    string
	Title   workflow.Text
	Detail  workflow.Text
	Blocked []workflow.Blocker
	Errors  []workflow.FieldError
	Moved   *Moved
	Header  http.Header
}

// Moved says at which version a thing is now, and who brought it there by what.
type Moved struct {
	Version    int64  `json:"version"`
	User       string `json:"user,omitempty"`
	Role       string `json:"role,omitempty"`
	Name       string `json:"name,omitempty"`
	By         string `json:"by,omitempty" doc:"the transition, or attach_document"`
	RecordedAt string `json:"recorded_at" format:"date-time"`
}

// People names those who moved a thing.
type People interface {
	Person(ctx context.Context, id string) (store.Person, error)
}

// Of renders an error; one that it does not know is a neutral 500.
func Of(ctx context.Context, people People, err error) Rendering {
	var refusal *workflow.Refusal
	var moved *engine.MovedError
	var partner *engine.StalePartnerError
	var garbled *UnreadableError
	var large *TooLargeError
	switch {
	case errors.As(err, &refusal):
		return refused(refusal)
	case errors.As(err, &moved):
		return movedCase(ctx, people, moved)
	case errors.As(err, &partner):
		return movedPartner(partner.Partner)
	case errors.As(err, &garbled):
		return Rendering{Status: garbled.Status, Code: "unreadable", Title: workflow.Text{PL: "Żądania nie da się odczytać", EN: "The request cannot be read"}, Detail: garbled.Message}
	case errors.As(err, &large):
		return tooLarge(large)
	}
	for _, known := range simple {
		if errors.Is(err, known.err) {
			return known.Rendering
		}
	}
	return internal
}

// refused renders a refusal of the core by its kind.
func refused(r *workflow.Refusal) Rendering {
	d := Rendering{Detail: r.Message, Blocked: r.Blockers, Errors: r.Errors}
	switch r.Kind {
	case workflow.Forbidden:
		d.Status, d.Code, d.Title = http.StatusForbidden, "forbidden", workflow.Text{PL: "Inna rola", EN: "Another role's part"}
	case workflow.NotHere:
		d.Status, d.Code, d.Title = http.StatusConflict, "not_offered", workflow.Text{PL: "Stan tego nie oferuje", EN: "The state does not offer it"}
	case workflow.Blocked:
		d.Status, d.Code, d.Title = http.StatusConflict, "blocked", workflow.Text{PL: "Zablokowane", EN: "Blocked"}
	case workflow.Unknown:
		d.Status, d.Code, d.Title = http.StatusUnprocessableEntity, string(workflow.Unknown), workflow.Text{PL: "Nieznana czynność", EN: "Unknown transition"}
	case workflow.Invalid:
		d.Status, d.Code, d.Title = http.StatusUnprocessableEntity, "invalid", workflow.Text{PL: "Nieprawidłowe dane", EN: "Invalid data"}
	default:
		return internal
	}
	return d
}

// notForReader refuses somebody of whose roles none reads a thing, and names those that do.
func notForReader(reads func(workflow.Role) bool, pl, en string) *workflow.Refusal {
	var readers []workflow.Role
	var names []string
	for _, role := range workflow.Roles() {
		if reads(role) {
			readers, names = append(readers, role), append(names, string(role))
		}
	}
	list := strings.Join(names, ", ")
	message := workflow.Text{PL: pl + " Czytają: " + list + ".", EN: en + " Who can: " + list + "."}
	return &workflow.Refusal{Kind: workflow.Forbidden, Message: message, Who: readers, Blockers: []workflow.Blocker{{
		Code: "role", Message: message, Severity: workflow.Block, Who: readers,
	}}}
}

func tooLarge(e *TooLargeError) Rendering {
	size := fmt.Sprintf("%d MiB (%d B)", e.Bound>>20, e.Bound)
	return Rendering{
		Status: http.StatusRequestEntityTooLarge, Code: "too_large", Title: workflow.Text{PL: "Za duże", EN: "Too large"},
		Detail: workflow.Text{PL: e.What.PL + " może mieć najwyżej " + size + ".", EN: e.What.EN + " may have at most " + size + "."},
	}
}

// movedCase says who moved a case on from the version that the caller had seen.
func movedCase(ctx context.Context, people People, e *engine.MovedError) Rendering {
	last := e.Last
	by := &Moved{
		Version: e.Proposal.Version, User: last.Actor.User, Role: string(last.Actor.Role), By: last.Transition, RecordedAt: last.RecordedAt.Format(time.RFC3339Nano),
	}
	when := last.RecordedAt
	for _, document := range e.Proposal.Documents {
		if document.AttachedAt.After(when) {
			when = document.AttachedAt
			by.User, by.Role, by.By, by.RecordedAt = document.By, "", "attach_document", when.Format(time.RFC3339Nano)
		}
	}
	who := by.User
	if person, err := people.Person(ctx, by.User); err == nil {
		by.Name = person.FullName
		if by.Name == "" {
			by.Name = person.Name
		}
		who = by.Name
	}
	at := when.In(calendar.Zone()).Format("2006-01-02 15:04:05")
	return stale(by, workflow.Text{
		PL: fmt.Sprintf("Sprawę zmienił(a) %s (%s) dnia %s; jej wersja to teraz %d. Wczytaj ją ponownie.", who, by.By, at, by.Version),
		EN: fmt.Sprintf("%s moved the case (%s) on %s; its version is now %d. Read it again.", who, by.By, at, by.Version),
	})
}

func movedPartner(p store.Partner) Rendering {
	at := p.UpdatedAt.In(calendar.Zone()).Format("2006-01-02 15:04:05")
	return stale(&Moved{Version: p.Version, RecordedAt: p.UpdatedAt.Format(time.RFC3339Nano)}, workflow.Text{
		PL: fmt.Sprintf("Dane partnera zmieniono dnia %s; ich wersja to teraz %d. Wczytaj je ponownie.", at, p.Version),
		EN: fmt.Sprintf("The partner was changed on %s; its version is now %d. Read it again.", at, p.Version),
	})
}

func stale(by *Moved, detail workflow.Text) Rendering {
	return Rendering{
		Status: http.StatusPreconditionFailed, Code: "stale", Title: workflow.Text{PL: "Wersja jest nieaktualna", EN: "The version is stale"},
		Detail: detail, Moved: by,
	}
}

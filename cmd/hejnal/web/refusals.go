package web

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

// Errors of the face itself.
var (
	errNoRoute      = errors.New("no such route")
	errNoMethod     = errors.New("no such method here")
	errNotSignedIn  = errors.New("not signed in")
	errTooOften     = errors.New("too many failures to sign in")
	errOtherBody    = errors.New("idempotency key was used with another body")
	errNoVersion    = errors.New("If-Match on what has no version")
	errNotForReader = errors.New("the person's roles do not read cases")
)

// unavailableError says that the program cannot work at the moment, and what its checks found.
type unavailableError struct {
	cause  error
	checks map[string]checked
}

// Error describes the cause.
func (e *unavailableError) Error() string { return "not ready: " + e.cause.Error() }

// Unwrap returns the cause.
func (e *unavailableError) Unwrap() error { return e.cause }

// rendering is an error as it is answered, in both languages.
type rendering struct {
	status  int
	code    string
	title   workflow.Text
	detail  workflow.Text
	blocked []workflow.Blocker
	errors  []workflow.FieldError
	moved   *moved
	checks  map[string]checked
	header  http.Header
}

func (d rendering) problem(language string) problem {
	p := problem{
		Type: "urn:hejnal:problem:" + d.code, Title: d.title.In(language), Status: d.status, Detail: d.detail.In(language), Code: d.code,
		BlockedBy: d.blocked, Moved: d.moved, Checks: d.checks,
	}
	for _, wrong := range d.errors {
		p.Errors = append(p.Errors, fieldProblem{Pointer: wrong.Pointer, Message: wrong.Message.In(language)})
	}
	return p
}

// problemOf is the one table from errors to answers.
func (s *server) problemOf(r *http.Request, err error) rendering {
	var refusal *workflow.Refusal
	var moved *engine.MovedError
	var partner *engine.StalePartnerError
	var garbled *unreadableError
	var large *tooLargeError
	switch {
	case errors.As(err, &refusal):
		return refused(refusal)
	case errors.As(err, &moved):
		return s.movedCase(r.Context(), moved)
	case errors.As(err, &partner):
		return movedPartner(partner.Partner)
	case errors.As(err, &garbled):
		return rendering{status: garbled.status, code: "unreadable", title: workflow.Text{PL: "Żądania nie da się odczytać", EN: "The request cannot be read"}, detail: garbled.message}
	case errors.As(err, &large):
		return tooLarge(large)
	}
	var notReady *unavailableError
	if errors.As(err, &notReady) {
		rendered := unavailable
		rendered.checks = notReady.checks
		return rendered
	}
	for _, known := range simple {
		if errors.Is(err, known.err) {
			return known.rendering
		}
	}
	return internal
}

// simple are the errors whose answer is always the same; the first that matches is taken.
var simple = []struct {
	err error
	rendering
}{
	{errNoRoute, rendering{
		status: http.StatusNotFound, code: "not_found", title: workflow.Text{PL: "Nie znaleziono", EN: "Not found"},
		detail: workflow.Text{PL: "Nie ma takiego adresu. Opis adresów: /openapi.json.", EN: "There is no such address. The addresses are described by /openapi.json."},
	}},
	{errNoMethod, rendering{
		status: http.StatusMethodNotAllowed, code: "method_not_allowed", title: workflow.Text{PL: "Niedozwolona metoda", EN: "Method not allowed"},
		detail: workflow.Text{PL: "Ten adres nie obsługuje tej metody; obsługiwane wymienia nagłówek Allow.", EN: "This address does not have this method; the header Allow names those it has."},
	}},
	{errNotSignedIn, rendering{
		status: http.StatusUnauthorized, code: "unauthorized", title: workflow.Text{PL: "Wymagane zalogowanie", EN: "Sign in first"},
		detail: workflow.Text{
			PL: "Podaj ważny token w nagłówku Authorization: Bearer TOKEN.", EN: "Give a valid token in the header Authorization: Bearer TOKEN.",
		},
		header: http.Header{"Www-Authenticate": {`Bearer realm="hejnal"`}},
	}},
	{errTooOften, rendering{
		status: http.StatusTooManyRequests, code: "too_many_failures", title: workflow.Text{PL: "Zbyt wiele nieudanych prób", EN: "Too many failed attempts"},
		detail: workflow.Text{PL: "Spróbuj ponownie za minutę.", EN: "Try again in a minute."}, header: http.Header{"Retry-After": {"60"}},
	}},
	{errOtherBody, rendering{
		status: http.StatusUnprocessableEntity, code: "key_reused", title: workflow.Text{PL: "Klucz użyty z inną treścią", EN: "Key used with another body"},
		detail: workflow.Text{
			PL: "Ten Idempotency-Key był już użyty z inną treścią. Użyj nowego klucza.", EN: "This Idempotency-Key was already used with another body. Use a new key.",
		},
		errors: []workflow.FieldError{{Pointer: "", Message: workflow.Text{
			PL: "Treść różni się od tej, z którą klucz był użyty.", EN: "The body differs from the one that the key was used with.",
		}}},
	}},
	{store.ErrKeyUsed, rendering{
		status: http.StatusConflict, code: "key_in_use", title: workflow.Text{PL: "Klucz jest w użyciu", EN: "The key is in use"},
		detail: workflow.Text{PL: "Żądanie z tym kluczem jest właśnie wykonywane.", EN: "A request with this key is being made."}, header: http.Header{"Retry-After": {"1"}},
	}},
	{errNoVersion, rendering{
		status: http.StatusPreconditionFailed, code: "stale", title: workflow.Text{PL: "Nie ma takiej wersji", EN: "There is no such version"},
		detail: workflow.Text{PL: "To, co dopiero powstaje, nie ma wersji; pomiń If-Match.", EN: "What is only being made has no version; leave out If-Match."},
	}},
	{errNotForReader, refused(notForReader())},
	{store.ErrNotFound, rendering{
		status: http.StatusNotFound, code: "not_found", title: workflow.Text{PL: "Nie znaleziono", EN: "Not found"},
		detail: workflow.Text{PL: "Nie ma takiego wpisu.", EN: "There is no such entry."},
	}},
	{store.ErrCursor, rendering{
		status: http.StatusUnprocessableEntity, code: "invalid", title: workflow.Text{PL: "Nieprawidłowe dane", EN: "Invalid data"},
		detail: workflow.Text{PL: "Nieczytelny kursor. Podaj next_cursor z poprzedniej strony, z tymi samymi filtrami.", EN: "The cursor is not understood. Give the next_cursor of the page before, with the same filters."},
		errors: []workflow.FieldError{{Pointer: "/query/cursor", Message: workflow.Text{PL: "Nieczytelny kursor.", EN: "The cursor is not understood."}}},
	}},
	{store.ErrStale, rendering{
		status: http.StatusConflict, code: "busy", title: workflow.Text{PL: "Zbyt wiele zmian naraz", EN: "Too many changes at once"},
		detail: workflow.Text{PL: "Inni zmieniali to samo w tej chwili. Spróbuj ponownie.", EN: "Others changed the same at this moment. Try again."}, header: http.Header{"Retry-After": {"1"}},
	}},
	{store.ErrExists, rendering{
		status: http.StatusConflict, code: "exists", title: workflow.Text{PL: "Już istnieje", EN: "Already exists"},
		detail: workflow.Text{PL: "Taki wpis już istnieje.", EN: "Such an entry already exists."},
	}},
	{store.ErrFull, rendering{
		status: http.StatusInsufficientStorage, code: "no_room", title: workflow.Text{PL: "Brak miejsca na dysku", EN: "No room on the disk"},
		detail: workflow.Text{
			PL: "Niczego nie zapisano. Administrator musi zwolnić miejsce; potem spróbuj ponownie.",
			EN: "Nothing was written. The operator has to make room; try again then.",
		},
		header: http.Header{"Retry-After": {"30"}},
	}},
	{store.ErrClosed, unavailable},
	{store.ErrUnavailable, unavailable},
	{context.DeadlineExceeded, unavailable},
	{context.Canceled, unavailable},
}

var unavailable = rendering{
	status: http.StatusServiceUnavailable, code: "unavailable", title: workflow.Text{PL: "Chwilowo niedostępne", EN: "Not available at the moment"},
	detail: workflow.Text{PL: "Spróbuj ponownie za chwilę.", EN: "Try again in a moment."}, header: http.Header{"Retry-After": {"5"}},
}

var internal = rendering{
	status: http.StatusInternalServerError, code: "internal", title: workflow.Text{PL: "Błąd wewnętrzny", EN: "Internal error"},
	detail: workflow.Text{
		PL: "Coś poszło nie tak po naszej stronie. Nic nie zostało zmienione częściowo.", EN: "Something went wrong on our side. Nothing was changed in part.",
	},
}

// refused renders a refusal of the core by its kind.
func refused(r *workflow.Refusal) rendering {
	d := rendering{detail: r.Message, blocked: r.Blockers, errors: r.Errors}
	switch r.Kind {
	case workflow.Forbidden:
		d.status, d.code, d.title = http.StatusForbidden, "forbidden", workflow.Text{PL: "Inna rola", EN: "Another role's part"}
	case workflow.NotHere:
		d.status, d.code, d.title = http.StatusConflict, "not_offered", workflow.Text{PL: "Stan tego nie oferuje", EN: "The state does not offer it"}
	case workflow.Blocked:
		d.status, d.code, d.title = http.StatusConflict, "blocked", workflow.Text{PL: "Zablokowane", EN: "Blocked"}
	case workflow.Unknown:
		d.status, d.code, d.title = http.StatusUnprocessableEntity, string(workflow.Unknown), workflow.Text{PL: "Nieznana czynność", EN: "Unknown transition"}
	case workflow.Invalid:
		d.status, d.code, d.title = http.StatusUnprocessableEntity, "invalid", workflow.Text{PL: "Nieprawidłowe dane", EN: "Invalid data"}
	default:
		return internal
	}
	return d
}

func notForReader() *workflow.Refusal {
	var readers []workflow.Role
	var names []string
	for _, role := range workflow.Roles() {
		if role != workflow.Subscriber {
			readers, names = append(readers, role), append(names, string(role))
		}
	}
	list := strings.Join(names, ", ")
	message := workflow.Text{PL: "Twoja rola nie czyta spraw. Czytają: " + list + ".", EN: "Your role does not read cases. Who can: " + list + "."}
	return &workflow.Refusal{Kind: workflow.Forbidden, Message: message, Who: readers, Blockers: []workflow.Blocker{{
		Code: "role", Message: message, Severity: workflow.Block, Who: readers,
	}}}
}

func tooLarge(e *tooLargeError) rendering {
	size := fmt.Sprintf("%d MiB (%d B)", e.bound>>20, e.bound)
	return rendering{
		status: http.StatusRequestEntityTooLarge, code: "too_large", title: workflow.Text{PL: "Za duże", EN: "Too large"},
		detail: workflow.Text{PL: e.what.PL + " może mieć najwyżej " + size + ".", EN: e.what.EN + " may have at most " + size + "."},
	}
}

// movedCase says who moved a case on from the version that the caller had seen.
func (s *server) movedCase(ctx context.Context, e *engine.MovedError) rendering {
	last := e.Last
	by := &moved{
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
	if person, err := s.Store.Person(ctx, by.User); err == nil {
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

func movedPartner(p store.Partner) rendering {
	at := p.UpdatedAt.In(calendar.Zone()).Format("2006-01-02 15:04:05")
	return stale(&moved{Version: p.Version, RecordedAt: p.UpdatedAt.Format(time.RFC3339Nano)}, workflow.Text{
		PL: fmt.Sprintf("Dane partnera zmieniono dnia %s; ich wersja to teraz %d. Wczytaj je ponownie.", at, p.Version),
		EN: fmt.Sprintf("The partner was changed on %s; its version is now %d. Read it again.", at, p.Version),
	})
}

func stale(by *moved, detail workflow.Text) rendering {
	return rendering{
		status: http.StatusPreconditionFailed, code: "stale", title: workflow.Text{PL: "Wersja jest nieaktualna", EN: "The version is stale"},
		detail: detail, moved: by,
	}
}

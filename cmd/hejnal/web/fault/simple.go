package fault

import (
	"context"
	"net/http"

	"hejnal/store"
	"hejnal/workflow"
)

// simple are the errors whose answer is always the same; the first that matches is taken.
var simple = []struct {
	err error
	Rendering
}{
	{ErrNoRoute, Rendering{
		Status: http.StatusNotFound, Code: "not_found", Title: workflow.Text{PL: "Nie znaleziono", EN: "Not found"},
		Detail: workflow.Text{PL: "Nie ma takiego adresu. Opis adresów: /openapi.json.", EN: "There is no such address. The addresses are described by /openapi.json."},
	}},
	{ErrNoMethod, Rendering{
		Status: http.StatusMethodNotAllowed, Code: "method_not_allowed", Title: workflow.Text{PL: "Niedozwolona metoda", EN: "Method not allowed"},
		Detail: workflow.Text{PL: "Ten adres nie obsługuje tej metody; obsługiwane wymienia nagłówek Allow.", EN: "This address does not have this method; the header Allow names those it has."},
	}},
	{ErrNotSignedIn, Rendering{
		Status: http.StatusUnauthorized, Code: "unauthorized", Title: workflow.Text{PL: "Wymagane zalogowanie", EN: "Sign in first"},
		Detail: workflow.Text{
			PL: "Podaj ważny token w nagłówku Authorization: Bearer TOKEN.", EN: "Give a valid token in the header Authorization: Bearer TOKEN.",
		},
		Header: http.Header{"Www-Authenticate": {`Bearer realm="hejnal"`}},
	}},
	{ErrTooOften, Rendering{
		Status: http.StatusTooManyRequests, Code: "too_many_failures", Title: workflow.Text{PL: "Zbyt wiele nieudanych prób", EN: "Too many failed attempts"},
		Detail: workflow.Text{
			PL: "Po zbyt wielu nieudanych próbach logowanie jest wstrzymane. Spróbuj ponownie za minutę.",
			EN: "After too many failed attempts, signing in is held up. Try again in a minute.",
		},
		Header: http.Header{"Retry-After": {"60"}},
	}},
	{ErrBusy, Rendering{
		Status: http.StatusTooManyRequests, Code: "busy", Title: workflow.Text{PL: "Za dużo naraz", EN: "Too much at once"},
		Detail: workflow.Text{
			PL: "To, o co prosisz, już się przygotowuje dla Ciebie albo dla innych. Spróbuj ponownie za chwilę.", EN: "What you ask for is being prepared already, for you or for others. Try again in a moment.",
		},
		Header: http.Header{"Retry-After": {"5"}},
	}},
	{ErrCrowded, Rendering{
		Status: http.StatusTooManyRequests, Code: "busy", Title: workflow.Text{PL: "Zbyt wiele logowań naraz", EN: "Too many sign-ins at once"},
		Detail: workflow.Text{
			PL: "Zbyt wiele osób loguje się naraz, więc hasła nie sprawdzono. Spróbuj ponownie za kilka sekund.",
			EN: "Too many people sign in at once, so the password was not checked. Try again in a few seconds.",
		},
		Header: http.Header{"Retry-After": {"3"}},
	}},
	{ErrOtherBody, Rendering{
		Status: http.StatusUnprocessableEntity, Code: "key_reused", Title: workflow.Text{PL: "Klucz użyty z inną treścią", EN: "Key used with another body"},
		Detail: workflow.Text{
			PL: "Ten Idempotency-Key był już użyty z inną treścią. Użyj nowego klucza.", EN: "This Idempotency-Key was already used with another body. Use a new key.",
		},
		Errors: []workflow.FieldError{{Pointer: "", Message: workflow.Text{
			PL: "Treść różni się od tej, z którą klucz był użyty.", EN: "The body differs from the one that the key was used with.",
		}}},
	}},
	{store.ErrKeyUsed, Rendering{
		Status: http.StatusConflict, Code: "key_in_use", Title: workflow.Text{PL: "Klucz jest w użyciu", EN: "The key is in use"},
		Detail: workflow.Text{PL: "Żądanie z tym kluczem jest właśnie wykonywane.", EN: "A request with this key is being made."}, Header: http.Header{"Retry-After": {"1"}},
	}},
	{ErrNoVersion, Rendering{
		Status: http.StatusPreconditionFailed, Code: "stale", Title: workflow.Text{PL: "Nie ma takiej wersji", EN: "There is no such version"},
		Detail: workflow.Text{PL: "To, co ma się zmienić, nie ma wersji; pomiń If-Match.", EN: "What is to change has no version; leave out If-Match."},
	}},
	{ErrNoRange, Rendering{
		Status: http.StatusRequestedRangeNotSatisfiable, Code: "no_range", Title: workflow.Text{PL: "Nie ma takiego fragmentu", EN: "There is no such part"},
		Detail: workflow.Text{
			PL: "Nagłówek Range wskazuje fragment poza plikiem; wielkość pliku podaje Content-Range.", EN: "The header Range names a part beyond the file; Content-Range gives its size.",
		},
	}},
	{ErrOtherFile, Rendering{
		Status: http.StatusPreconditionFailed, Code: "stale", Title: workflow.Text{PL: "To inny plik", EN: "This is another file"},
		Detail: workflow.Text{PL: "Plik nie jest tym, o którym mówi If-Match albo If-Unmodified-Since; pobierz go bez nich.", EN: "The file is not the one of If-Match or If-Unmodified-Since; read it without them."},
	}},
	{ErrNotForReader, refused(notForReader(workflow.Role.Reads, "Twoja rola nie czyta spraw.", "Your role does not read cases."))},
	{ErrNotPersonal, refused(notForReader(workflow.Role.ReadsPersonal, "Twoja rola nie czyta rozmów o sprawach.", "Your role does not read what is said about cases."))},
	{store.ErrNotFound, Rendering{
		Status: http.StatusNotFound, Code: "not_found", Title: workflow.Text{PL: "Nie znaleziono", EN: "Not found"},
		Detail: workflow.Text{PL: "Nie ma takiego wpisu.", EN: "There is no such entry."},
	}},
	{store.ErrCursor, Rendering{
		Status: http.StatusUnprocessableEntity, Code: "invalid", Title: workflow.Text{PL: "Nieprawidłowe dane", EN: "Invalid data"},
		Detail: workflow.Text{
			PL: "Nie ma takiej strony listy: adres jest niepełny albo należy do innej listy. Zacznij od pierwszej strony; w API podaj next_cursor z poprzedniej, z tymi samymi filtrami.",
			EN: "The list has no such page: the address is not whole, or belongs to another list. Begin with the first page; in the API give the next_cursor of the one before, with the same filters.",
		},
		Errors: []workflow.FieldError{{Pointer: "/query/cursor", Message: workflow.Text{PL: "Nieczytelny kursor.", EN: "The cursor is not understood."}}},
	}},
	{store.ErrStale, Rendering{
		Status: http.StatusConflict, Code: "busy", Title: workflow.Text{PL: "Zbyt wiele zmian naraz", EN: "Too many changes at once"},
		Detail: workflow.Text{PL: "Inni zmieniali to samo w tej chwili. Spróbuj ponownie.", EN: "Others changed the same at this moment. Try again."}, Header: http.Header{"Retry-After": {"1"}},
	}},
	{store.ErrExists, Rendering{
		Status: http.StatusConflict, Code: "exists", Title: workflow.Text{PL: "Już istnieje", EN: "Already exists"},
		Detail: workflow.Text{PL: "Taki wpis już istnieje.", EN: "Such an entry already exists."},
	}},
	{store.ErrFull, Rendering{
		Status: http.StatusInsufficientStorage, Code: "no_room", Title: workflow.Text{PL: "Brak miejsca na dysku", EN: "No room on the disk"},
		Detail: workflow.Text{
			PL: "Niczego nie zapisano. Administrator musi zwolnić miejsce; potem spróbuj ponownie.",
			EN: "Nothing was written. The operator has to make room; try again then.",
		},
		Header: http.Header{"Retry-After": {"30"}},
	}},
	{store.ErrClosed, Unavailable},
	{store.ErrUnavailable, Unavailable},
	{context.DeadlineExceeded, Unavailable},
	{context.Canceled, Unavailable},
}

// Unavailable is what cannot be answered at the moment.
var Unavailable = Rendering{
	Status: http.StatusServiceUnavailable, Code: "unavailable", Title: workflow.Text{PL: "Chwilowo niedostępne", EN: "Not available at the moment"},
	Detail: workflow.Text{PL: "Spróbuj ponownie za chwilę.", EN: "Try again in a moment."}, Header: http.Header{"Retry-After": {"5"}},
}

var internal = Rendering{
	Status: http.StatusInternalServerError, Code: "internal", Title: workflow.Text{PL: "Błąd wewnętrzny", EN: "Internal error"},
	Detail: workflow.Text{
		PL: "Coś poszło nie tak po naszej stronie. Nic nie zostało zmienione częściowo.", EN: "Something went wrong on our side. Nothing was changed in part.",
	},
}

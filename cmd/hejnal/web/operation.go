package web

import (
	"mime"
	"net/http"

	"hejnal/cmd/hejnal/web/fault"
	"hejnal/cmd/hejnal/web/intake"
	"hejnal/workflow"
)

// access says who may call an operation; what of it is theirs to change is for the core to say.
type access int

const (
	anybody  access = iota // without signing in
	signedIn               // everybody who is known
	readers                // everybody who reads cases
)

// operation is one call of the API: how it is reached, described and answered.
type operation struct {
	Method, Path string
	ID, Tag      string
	Summary      string
	Access       access
	Query        []parameter
	Body         any  // a value of the type of the JSON body; nil: none
	Optional     bool // the body may be empty
	Upload       bool // multipart body of a document
	Writes       bool // takes If-Match and Idempotency-Key
	Status       int
	Also         int    // another status of success
	AlsoAnswer   any    // what it answers; nil: the same
	Answer       any    // a value of the type of the answer; nil: not JSON
	Media        string // media type of an answer that is not JSON
	handle       handler
}

// parameter is one query parameter.
type parameter struct {
	Name, Doc string
	Values    []string // the values allowed; empty: any
	Type      string   // string when empty
}

// chain puts before the handler what comes before it for every operation alike.
func (op operation) chain(s *server) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		var err error
		read := &asked{query: op.Query}
		r = withAsked(r, read)
		switch {
		case op.Body != nil:
			read.body, err = readBody(r)
			if err == nil && read.body == nil && !op.Optional {
				err = fault.Unreadable("Brakuje treści żądania: obiektu JSON.", "The request has no body: a JSON object is needed.")
			}
		case op.Upload:
			err = checkUpload(r)
		}
		if err != nil {
			return err
		}
		if op.Access == anybody {
			return op.handle(w, r)
		}
		if err := s.signIn(w, r); err != nil {
			return err
		}
		if op.Access == readers && !readsCases(callOf(r).Person) {
			return fault.ErrNotForReader
		}
		if err := op.asksNothingElse(r); err != nil {
			return err
		}
		return op.handle(w, r)
	}
}

// asksNothingElse refuses parameters to an operation that has none: whoever writes ?dry_run=true beside an act means something by it.
func (op operation) asksNothingElse(r *http.Request) error {
	if len(op.Query) > 0 || r.URL.RawQuery == "" {
		return nil
	}
	q, err := queryOf(r)
	if err != nil {
		return err
	}
	return q.err()
}

func checkUpload(r *http.Request) error {
	kind, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" || parameters["boundary"] == "" {
		return &fault.UnreadableError{Status: http.StatusUnsupportedMediaType, Message: workflow.Text{
			PL: "Treść żądania musi być typu multipart/form-data.", EN: "The request body must be of the type multipart/form-data.",
		}}
	}
	if r.ContentLength > intake.Most+maxForm {
		return intake.TooLarge
	}
	return nil
}

package casefile

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"hejnal/cmd/hejnal/document"
	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/intake"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/cmd/hejnal/web/pages/listening"
	"hejnal/store"
	"hejnal/workflow"
)

// documentsView is what the page of a case's documents shows.
type documentsView struct {
	Head      head
	Kinds     []kindOfDocuments
	Checklist *checklist
	Form      frame.Form
	MayAttach bool
	Attached  bool
}

// kindOfDocuments are the versions of one kind, the newest first.
type kindOfDocuments struct {
	Title     workflow.Text
	Documents []shownDocument
}

type shownDocument struct {
	workflow.Document
	Href   string
	Who    string
	Newest bool
}

func (s *subject) documents(r *http.Request) []kindOfDocuments {
	var kinds []kindOfDocuments
	for _, code := range s.Definition.Source.City.Documents {
		one := kindOfDocuments{Title: code.Title}
		for _, d := range slices.Backward(s.Proposal.Documents) {
			if d.Kind == code.ID {
				one.Documents = append(one.Documents, shownDocument{
					Document: d, Href: s.path() + "/dokumenty/" + d.ID, Who: s.actor(r.Context(), workflow.Actor{User: d.By, OnBehalfOf: d.OnBehalfOf}), Newest: len(one.Documents) == 0,
				})
			}
		}
		if len(one.Documents) > 0 {
			kinds = append(kinds, one)
		}
	}
	return kinds
}

func (p *pages) documents(w http.ResponseWriter, r *http.Request) error {
	s, err := p.subject(r)
	if err != nil {
		return err
	}
	return p.showDocuments(w, r, s, http.StatusOK, attachForm(s, p.NewID()))
}

func (p *pages) showDocuments(w http.ResponseWriter, r *http.Request, s *subject, status int, form frame.Form) error {
	shown := documentsView{
		Head: s.head(r.Context(), "documents"), Kinds: s.documents(r), Checklist: s.nextChecklist(), Form: form,
		MayAttach: s.moves(), Attached: r.URL.Query().Has("dodano"),
	}
	return p.Render(w, r, status, frame.Page{
		Template: "casefile/documents", Title: s.words.T("Dokumenty: ", "Documents: ") + s.Proposal.Number, Main: shown, Wrong: form.Wrong(),
		Live: listening.Path + "?sprawa=" + s.Proposal.ID,
	})
}

// accepted are the endings of files that are taken.
const accepted = ".pdf,.docx,.odt,.txt,.xml,.xades,.png,.jpg,.jpeg"

func fileHint() workflow.Text {
	return workflow.Text{PL: "Przyjmowane: " + document.Accepted + ". Do 25 MB.", EN: "Accepted: " + document.Accepted + ". Up to 25 MB."}
}

func attachForm(s *subject, key string) frame.Form {
	kinds := frame.Field{Name: "kind", Kind: frame.Select, Label: workflow.Text{PL: "Rodzaj dokumentu", EN: "Kind of document"}, Options: frame.OptionsOf(s.Definition.Source.City.Documents)}
	return frame.Form{Fields: []frame.Field{
		kinds,
		{Name: "title", Kind: frame.Line, Label: workflow.Text{PL: "Tytuł", EN: "Title"}, Optional: true, Most: 200, Hint: workflow.Text{PL: "Jeśli nic nie wpiszesz, tytułem będzie nazwa pliku.", EN: "If you type nothing, the name of the file is the title."}},
		{Name: "language", Kind: frame.Line, Label: workflow.Text{PL: "Język", EN: "Language"}, Optional: true, Most: 2, Hint: workflow.Text{PL: "Kod, na przykład pl, en, de.", EN: "A code, for example pl, en, de."}},
		{Name: "date", Kind: frame.Date, Label: workflow.Text{PL: "Data dokumentu", EN: "Date of the document"}, Optional: true},
		{Name: "file", Kind: frame.Attachment, Label: workflow.Text{PL: "Plik", EN: "File"}, Hint: fileHint(), Accept: accepted},
		{Name: frame.KeyField, Kind: frame.Hidden, Value: key},
	}}
}

func (p *pages) attach(w http.ResponseWriter, r *http.Request) error {
	s, err := p.subject(r)
	if err != nil {
		return err
	}
	form := attachForm(s, p.NewID())
	if _, err := p.Engine.MayAttach(r.Context(), engine.Request{By: s.Reader}, s.Proposal.ID); err != nil {
		return err
	}
	sent, err := p.ReadFiles(r, func(field string) bool { return field == "file" })
	if err != nil {
		return err
	}
	form.Fill(sent)
	if sent.Restored {
		return p.showDocuments(w, r, s, http.StatusOK, form)
	}
	form.Require()
	if language := form.Field("language").Value; language != "" && (len(language) != 2 || strings.Trim(strings.ToLower(language), "abcdefghijklmnopqrstuvwxyz") != "") {
		form.Refuse("language", "Wpisz kod języka z dwóch liter, na przykład pl, en, de", "Type the language as a code of two letters, for example pl, en, de")
	}
	file, ok := fileOf(sent, "file", &form)
	if form.Wrong() {
		return p.showDocuments(w, r, s, http.StatusUnprocessableEntity, form)
	}
	if !ok {
		form.Refuse("file", "Wybierz plik", "Choose a file")
		return p.showDocuments(w, r, s, http.StatusUnprocessableEntity, form)
	}
	file.Kind, file.Title, file.Language, file.Date = form.Field("kind").Value, form.Field("title").Value, strings.ToLower(form.Field("language").Value), form.Field("date").Value
	to := s.path() + "/dokumenty?dodano=1"
	_, err = p.Engine.Attach(r.Context(), p.Request(r, sent.Values, 0, func(engine.Result) string { return to }), s.Proposal.ID, file)
	var refusal *workflow.Refusal
	switch {
	case errors.As(err, &refusal) && refusal.Kind == workflow.Invalid:
		form.RefuseAll(refusal.Errors, func(pointer string) string { return strings.TrimPrefix(pointer, "/") })
		return p.showDocuments(w, r, s, http.StatusUnprocessableEntity, form)
	case err != nil && !errors.Is(err, store.ErrKeyUsed):
		return err
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// fileOf is the file that was sent in a field; one that was not taken is refused there.
func fileOf(sent frame.Sent, field string, form *frame.Form) (engine.File, bool) {
	for _, file := range sent.Files {
		if file.Field != field {
			continue
		}
		if !file.Wrong.IsZero() {
			form.Refuse(field, file.Wrong.PL, file.Wrong.EN)
			return engine.File{}, false
		}
		return engine.File{FileName: file.Name, MediaType: file.MediaType, Size: file.Size, SHA256: file.SHA256, NamesCity: file.NamesCity}, true
	}
	return engine.File{}, false
}

func (p *pages) download(w http.ResponseWriter, r *http.Request) error {
	s, err := p.subject(r)
	if err != nil {
		return err
	}
	id := chi.URLParam(r, "document")
	i := slices.IndexFunc(s.Proposal.Documents, func(d workflow.Document) bool { return d.ID == id })
	if i < 0 {
		return store.ErrNotFound
	}
	d := s.Proposal.Documents[i]
	return intake.Serve(w, r, p.Blobs, d, "private, no-cache")
}

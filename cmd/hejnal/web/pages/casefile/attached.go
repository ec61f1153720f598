package casefile

import (
	"net/http"
	"slices"
	"strings"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
)

// filesOf are the files of a form that are to be attached before its act. What is wrong with one is told in the form; one whose
// bytes the case has already is left out.
func (a *acting) filesOf(sent frame.Sent, form *frame.Form) []engine.File {
	var files []engine.File
	for _, file := range sent.Files {
		kind := sent.Values.Get(file.Field + kindSuffix)
		switch {
		case !file.Wrong.IsZero():
			form.Refuse(file.Field, "„"+file.Name+"”: "+file.Wrong.PL, "“"+file.Name+"”: "+file.Wrong.EN)
		case kind == "":
			form.Refuse(file.Field+kindSuffix, "Wybierz rodzaj dokumentu dla pliku „"+file.Name+"”", "Choose the kind of document for the file “"+file.Name+"”")
		case !a.holds(kind, file.SHA256):
			files = append(files, engine.File{
				Kind: kind, FileName: file.Name, MediaType: file.MediaType, Size: file.Size, SHA256: file.SHA256, NamesCity: file.NamesCity,
			})
		}
	}
	for _, field := range form.Apart {
		at, asked := strings.CutSuffix(field.Name, kindSuffix)
		given := slices.ContainsFunc(sent.Files, func(file frame.SentFile) bool { return file.Field == at })
		if asked && field.Kind == frame.Select && field.Value != "" && !given {
			form.Refuse(at, "Wybrano rodzaj dokumentu, a nie wybrano pliku. Wybierz plik albo usuń wybór rodzaju", "A kind of document is chosen and no file. Choose the file, or no kind")
		}
	}
	return files
}

// holds reports whether the newest document of a kind has the very bytes, and counts for an act as the reader's own would: none
// that an earlier act used, or that somebody of other roles attached.
func (a *acting) holds(kind, sha256 string) bool {
	for _, d := range slices.Backward(a.Proposal.Documents) {
		if d.Kind == kind {
			return d.SHA256 == sha256 && !d.Used && (d.By == a.Reader.ID || slices.Equal(d.Roles, a.Reader.Roles))
		}
	}
	return false
}

// chooseAgain says which files have to be chosen once more: a browser does not keep them, and nothing is attached for an act that
// is refused.
func chooseAgain(form *frame.Form, sent frame.Sent) {
	again := func(field, name string) {
		form.Refuse(field, "Plik „"+name+"” nie został dołączony. Wybierz go jeszcze raz", "The file “"+name+"” was not attached. Choose it once more")
	}
	for _, name := range sent.Dropped {
		again("", name) // its field is not known
	}
	for _, file := range sent.Files {
		if file.Wrong.IsZero() {
			again(file.Field, file.Name)
		}
	}
}

// attachAll attaches files one after another, each on the version that the one before made, and returns the version that the
// case has then.
func (p *pages) attachAll(r *http.Request, a *acting, files []engine.File, version int64) (int64, error) {
	for _, file := range files {
		request := engine.Request{By: a.Reader, Expect: version, TraceParent: call.Of(r).Trace}
		result, err := p.Engine.Attach(r.Context(), request, a.Proposal.ID, file)
		if err != nil {
			return version, err
		}
		version = result.Proposal.Version
	}
	return version, nil
}

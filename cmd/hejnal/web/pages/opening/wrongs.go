package opening

import (
	"net/http"
	"strings"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
)

// wrongs is what is wrong with a draft, each with the address of the field that asks for it. The template "errors" writes it.
type wrongs []frame.FormError

// Errors are the lines of the summary.
func (w wrongs) Errors() []frame.FormError { return w }

// wrongsOf names what a refusal finds wrong with a draft by the fields of the pages that ask for it.
func (p *pages) wrongsOf(r *http.Request, d draft, definition *workflow.Definition, refusal *workflow.Refusal) wrongs {
	partner, subject := p.newPartnerForm(d, definition, frame.WordsOf(call.Of(r).Language)), subjectForm(d, definition)
	for _, wrong := range refusal.Errors {
		if strings.HasPrefix(wrong.Pointer, "/partner") {
			partner.Refuse(strings.TrimPrefix(wrong.Pointer, "/partner/"), wrong.Message.PL, wrong.Message.EN)
			continue
		}
		subject.Refuse(subjectField(wrong.Pointer), wrong.Message.PL, wrong.Message.EN)
	}
	var all wrongs
	for _, page := range []struct {
		path string
		form frame.Form
	}{{"/partner", partner}, {"/tresc", subject}} {
		for _, wrong := range page.form.Errors() {
			all = append(all, frame.FormError{Href: d.path() + page.path + wrong.Href, Message: wrong.Message})
		}
	}
	return all
}

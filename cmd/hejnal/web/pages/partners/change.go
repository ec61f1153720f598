package partners

import (
	"errors"
	"net/http"
	"slices"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
)

func (p *pages) change(w http.ResponseWriter, r *http.Request) error {
	sent, err := p.Read(r)
	if err != nil {
		return err
	}
	shown, err := p.changing(r)
	if err != nil {
		return err
	}
	present := shown.Form.Field(frame.VersionField).Value
	shown.Form.Fill(sent)
	if sent.Restored {
		return p.showChange(w, r, http.StatusOK, shown)
	}
	shown.Form.Require()
	version, err := frame.Seen(sent.Values)
	if err != nil {
		return p.stale(w, r, shown, present)
	}
	if shown.Form.Wrong() {
		return p.showChange(w, r, http.StatusUnprocessableEntity, shown)
	}
	value := func(name string) *string {
		given := shown.Form.Field(name).Value
		return &given
	}
	to := shown.Back + "?" + frame.DoneField + "=" + changed
	request := p.Request(r, sent.Values, version, func(engine.Result) string { return to })
	_, err = p.Engine.AmendPartner(r.Context(), request, shown.Changing.ID, engine.PartnerPatch{
		Name: value("name"), NativeName: value("native_name"), Wikidata: value("wikidata"), Continent: value("continent"), ContinentReason: value("continent_reason"),
	})
	var stale *engine.StalePartnerError
	if errors.As(err, &stale) {
		return p.stale(w, r, shown, present)
	}
	return p.answer(w, r, sent, err, to, func(refusal *workflow.Refusal) error {
		if slices.Contains(refusal.Errors, workflow.NothingChanges) { // whoever leaves all as it is is done
			http.Redirect(w, r, shown.Back, http.StatusSeeOther)
			return nil
		}
		shown.Form.RefuseAll(refusal.Errors, fieldOf)
		return p.showChange(w, r, http.StatusUnprocessableEntity, shown)
	})
}

// stale shows the form as it was typed, for the version that there is now: sent again, it counts.
func (p *pages) stale(w http.ResponseWriter, r *http.Request, shown keeping, present string) error {
	shown.Moved = true
	for i := range shown.Form.Fields {
		if shown.Form.Fields[i].Name == frame.VersionField {
			shown.Form.Fields[i].Value = present
		}
	}
	return p.showChange(w, r, http.StatusPreconditionFailed, shown)
}

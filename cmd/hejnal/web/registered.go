package web

import (
	"encoding/json"
	"net/http"
	"time"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/cmd/hejnal/web/published"
	"hejnal/workflow"
)

// registered is an entry of the register with everything that is public of it.
type registered struct {
	published.Entry
	Standing   string               `json:"standing" enum:"agreed,under_way,ended" doc:"in the register; public proceedings without an outcome yet; ended with nothing agreed"`
	State      workflow.Text        `json:"state" doc:"after the last public act; of what ended, the end"`
	EndedOn    string               `json:"ended_on" doc:"of what ended with nothing agreed; empty for any other"`
	SignedOn   string               `json:"signed_on" doc:"day, month or year; empty: not known, or nothing is signed"`
	Basis      []councilResolution  `json:"council_resolutions"`
	Consent    *ministerConsent     `json:"consent,omitempty"`
	Source     string               `json:"source" doc:"where an entry from before the register is known from"`
	Confidence workflow.Text        `json:"confidence" doc:"how sure it is"`
	Documents  []registeredDocument `json:"documents"`
	Corrected  bool                 `json:"corrected" doc:"whether something public was corrected; what is told here is as corrected, and the history as it was recorded"`
	History    []publicAct          `json:"history" doc:"public acts, oldest first"`
}

type councilResolution struct {
	Purpose   string           `json:"purpose" enum:"basis,end,other" doc:"basis: what is agreed, or is to be, rests on it; end: it is the basis of the end; other: nothing rests on it"`
	Number    string           `json:"number" doc:"empty: not numbered yet"`
	AdoptedOn string           `json:"adopted_on"`
	Vote      *vote            `json:"vote,omitempty"`
	URL       string           `json:"url" doc:"in the public information bulletin; empty: not published there yet"`
	Consent   *ministerConsent `json:"consent,omitempty"`
	Flaw      *resolutionFlaw  `json:"flaw,omitempty" doc:"absent: it stands"`
}

type resolutionFlaw struct {
	Code  string        `json:"code" enum:"suspended,annulled,partly_annulled" doc:"partly: in part, else in whole"`
	Title workflow.Text `json:"title"`
	Since string        `json:"since" doc:"day from which it is not carried out"`
}

type vote struct {
	For       int `json:"for"`
	Against   int `json:"against"`
	Abstained int `json:"abstained"`
	Present   int `json:"present"`
}

type ministerConsent struct {
	Number string `json:"number"`
	Date   string `json:"date"`
}

type registeredDocument struct {
	ID        string        `json:"id"`
	Kind      string        `json:"kind"`
	KindTitle workflow.Text `json:"kind_title"`
	Title     string        `json:"title"`
	Language  string        `json:"language"`
	Date      string        `json:"date"`
	FileName  string        `json:"file_name"`
	MediaType string        `json:"media_type"`
	Size      int64         `json:"size" doc:"bytes"`
	SHA256    string        `json:"sha256"`
	Version   int           `json:"version" doc:"within its kind"`
	URL       string        `json:"url"`
}

type publicAct struct {
	ID         string                     `json:"id" doc:"of the public event"`
	PublicPos  int64                      `json:"public_pos" doc:"gapless position among all public events, their sequence on NATS"`
	Event      string                     `json:"event"`
	Title      workflow.Text              `json:"title"`
	Track      string                     `json:"track"`
	OccurredOn string                     `json:"occurred_on" doc:"empty: not known to the day"`
	RecordedAt time.Time                  `json:"recorded_at"`
	Inputs     map[string]json.RawMessage `json:"inputs" doc:"as recorded; of a correction: corrects, the id of the public event of the entry, and where that is public field, a JSON pointer, and value"`
	// Corrections are told where there are any.
	Corrections []publicCorrection `json:"corrections,omitempty" doc:"what later entries correct in this one, oldest first"`
}

type publicCorrection struct {
	ID    string          `json:"id" doc:"of the public event that corrects"`
	Field string          `json:"field" doc:"JSON pointer; empty: a field that is not public"`
	Value json.RawMessage `json:"value,omitempty" doc:"the right value"`
}

func (s *server) showRegistered(w http.ResponseWriter, r *http.Request) error {
	id, err := call.ID(r, "id")
	if err != nil {
		return err
	}
	c, err := published.Find(r.Context(), s.Store, s.Engine, id)
	if err != nil {
		return err
	}
	openly(w)
	return writeJSON(w, r, registeredOf(c, frame.BaseOf(s.Public, r)))
}

func consentOf(consent *published.Consent) *ministerConsent {
	if consent == nil {
		return nil
	}
	return &ministerConsent{Number: consent.Number, Date: string(consent.Date)}
}

func registeredOf(c published.Case, base string) registered {
	source, confidence := c.Source()
	shown := registered{
		Entry: c.Entry(base), Standing: string(c.Standing), State: c.State, EndedOn: string(c.EndedOn), Source: source, Confidence: published.Words(confidence),
		Basis: []councilResolution{}, Documents: []registeredDocument{}, Corrected: len(c.Corrected()) > 0, History: []publicAct{},
	}
	if c.Standing == published.Agreed {
		shown.SignedOn = c.SignedOn()
	}
	for _, resolution := range c.Resolutions() {
		one := councilResolution{
			Purpose: string(resolution.Purpose), Number: resolution.Number, AdoptedOn: string(resolution.AdoptedOn), URL: resolution.URL, Consent: consentOf(resolution.Consent),
		}
		if f := resolution.Flaw; f != nil {
			one.Flaw = &resolutionFlaw{Code: f.Code, Title: f.Title, Since: string(f.Since)}
		}
		if v := resolution.Vote; v != nil {
			one.Vote = &vote{For: v.For, Against: v.Against, Abstained: v.Abstained, Present: v.Present}
		}
		shown.Basis = append(shown.Basis, one)
	}
	shown.Consent = consentOf(c.Consent())
	for _, d := range c.Documents {
		shown.Documents = append(shown.Documents, registeredDocument{
			ID: d.ID, Kind: d.Kind, KindTitle: c.Kind(d), Title: d.Title, Language: d.Language, Date: d.Date, FileName: d.FileName, MediaType: d.MediaType,
			Size: d.Size, SHA256: d.SHA256, Version: d.Version, URL: base + "/rejestr/" + c.ID + "/dokumenty/" + d.ID,
		})
	}
	for _, act := range c.Acts {
		told := publicAct{
			ID: act.ID, PublicPos: act.Pos, Event: act.Event, Title: act.Name, Track: act.Track, OccurredOn: string(act.Recorded.OccurredOn), RecordedAt: act.At,
			Inputs: act.Recorded.Inputs,
		}
		if told.Inputs == nil {
			told.Inputs = map[string]json.RawMessage{}
		}
		for _, c := range act.Corrections {
			told.Corrections = append(told.Corrections, publicCorrection{ID: c.By, Field: c.Field, Value: c.Value})
		}
		shown.History = append(shown.History, told)
	}
	return shown
}

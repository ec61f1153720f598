package frame_test

import (
	"net/url"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
)

func sample() frame.Form {
	return frame.Form{Fields: []frame.Field{
		{Name: "title", Kind: frame.Line, Label: workflow.Text{PL: "Tytuł", EN: "Title"}},
		{Name: "note", Kind: frame.Area, Label: workflow.Text{PL: "Uwagi", EN: "Notes"}, Optional: true},
		{Name: "kind", Kind: frame.Choice, Label: workflow.Text{PL: "Rodzaj", EN: "Kind"}, Options: []frame.Option{{Value: "city"}, {Value: "region"}}},
		{Name: "fields", Kind: frame.Ticks, Label: workflow.Text{PL: "Dziedziny", EN: "Fields"}, Options: []frame.Option{{Value: "sport"}, {Value: "culture"}}},
	}}
}

func TestAFormKeepsWhatWasTyped(t *testing.T) {
	form := sample()
	form.Fill(frame.Sent{Values: url.Values{"title": {" Umowa "}, "kind": {"region"}, "fields": {"culture"}, "stranger": {"x"}}})
	form.Require()
	if form.Wrong() {
		t.Errorf("wrong: %v", form.Errors())
	}
	if got := form.Field("title").Value; got != "Umowa" {
		t.Errorf("title %q", got)
	}
	if kind := form.Field("kind"); !kind.Chosen("region") || kind.Chosen("city") {
		t.Error("another kind is chosen")
	}
	if fields := form.Field("fields"); !fields.Chosen("culture") || fields.Chosen("sport") {
		t.Error("other fields are chosen")
	}
}

func TestEveryFieldThatIsEmptyIsNamedInOrder(t *testing.T) {
	form := sample()
	form.Fill(frame.Sent{Values: url.Values{"title": {"  "}}})
	form.Require()
	form.Refuse("title", "Za krótki", "Too short") // the first reason stays
	form.Refuse("nothing", "Coś innego", "Something else")
	var got []string
	for _, wrong := range form.Errors() {
		got = append(got, wrong.Href+" "+wrong.Message.EN)
	}
	want := " Something else|#f-title Fill in “Title”|#f-kind Choose an answer to “Kind”|#f-fields Choose an answer to “Fields”"
	if strings.Join(got, "|") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "|"), want)
	}
}

func TestWhatTheCoreRefusesStandsAtItsField(t *testing.T) {
	form := sample()
	form.RefuseAll([]workflow.FieldError{{Pointer: "/inputs/title", Message: workflow.Text{PL: "źle", EN: "wrong"}}}, func(pointer string) string {
		return strings.TrimPrefix(pointer, "/inputs/")
	})
	if got := form.Field("title").Wrong.EN; got != "wrong" {
		t.Errorf("at the field stands %q", got)
	}
}

func TestIDsAreSafeAndTheFirstOptionHasTheFieldsOwn(t *testing.T) {
	field := frame.Field{Name: "renewal.term months", Options: []frame.Option{{Value: "a b"}, {Value: "c/d"}}, Hint: workflow.Text{PL: "x", EN: "x"}, Wrong: workflow.Text{PL: "y", EN: "y"}}
	if got := field.ID(); got != "f-renewal-term-months" {
		t.Errorf("id %q", got)
	}
	if field.OptionID(0) != field.ID() || field.OptionID(1) != "f-renewal-term-months-c-d" {
		t.Errorf("options %q, %q", field.OptionID(0), field.OptionID(1))
	}
	if got := field.DescribedBy(); got != "f-renewal-term-months-hint f-renewal-term-months-error" {
		t.Errorf("described by %q", got)
	}
}

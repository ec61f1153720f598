package casefile

import (
	"slices"
	"strconv"

	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
)

// slot is a document that the act asks for, with the fields to attach it.
type slot struct {
	asked
	Fields []frame.Field // none where the reader does not attach it
}

// Parts of the names of the fields of files.
const (
	slotPrefix = "doc."
	kindSuffix = ".kind" // of the kind of the document in the field before it
)

// slots are the documents that the act asks for. One that is there can be replaced by a newer version.
func (a *acting) slots() []slot {
	var slots []slot
	for i, item := range a.checklist(a.action) {
		one := slot{asked: item}
		if item.Mine && a.mine(a.action) {
			one.Fields = slotFields(slotPrefix+strconv.Itoa(i), item)
		}
		slots = append(slots, one)
	}
	return slots
}

func slotFields(name string, item asked) []frame.Field {
	label := workflow.Text{PL: "Dodaj plik: " + titles(item.Kinds).PL, EN: "Add a file: " + titles(item.Kinds).EN}
	if item.Present && item.Document != nil {
		label = workflow.Text{PL: "Dodaj nowszą wersję: " + titles(item.Kinds).PL, EN: "Add a newer version: " + titles(item.Kinds).EN}
	}
	fields := []frame.Field{}
	if len(item.Kinds) > 1 {
		field := frame.Field{Name: name + kindSuffix, Kind: frame.Select, Label: workflow.Text{PL: "Rodzaj dołączanego dokumentu", EN: "Kind of the document that is attached"}, Optional: true, Options: frame.OptionsOf(item.Kinds)}
		fields = append(fields, field)
	} else {
		fields = append(fields, frame.Field{Name: name + kindSuffix, Kind: frame.Hidden, Value: item.Kinds[0].ID})
	}
	return append(fields, frame.Field{Name: name, Kind: frame.Attachment, Label: label, Optional: item.Present || item.Optional, Accept: accepted, Hint: fileHint()})
}

func titles(kinds []workflow.Code) workflow.Text {
	var text workflow.Text
	for i, kind := range kinds {
		if i > 0 {
			text.PL, text.EN = text.PL+" albo ", text.EN+" or "
		}
		text.PL, text.EN = text.PL+kind.Title.PL, text.EN+kind.Title.EN
	}
	return text
}

// moreDocument are the fields for a document beyond those asked for: what is answered in the form can ask for another.
func (a *acting) moreDocument() []frame.Field {
	if !a.mine(a.action) {
		return []frame.Field{}
	}
	return []frame.Field{
		{Name: slotPrefix + "more" + kindSuffix, Kind: frame.Select, Label: workflow.Text{PL: "Rodzaj innego dokumentu", EN: "Kind of another document"}, Optional: true, Options: frame.OptionsOf(a.Definition.Source.City.Documents)},
		{Name: slotPrefix + "more", Kind: frame.Attachment, Label: workflow.Text{PL: "Inny dokument", EN: "Another document"}, Optional: true, Accept: accepted, Hint: fileHint()},
	}
}

// attachments are all fields of files and of their kinds, which stand apart from the others of the form.
func (a *acting) attachments() []frame.Field {
	var fields []frame.Field
	for _, slot := range a.slots() {
		fields = append(fields, slot.Fields...)
	}
	return append(fields, a.moreDocument()...)
}

// attaches reports whether a blocker is a missing document for which the form of the act has a field.
func (a *acting) attaches(blocker workflow.Blocker) bool {
	return blocker.Code == "document_missing" && a.slotOf(blocker) != ""
}

// slotOf is the field in which the reader attaches a document that is missing; empty where others attach it.
func (a *acting) slotOf(blocker workflow.Blocker) string {
	for _, slot := range a.slots() {
		if len(slot.Fields) > 0 && !slot.Present && slices.Equal(slot.AnyOf(), blocker.AnyOf) {
			return slot.Fields[len(slot.Fields)-1].Name
		}
	}
	return ""
}

// marked are fields of files as the form holds them: with what was chosen, and what is wrong.
func marked(fields []frame.Field, form frame.Form) []frame.Field {
	for i := range fields {
		held := form.Field(fields[i].Name)
		fields[i].Wrong = held.Wrong
		if fields[i].Kind == frame.Select {
			fields[i].Value = held.Value
		}
	}
	return fields
}

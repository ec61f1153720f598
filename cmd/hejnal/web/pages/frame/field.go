package frame

import (
	"slices"
	"strings"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// Kinds of fields.
const (
	Line       = "line"       // one line of text
	Area       = "area"       // several lines
	Number     = "number"     // a whole number
	Date       = "day"        // a date
	Choice     = "choice"     // one of several, all seen
	Select     = "select"     // one of many
	Ticks      = "ticks"      // any of several
	Attachment = "attachment" // a file
	Password   = "password"
	Hidden     = "hidden"
	Search     = "search"
)

// Field is one field of a form, with what was typed and what is wrong with it. The template "field" writes it.
type Field struct {
	Name    string
	Kind    string
	Label   workflow.Text
	Hint    workflow.Text
	Value   string   // of Ticks: none, see Values
	Values  []string // of Ticks
	Options []Option
	// Optional says so beside the label; what is not optional has to be filled in.
	Optional bool
	Wrong    workflow.Text // zero: nothing is wrong
	Rows     int           // of Area; 0 means 4
	Most     int           // characters; 0: no bound of its own
	Least    string        // of Date and Number: the first value
	Last     string        // of Date and Number: the last value
	Complete string        // autocomplete; empty: off
	Accept   string        // of Attachment
	Sum      string        // of Number: name of the sum that it is a part of
	None     workflow.Text // of Select: what no choice is called; zero: choose, or none where it is optional
}

// Option is one of the values of a field.
type Option struct {
	Value string
	Title workflow.Text
	Hint  workflow.Text
}

// ID is the field's id in the page.
func (f Field) ID() string { return "f-" + idOf(f.Name) }

// OptionID is the id of an option; the first one has the field's own, so that a link to the field leads to it.
func (f Field) OptionID(index int) string {
	if index == 0 {
		return f.ID()
	}
	return f.ID() + "-" + idOf(f.Options[index].Value)
}

// Chosen reports whether an option is chosen.
func (f Field) Chosen(value string) bool {
	if f.Kind != Ticks {
		return f.Value == value
	}
	for _, chosen := range f.Values {
		if chosen == value {
			return true
		}
	}
	return false
}

// Day is the date in a field of the kind Day.
func (f Field) Day() calendar.Date { return calendar.Date(f.Value) }

// Lines is how many lines a text of several lines shows.
func (f Field) Lines() int {
	if f.Rows == 0 {
		return 4
	}
	return f.Rows
}

// DescribedBy are the ids of the field's hint and error; empty where it has neither.
func (f Field) DescribedBy() string {
	var ids []string
	if !f.Hint.IsZero() {
		ids = append(ids, f.ID()+"-hint")
	}
	if !f.Wrong.IsZero() {
		ids = append(ids, f.ID()+"-error")
	}
	return strings.Join(ids, " ")
}

// idOf keeps of a name what can stand in an id.
func idOf(name string) string {
	return strings.Map(func(letter rune) rune {
		if letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z' || letter >= '0' && letter <= '9' || letter == '-' || letter == '_' {
			return letter
		}
		return '-'
	}, name)
}

// Form is the fields of a form with what is wrong, for the summary above it.
type Form struct {
	Fields []Field
	// Apart are fields that the page shows away from the others.
	Apart []Field
	// Beside are errors that belong to no field.
	Beside []workflow.Text
}

// Field gives a field by its name; the zero value where there is none.
func (f Form) Field(name string) Field {
	for _, field := range slices.Concat(f.Fields, f.Apart) {
		if field.Name == name {
			return field
		}
	}
	return Field{}
}

// all are the fields, those that stand apart first.
func (f *Form) all() []*Field {
	var all []*Field
	for _, fields := range [][]Field{f.Apart, f.Fields} {
		for i := range fields {
			all = append(all, &fields[i])
		}
	}
	return all
}

// Refuse marks a field as wrong; of several reasons the first stays. A name that the form does not have is told beside.
func (f *Form) Refuse(name, pl, en string) { f.refuse(name, workflow.Text{PL: pl, EN: en}) }

func (f *Form) refuse(name string, why workflow.Text) {
	for _, field := range f.all() {
		if field.Name != name {
			continue
		}
		if field.Wrong.IsZero() {
			field.Wrong = why
		}
		return
	}
	f.Beside = append(f.Beside, why)
}

// RefuseAll marks what the core found wrong; named gives the field of a JSON pointer.
func (f *Form) RefuseAll(wrong []workflow.FieldError, named func(pointer string) string) {
	for _, one := range wrong {
		f.refuse(named(one.Pointer), one.Message)
	}
}

// Wrong reports whether anything is wrong.
func (f Form) Wrong() bool { return len(f.Errors()) > 0 }

// named puts the field's name before what is wrong with it, unless it is named there.
func (f Field) named(wrong workflow.Text) workflow.Text {
	if f.Label.IsZero() || strings.Contains(wrong.PL, f.Label.PL) {
		return wrong
	}
	return workflow.Text{PL: f.Label.PL + ": " + wrong.PL, EN: f.Label.EN + ": " + wrong.EN}
}

// FormError is one line of the summary of errors.
type FormError struct {
	Href    string // empty: no field of its own
	Message workflow.Text
}

// Errors are what is wrong, in the order of the fields, each with the name of its field.
func (f Form) Errors() []FormError {
	var errors []FormError
	for _, message := range f.Beside {
		errors = append(errors, FormError{Message: message})
	}
	for _, field := range f.all() {
		if !field.Wrong.IsZero() {
			errors = append(errors, FormError{Href: "#" + field.ID(), Message: field.named(field.Wrong)})
		}
	}
	return errors
}

// Fill puts what was sent into the fields.
func (f *Form) Fill(sent Sent) {
	for _, field := range f.all() {
		switch field.Kind {
		case Ticks:
			field.Values = sent.Values[field.Name]
		case Attachment, Password:
		default:
			field.Value = strings.TrimSpace(sent.Values.Get(field.Name))
		}
	}
}

// keeps reports whether what is shown with its errors still has all that was typed: passwords stand on no page.
func keeps(shown any) bool {
	form, ok := shown.(Form)
	return !ok || !slices.ContainsFunc(form.Fields, func(field Field) bool { return field.Kind == Password })
}

// Require refuses every field that has to be filled in and is not, but for those that are answered elsewhere.
func (f *Form) Require(answered ...string) {
	for _, field := range f.Fields {
		empty := strings.TrimSpace(field.Value) == "" && len(field.Values) == 0
		if !field.Optional && empty && !slices.Contains(answered, field.Name) && field.Kind != Attachment && field.Kind != Hidden && field.Kind != Password {
			f.refuse(field.Name, field.demand())
		}
	}
}

// demand says what is to be done with a field that is empty.
func (f Field) demand() workflow.Text {
	verb := workflow.Text{PL: "Wypełnij pole", EN: "Fill in"}
	if f.Kind == Choice || f.Kind == Select || f.Kind == Ticks {
		verb = workflow.Text{PL: "Wybierz odpowiedź w polu", EN: "Choose an answer to"}
	}
	return workflow.Text{PL: verb.PL + " „" + f.Label.PL + "”", EN: verb.EN + " “" + f.Label.EN + "”"}
}

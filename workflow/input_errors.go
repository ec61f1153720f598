package workflow

import (
	"fmt"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
)

// describe turns what a JSON Schema validator found into messages for people, in the order of the inputs.
func (s *schema) describe(invalid *jsonschema.ValidationError) []FieldError {
	var found []FieldError
	for _, leaf := range leaves(invalid) {
		found = append(found, s.describeLeaf(leaf)...)
	}
	slices.SortStableFunc(found, func(a, b FieldError) int { return s.order(a.Pointer) - s.order(b.Pointer) })
	found = slices.CompactFunc(found, func(a, b FieldError) bool { return a.Pointer == b.Pointer })
	return found[:min(len(found), maxErrors)]
}

func (s *schema) order(pointer string) int {
	for i, input := range s.inputs {
		if pointer == "/inputs/"+input.Name || strings.HasPrefix(pointer, "/inputs/"+input.Name+"/") {
			return i
		}
	}
	return len(s.inputs)
}

func leaves(invalid *jsonschema.ValidationError) []*jsonschema.ValidationError {
	if len(invalid.Causes) == 0 {
		return []*jsonschema.ValidationError{invalid}
	}
	var found []*jsonschema.ValidationError
	for _, cause := range invalid.Causes {
		found = append(found, leaves(cause)...)
	}
	return found
}

func (s *schema) describeLeaf(leaf *jsonschema.ValidationError) []FieldError {
	pointer := "/inputs"
	for _, step := range leaf.InstanceLocation {
		pointer += "/" + escapePointer(step)
	}
	switch k := leaf.ErrorKind.(type) {
	case *kind.Required:
		return each(pointer, k.Missing, func(string) Text {
			return Text{PL: "To pole jest wymagane.", EN: "This field is required."}
		})
	case *kind.AdditionalProperties:
		return each(pointer, k.Properties, func(name string) Text {
			return UnknownField(name, s.names())
		})
	}
	return []FieldError{{Pointer: pointer, Message: describeKind(leaf.ErrorKind, s.typeAt(leaf.InstanceLocation))}}
}

func each(pointer string, names []string, message func(string) Text) []FieldError {
	found := make([]FieldError, 0, len(names))
	for _, name := range names {
		found = append(found, FieldError{Pointer: pointer + "/" + escapePointer(name), Message: message(name)})
	}
	return found
}

func (s *schema) names() []string {
	names := make([]string, len(s.inputs))
	for i, input := range s.inputs {
		names[i] = input.Name
	}
	return names
}

// UnknownField says that there is no such field, and which there are.
func UnknownField(name string, known []string) Text {
	if len(known) == 0 {
		return Text{PL: fmt.Sprintf("Nieznane pole „%s”. Tu nie podaje się żadnych pól.", name), EN: fmt.Sprintf("Unknown field %q. There are no fields here.", name)}
	}
	list := strings.Join(known, ", ")
	return Text{PL: fmt.Sprintf("Nieznane pole „%s”. Dostępne pola: %s.", name, list), EN: fmt.Sprintf("Unknown field %q. Fields that exist: %s.", name, list)}
}

func (s *schema) typeAt(location []string) string { return typeIn(s.inputs, location) }

// typeIn finds the type of the input that a place lies in: of the field, where it lies in one.
func typeIn(inputs []InputSource, location []string) string {
	if len(location) == 0 {
		return ""
	}
	for _, input := range inputs {
		if input.Name != location[0] {
			continue
		}
		below := location[1:]
		if input.Type == "records" && len(below) > 0 {
			below = below[1:]
		}
		if len(input.Fields) > 0 && len(below) > 0 {
			return typeIn(input.Fields, below)
		}
		return input.Type
	}
	return ""
}

// OneOf says which values there are, where another was given.
func OneOf(values []string) Text {
	list := strings.Join(values, ", ")
	return Text{PL: "Wybierz jedną z wartości: " + list + ".", EN: "Choose one of: " + list + "."}
}

func describeKind(found jsonschema.ErrorKind, input string) Text {
	switch k := found.(type) {
	case *kind.Enum:
		allowed := make([]string, 0, len(k.Want))
		for _, want := range k.Want {
			allowed = append(allowed, fmt.Sprint(want))
		}
		return OneOf(allowed)
	case *kind.MaxLength:
		return Text{PL: fmt.Sprintf("Najwyżej %d znaków; jest %d.", k.Want, k.Got), EN: fmt.Sprintf("At most %d characters; there are %d.", k.Want, k.Got)}
	case *kind.MinLength:
		return Text{PL: "To pole nie może być puste.", EN: "This field must not be empty."}
	case *kind.Minimum:
		return Text{PL: "Wartość nie może być ujemna.", EN: "The value must not be negative."}
	case *kind.Maximum:
		return Text{PL: fmt.Sprintf("Najwyżej %d.", maxInt), EN: fmt.Sprintf("At most %d.", maxInt)}
	case *kind.MaxItems:
		return Text{PL: fmt.Sprintf("Najwyżej %d pozycji; jest %d.", k.Want, k.Got), EN: fmt.Sprintf("At most %d items; there are %d.", k.Want, k.Got)}
	case *kind.MinItems:
		return Text{PL: "Podaj co najmniej jedną pozycję.", EN: "Give at least one item."}
	case *kind.UniqueItems:
		return Text{PL: "Pozycje nie mogą się powtarzać.", EN: "Items must not repeat."}
	}
	return unreadable(input)
}

// unreadable says what an input of the type looks like.
func unreadable(kind string) Text {
	switch kind {
	case "int":
		return Text{PL: "Podaj liczbę całkowitą, na przykład 30.", EN: "Give a whole number, such as 30."}
	case "date":
		return Text{PL: "Podaj istniejącą datę w postaci RRRR-MM-DD.", EN: "Give a date that exists, as YYYY-MM-DD."}
	case "money":
		return Text{PL: "Podaj kwotę cyframi, na przykład 1234.50.", EN: "Give an amount in digits, such as 1234.50."}
	case "uri":
		return Text{PL: "Podaj adres zaczynający się od https:// lub http://.", EN: "Give an address that begins with https:// or http://."}
	case "resolution_number":
		return Text{PL: "Podaj numer uchwały w postaci sesja/numer/rok, na przykład CXXI/1934/14.", EN: "Give the resolution's number as session/number/year, such as CXXI/1934/14."}
	case "code", "choice", "codes":
		return Text{PL: "Podaj kod z listy.", EN: "Give a code from the list."}
	case "transition":
		return Text{PL: "Podaj identyfikator wpisu tej sprawy.", EN: "Give the id of an entry of this case."}
	case "pointer":
		return Text{PL: "Podaj wskaźnik do pola wpisu, na przykład /inputs/note.", EN: "Give a pointer to a field of the entry, such as /inputs/note."}
	case "text":
		return Text{
			PL: fmt.Sprintf("Podaj tekst od 1 do %d znaków, w którym coś widać, bez znaków sterujących.", MaxText),
			EN: fmt.Sprintf("Give a text of 1 to %d characters in which something can be seen, without control characters.", MaxText),
		}
	}
	return Text{PL: "Wartość ma niewłaściwą postać.", EN: "The value has the wrong form."}
}

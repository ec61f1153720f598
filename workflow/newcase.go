package workflow

import (
	"fmt"
	"slices"
	"strings"
)

// caseErrors checks what a case begins with, or has after it was amended.
func (d *Definition) caseErrors(written NewCase) []FieldError {
	var wrong []FieldError
	add := func(pointer, pl, en string) {
		wrong = append(wrong, FieldError{Pointer: pointer, Message: Text{PL: pl, EN: en}})
	}
	if n := len([]rune(strings.TrimSpace(written.Title))); n < 1 || n > MaxTitle {
		add("/title", fmt.Sprintf("Podaj tytuł od 1 do %d znaków.", MaxTitle), fmt.Sprintf("Give a title of 1 to %d characters.", MaxTitle))
	}
	for _, own := range [][2]string{{"/title", written.Title}, {"/description", written.Description}, {"/readings_reason", written.ReadingsReason}} {
		why := NotPlain
		if own[0] == "/title" {
			why = NotPlainLine
		}
		if message := why(strings.TrimSpace(own[1])); !message.IsZero() {
			wrong = append(wrong, FieldError{Pointer: own[0], Message: message})
		}
	}
	if n := len([]rune(written.Description)); n > MaxDescription {
		add("/description", fmt.Sprintf("Najwyżej %d znaków; jest %d.", MaxDescription, n), fmt.Sprintf("At most %d characters; there are %d.", MaxDescription, n))
	}
	wrong = append(wrong, d.codeErrors("fields", written.Fields)...)
	wrong = append(wrong, d.codeErrors("tools", written.Tools)...)
	switch {
	case written.Readings < 0 || written.Readings > 2:
		add("/readings", "Projekt ma jedno albo dwa czytania.", "A draft has one or two readings.")
	case written.Readings == 2 && strings.TrimSpace(written.ReadingsReason) == "":
		add("/readings_reason", "Podaj powód dwóch czytań.", "Give the reason for two readings.")
	}
	if n := len([]rune(written.ReadingsReason)); n > MaxText {
		add("/readings_reason", fmt.Sprintf("Najwyżej %d znaków; jest %d.", MaxText, n), fmt.Sprintf("At most %d characters; there are %d.", MaxText, n))
	}
	return wrong
}

func (d *Definition) codeErrors(list string, codes []string) []FieldError {
	if len(codes) > maxCodes {
		return []FieldError{{Pointer: "/" + list, Message: Text{
			PL: fmt.Sprintf("Najwyżej %d kodów; jest %d.", maxCodes, len(codes)), EN: fmt.Sprintf("At most %d codes; there are %d.", maxCodes, len(codes)),
		}}}
	}
	var wrong []FieldError
	for i, code := range codes {
		pointer := fmt.Sprintf("/%s/%d", list, i)
		switch {
		case !slices.ContainsFunc(d.codes[list], func(known Code) bool { return known.ID == code }):
			wrong = append(wrong, FieldError{Pointer: pointer, Message: Text{
				PL: fmt.Sprintf("Nieznany kod „%s”. Lista kodów: GET /api/v1/forms.", code),
				EN: fmt.Sprintf("Unknown code %q. The codes are listed by GET /api/v1/forms.", code),
			}})
		case slices.Contains(codes[:i], code):
			wrong = append(wrong, FieldError{Pointer: pointer, Message: Text{
				PL: fmt.Sprintf("Kod „%s” się powtarza.", code), EN: fmt.Sprintf("The code %q is repeated.", code),
			}})
		}
	}
	return wrong
}

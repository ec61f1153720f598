package web

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// decode fills the struct that into points to from a JSON body and returns everything that does not fit: unknown fields
// and values of the wrong type, each with its JSON pointer. What fits is filled in all the same. A null where a field may
// be left out leaves it out, anywhere else it is a value of the wrong type; an empty body is as good as an empty object.
func decode(body []byte, into any) []workflow.FieldError {
	return decoding{nullIsAbsent: true}.body(body, into)
}

// decodePatch does the same for a change of what is there already: there a null says nothing, and is refused.
func decodePatch(body []byte, into any) []workflow.FieldError {
	return decoding{}.body(body, into)
}

// decoding is how a body is filled in.
type decoding struct {
	nullIsAbsent bool
}

func (d decoding) body(body []byte, into any) []workflow.FieldError {
	if len(body) == 0 {
		return nil
	}
	return d.object(body, reflect.ValueOf(into).Elem(), "")
}

func (d decoding) object(raw []byte, into reflect.Value, at string) []workflow.FieldError {
	var given map[string]json.RawMessage
	if json.Unmarshal(raw, &given) != nil || given == nil {
		return []workflow.FieldError{{Pointer: at, Message: wanted(into.Type())}}
	}
	fields, optional := map[string]reflect.Value{}, map[string]bool{}
	for i := range into.NumField() {
		name, options, _ := strings.Cut(into.Type().Field(i).Tag.Get("json"), ",")
		if name != "" && name != "-" {
			fields[name], optional[name] = into.Field(i), strings.Contains(options, "omitempty")
		}
	}
	var wrong []workflow.FieldError
	for _, name := range slices.Sorted(maps.Keys(given)) {
		pointer := at + "/" + pointed.Replace(name)
		field, known := fields[name]
		if !known {
			wrong = append(wrong, workflow.FieldError{Pointer: pointer, Message: workflow.UnknownField(name, slices.Sorted(maps.Keys(fields)))})
			continue
		}
		if d.nullIsAbsent && optional[name] && string(given[name]) == "null" {
			continue
		}
		wrong = append(wrong, d.value(given[name], field, pointer)...)
	}
	return wrong
}

// pointed writes a name as a part of a JSON pointer.
var pointed = strings.NewReplacer("~", "~0", "/", "~1")

var (
	dateType = reflect.TypeFor[calendar.Date]()
	rawType  = reflect.TypeFor[map[string]json.RawMessage]()
)

func (d decoding) value(raw []byte, into reflect.Value, at string) []workflow.FieldError {
	kind := into.Type()
	if string(raw) == "null" {
		return []workflow.FieldError{{Pointer: at, Message: noNull(kind)}}
	}
	switch {
	case kind.Kind() == reflect.Pointer:
		value := reflect.New(kind.Elem())
		wrong := d.value(raw, value.Elem(), at)
		if len(wrong) == 0 || kind.Elem().Kind() == reflect.Struct {
			into.Set(value)
		}
		return wrong
	case kind.Kind() == reflect.Struct:
		return d.object(raw, into, at)
	case kind.Kind() == reflect.Slice:
		return d.list(raw, into, at)
	case kind == dateType:
		var text string
		if json.Unmarshal(raw, &text) == nil {
			if day, err := calendar.Parse(text); err == nil {
				into.SetString(string(day))
				return nil
			}
		}
	case json.Unmarshal(raw, into.Addr().Interface()) == nil:
		return nil
	}
	return []workflow.FieldError{{Pointer: at, Message: wanted(kind)}}
}

func (d decoding) list(raw []byte, into reflect.Value, at string) []workflow.FieldError {
	var items []json.RawMessage
	if json.Unmarshal(raw, &items) != nil {
		return []workflow.FieldError{{Pointer: at, Message: wanted(into.Type())}}
	}
	var wrong []workflow.FieldError
	list := reflect.MakeSlice(into.Type(), len(items), len(items))
	for i, item := range items {
		wrong = append(wrong, d.value(item, list.Index(i), fmt.Sprintf("%s/%d", at, i))...)
	}
	into.Set(list)
	return wrong
}

// noNull says what to write in place of null.
func noNull(kind reflect.Type) workflow.Text {
	if kind.Kind() == reflect.Pointer {
		kind = kind.Elem()
	}
	text := wanted(kind)
	return workflow.Text{
		PL: text.PL + " Null nie jest wartością: pole, które nie jest potrzebne, pomiń.", EN: text.EN + " Null is no value: leave out a field that is not needed.",
	}
}

// wanted says what a value of the type looks like in JSON.
func wanted(kind reflect.Type) workflow.Text {
	switch {
	case kind == dateType:
		return workflow.Text{PL: "Podaj istniejącą datę w postaci RRRR-MM-DD.", EN: "Give a date that exists, as YYYY-MM-DD."}
	case kind == rawType, kind.Kind() == reflect.Struct, kind.Kind() == reflect.Map:
		return workflow.Text{PL: "Podaj obiekt JSON.", EN: "Give a JSON object."}
	case kind.Kind() == reflect.Slice:
		return workflow.Text{PL: "Podaj listę.", EN: "Give a list."}
	case kind.Kind() == reflect.Int:
		return workflow.Text{PL: "Podaj liczbę całkowitą.", EN: "Give a whole number."}
	case kind.Kind() == reflect.Bool:
		return workflow.Text{PL: "Podaj true albo false.", EN: "Give true or false."}
	}
	return workflow.Text{PL: "Podaj tekst.", EN: "Give a text."}
}

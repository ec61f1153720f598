package web

import (
	"encoding/json"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// schemas writes JSON Schemas of Go types as encoding/json writes their values. Structs that have a name become
// components. The tags doc, format, enum, minLength, maxLength, minimum and maximum of a field go into its schema; a field
// that may be left out of the JSON is not required. A day that may be unknown is null; one whose field has the tag format never is.
type schemas struct {
	components object
	types      map[string]reflect.Type // by the name of their component
}

func newSchemas() schemas { return schemas{components: object{}, types: map[string]reflect.Type{}} }

func (s schemas) of(value any) object { return s.typed(reflect.TypeOf(value)) }

// object is a JSON object that is being written.
type object = map[string]any

var (
	timeType    = reflect.TypeFor[time.Time]()
	messageType = reflect.TypeFor[json.RawMessage]()
)

func (s schemas) typed(t reflect.Type) object {
	switch t {
	case timeType:
		return object{"type": "string", "format": "date-time"}
	case dateType:
		return object{"type": "string", "format": "date"}
	case messageType:
		return object{}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return s.typed(t.Elem())
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return object{"type": "integer"}
	case reflect.String:
		return object{"type": "string"}
	case reflect.Slice:
		return object{"type": "array", "items": s.typed(t.Elem())}
	case reflect.Map:
		return object{"type": "object", "additionalProperties": s.typed(t.Elem())}
	case reflect.Struct:
		return s.component(t)
	default:
		return object{}
	}
}

// component writes the schema of a struct once and refers to it.
func (s schemas) component(t reflect.Type) object {
	name := componentName(t)
	if taken, ok := s.types[name]; ok && taken != t {
		name = capital(path.Base(t.PkgPath())) + name
	}
	if _, written := s.types[name]; !written {
		s.types[name] = t // a struct that holds itself refers to it
		properties, required := object{}, []string{}
		s.fields(t, properties, &required)
		slices.Sort(required)
		s.components[name] = object{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
	}
	return object{"$ref": "#/components/schemas/" + name}
}

// nonEmpty asks that a body, which is of the type of the value, has a field.
func (s schemas) nonEmpty(body any) {
	component, _ := s.components[componentName(reflect.TypeOf(body))].(object)
	component["minProperties"] = 1
}

// nullable lets a null stand for a field of a body that may be left out, here and in what the body holds.
func (s schemas) nullable(body reflect.Type) {
	component, _ := s.components[componentName(body)].(object)
	properties, _ := component["properties"].(object)
	for i := range body.NumField() {
		field := body.Field(i)
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		property, ok := properties[name].(object)
		if !ok || !strings.Contains(options, "omitempty") {
			continue
		}
		if kind, ok := property["type"].(string); ok {
			property["type"] = []string{kind, "null"}
			continue
		}
		if field.Type.Kind() == reflect.Pointer && field.Type.Elem().Kind() == reflect.Struct {
			s.nullable(field.Type.Elem())
			properties[name] = object{"anyOf": []object{property, {"type": "null"}}}
		}
	}
}

// fields writes the fields of a struct and of those embedded in it; a field that stands outside hides one inside.
func (s schemas) fields(t reflect.Type, properties object, required *[]string) {
	var embedded []reflect.Type
	for i := range t.NumField() {
		field := t.Field(i)
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case field.Anonymous && name == "":
			embedded = append(embedded, field.Type)
			continue
		case name == "" || name == "-":
			continue
		}
		if _, hidden := properties[name]; hidden {
			continue
		}
		optional := strings.Contains(options, "omitempty") || strings.Contains(options, "omitzero")
		property := s.typed(field.Type)
		null := field.Type.Kind() == reflect.Pointer || field.Type == dateType && field.Tag.Get("format") == ""
		if kind, ok := property["type"].(string); ok && null && !optional {
			property["type"] = []string{kind, "null"}
		}
		properties[name] = tagged(property, field.Tag)
		if !optional {
			*required = append(*required, name)
		}
	}
	for _, inner := range embedded {
		s.fields(inner, properties, required)
	}
}

func tagged(schema object, tag reflect.StructTag) object {
	if doc := tag.Get("doc"); doc != "" {
		schema["description"] = doc
	}
	if format := tag.Get("format"); format != "" {
		schema["format"] = format
	}
	if values, ok := tag.Lookup("enum"); ok {
		schema["enum"] = strings.Split(values, ",")
	}
	for _, bound := range []string{"minLength", "maxLength", "minimum", "maximum"} {
		if number, err := strconv.Atoi(tag.Get(bound)); err == nil {
			schema[bound] = number
		}
	}
	return schema
}

// componentName makes a name of a type's own: list[web.proposalItem] is ListProposalItem.
func componentName(t reflect.Type) string {
	var name strings.Builder
	for part := range strings.FieldsFuncSeq(t.Name(), func(letter rune) bool { return letter == '[' || letter == ']' || letter == ',' }) {
		name.WriteString(capital(part[strings.LastIndexByte(part, '.')+1:]))
	}
	return name.String()
}

func capital(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

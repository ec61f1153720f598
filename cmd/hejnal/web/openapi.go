package web

import (
	"net/http"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"hejnal/cmd/hejnal/document"
)

const about = "The procedures by which the City of Kraków opens, decides, signs, keeps and ends its international cooperation.\n\n" +
	"Requests are judged in one order: unreadable or too large (400, 413, 415), not signed in (401), not there (404), a known Idempotency-Key " +
	"(its first answer), a stale If-Match (412), the wrong role (403), not offered by the state (409), wrong inputs (422), rules (409, every blocker).\n\n" +
	"A field or a query parameter that does not exist, is of the wrong type or has a value that is none is refused (422), and so is a parameter that is " +
	"given twice; errors[] names each, a field by its JSON pointer, a parameter as /query/name, with what there is to choose from. Null stands for nothing in a " +
	"request: a field that is not needed is left out."

// openAPI writes the OpenAPI 3.1 document from the table of operations and the Go types that they name.
func openAPI(version string, operations []operation) ([]byte, error) {
	known := newSchemas()
	paths := map[string]object{}
	for _, op := range operations {
		if paths[op.Path] == nil {
			paths[op.Path] = object{}
		}
		paths[op.Path][strings.ToLower(op.Method)] = op.describe(known)
	}
	refusal := known.of(problem{})
	return encode(object{
		"openapi": "3.1.0",
		"info": object{
			"title": "Hejnał", "version": version, "description": about,
			"license": object{"name": "Apache-2.0", "identifier": "Apache-2.0"},
		},
		"servers": []object{{"url": "/"}},
		"paths":   paths,
		"components": object{
			"schemas":         known.components,
			"securitySchemes": object{"token": object{"type": "http", "scheme": "bearer", "description": "made by hejnal token create"}},
			"responses": object{"Problem": object{
				"description": "Why not: an RFC 9457 problem document, in the language of Accept-Language",
				"content":     object{"application/problem+json": object{"schema": refusal}},
			}},
		},
	})
}

func (s *server) serveOpenAPI(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Content-Type", "application/json")
	write(w, r, http.StatusOK, s.openAPI)
	return nil
}

var inPath = regexp.MustCompile(`\{([a-z]+)\}`)

func (op operation) describe(known schemas) object {
	described := object{
		"operationId": op.ID, "summary": op.Summary, "tags": []string{op.Tag}, "parameters": op.parameters(), "responses": op.responses(known),
	}
	described["security"] = []object{}
	if op.Access != anybody {
		described["security"] = []object{{"token": []string{}}}
	}
	if op.Body != nil {
		body := known.of(op.Body)
		if op.Method == http.MethodPatch {
			known.nonEmpty(op.Body)
		} else {
			known.nullable(reflect.TypeOf(op.Body))
		}
		described["requestBody"] = object{"required": !op.Optional, "content": object{"application/json": object{"schema": body}}}
	}
	if op.Upload {
		described["requestBody"] = object{"required": true, "content": object{"multipart/form-data": object{
			"schema": uploadSchema, "encoding": object{"file": object{"contentType": strings.Join(document.MediaTypes(), ", ")}},
		}}}
	}
	return described
}

var uploadSchema = object{
	"type": "object", "required": []string{"file", "kind"}, "additionalProperties": false,
	"properties": object{
		"kind":     object{"type": "string", "description": "code, see /forms"},
		"title":    object{"type": "string", "maxLength": 300, "description": "the file's name when left out"},
		"language": object{"type": "string", "description": "ISO 639-1"},
		"date":     object{"type": "string", "format": "date"},
		"file":     object{"type": "string", "contentMediaType": "application/octet-stream", "description": "25 MiB at most, with a name; " + document.Accepted + ": known by its bytes, and the extension of its name must agree"},
	},
}

func (op operation) parameters() []object {
	list := []object{parameterOf("Accept-Language", "header", "pl (default) or en", object{"type": "string"})}
	for _, found := range inPath.FindAllStringSubmatch(op.Path, -1) {
		list = append(list, object{"name": found[1], "in": "path", "required": true, "schema": object{"type": "string"}})
	}
	for _, p := range op.Query {
		list = append(list, parameterOf(p.Name, "query", p.Doc, p.schema()))
	}
	if op.Writes {
		list = append(
			list, parameterOf("If-Match", "header", `the version that you have seen, as "7", or *`, object{"type": "string"}),
			parameterOf("Idempotency-Key", "header", "the same key and body give the first answer again, for 30 days", object{"type": "string", "maxLength": 255}),
		)
	}
	return list
}

func parameterOf(name, in, doc string, schema object) object {
	return object{"name": name, "in": in, "description": doc, "schema": schema}
}

func (p parameter) schema() object {
	switch p.Type {
	case "integer":
		return object{"type": "integer", "minimum": 1, "maximum": maxPage}
	case "position":
		return object{"type": "integer", "minimum": 1}
	case "year":
		return object{"type": "integer", "minimum": 1000, "maximum": 9999}
	case "boolean":
		return object{"type": "boolean"}
	case "date":
		return object{"type": "string", "format": "date"}
	}
	schema := object{"type": "string"}
	if len(p.Values) > 0 {
		schema["enum"] = p.Values
	}
	return schema
}

func (op operation) responses(known schemas) object {
	refusal := object{"$ref": "#/components/responses/Problem"}
	responses := object{strconv.Itoa(op.Status): op.success(known, op.Answer), "default": refusal}
	if op.Also != 0 {
		also := op.Answer
		if op.AlsoAnswer != nil {
			also = op.AlsoAnswer
		}
		responses[strconv.Itoa(op.Also)] = op.success(known, also)
	}
	refusals := op.refusals()
	if len(refusals) == 0 {
		responses["4XX"] = refusal
	}
	for _, status := range refusals {
		responses[strconv.Itoa(status)] = refusal
	}
	return responses
}

func (op operation) success(known schemas, answer any) object {
	content := object{op.Media: object{"schema": object{}}}
	if answer != nil {
		content = object{"application/json": object{"schema": known.of(answer)}}
	}
	success := object{"description": "Done", "content": content}
	if op.Writes {
		text := object{"type": "string"}
		success["headers"] = object{
			"ETag":                 object{"description": "version, where the thing has one", "schema": text},
			"Location":             object{"description": "where the new thing is", "schema": text},
			"Idempotency-Replayed": object{"description": "true where this is the first answer again", "schema": text},
		}
	}
	return success
}

// refusals are the statuses that a caller should be ready for.
func (op operation) refusals() []int {
	var statuses []int
	if op.Access != anybody {
		statuses = append(statuses, 401, 403, 429)
	}
	if strings.Contains(op.Path, "{") {
		statuses = append(statuses, 404)
	}
	if len(op.Query) > 0 {
		statuses = append(statuses, 400, 422)
	}
	if op.Writes {
		statuses = append(statuses, 400, 409, 412, 413, 415, 422)
	}
	return statuses
}

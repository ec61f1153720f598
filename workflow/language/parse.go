package language

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// What one file may hold. The limits keep a hostile file from costing more than a moment.
const (
	maxFileSize = 1 << 20
	maxTokens   = 50_000 // the parser takes time by the square of the keys of one mapping
	maxDepth    = 32
	maxColumn   = 4_096 // of a key or a list mark: indentation is depth too
)

// parse reads the text of a file into its tree and checks nothing but that it is one plain YAML mapping.
func parse(name string, data []byte) (*document, Problems) {
	doc := &document{name: name, at: map[string]place{}}
	if len(data) > maxFileSize {
		return nil, Problems{{File: name, Message: fmt.Sprintf("the file has %d bytes, more than %d", len(data), maxFileSize)}}
	}
	if !utf8.Valid(data) {
		return nil, Problems{{File: name, Message: "the file is not UTF-8 text"}}
	}
	text := strings.ReplaceAll(string(data), "\r\n", "\n")
	doc.lines = strings.Split(text, "\n")
	tokens := lexer.Tokenize(text)
	if problems := doc.refuseTokens(tokens); len(problems) > 0 {
		return nil, problems
	}
	file, err := parseTokens(tokens)
	if err != nil {
		return nil, Problems{doc.syntaxProblem(err)}
	}
	body, problem := doc.onlyMapping(file)
	if problem != nil {
		return nil, Problems{*problem}
	}
	doc.body = body
	return doc, nil
}

// refuseTokens reports what definitions may not use: anchors, aliases, tags, merge keys, complex keys and directives, and
// nesting that no definition needs.
func (d *document) refuseTokens(tokens token.Tokens) Problems {
	if len(tokens) > maxTokens {
		return Problems{{File: d.name, Message: fmt.Sprintf("the file has more than %d tokens", maxTokens)}}
	}
	var problems Problems
	depth, marks, markLine := 0, 0, 0
	for _, t := range tokens {
		if word, refused := refusedTokens[t.Type]; refused {
			problems = append(problems, d.problemOn(t, word+" are not part of the definition language"))
		}
		switch t.Type {
		case token.MappingStartType, token.SequenceStartType:
			depth++
		case token.MappingEndType, token.SequenceEndType:
			depth--
		case token.SequenceEntryType:
			if t.Position.Line != markLine {
				marks, markLine = 0, t.Position.Line
			}
			marks++
		default:
		}
		if depth > maxDepth || marks > maxDepth || isTooFarRight(t) {
			return append(problems, d.problemOn(t, "the values are nested too deeply"))
		}
	}
	return problems
}

var refusedTokens = map[token.Type]string{
	token.AnchorType:     "anchors",
	token.AliasType:      "aliases",
	token.TagType:        "tags",
	token.MergeKeyType:   "merge keys",
	token.MappingKeyType: "keys marked by a question mark",
	token.DirectiveType:  "directives",
}

func isTooFarRight(t *token.Token) bool {
	return (t.Type == token.MappingValueType || t.Type == token.SequenceEntryType) && t.Position.Column > maxColumn
}

// parseTokens guards against a parser that meets what its authors did not think of: a file is no reason to stop.
func parseTokens(tokens token.Tokens) (file *ast.File, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			file, err = nil, errUnreadable
		}
	}()
	return parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
}

var errUnreadable = errors.New("the text cannot be read as YAML")

func (d *document) syntaxProblem(err error) Problem {
	var syntax yaml.Error
	if errors.As(err, &syntax) {
		return d.problemOn(syntax.GetToken(), syntax.GetMessage())
	}
	return Problem{File: d.name, Message: err.Error()}
}

func (d *document) onlyMapping(file *ast.File) (*ast.MappingNode, *Problem) {
	var bodies []ast.Node
	for _, part := range file.Docs {
		if part.Body != nil {
			bodies = append(bodies, part.Body)
		}
	}
	switch len(bodies) {
	case 0:
		return nil, &Problem{File: d.name, Message: "the file is empty"}
	case 1:
		if mapping, ok := bodies[0].(*ast.MappingNode); ok {
			return mapping, nil
		}
		problem := d.problemOn(bodies[0].GetToken(), "the file must be a mapping of keys to values")
		return nil, &problem
	default:
		problem := d.problemOn(beginning(bodies[1]), "the file must hold one document, this is a second one")
		return nil, &problem
	}
}

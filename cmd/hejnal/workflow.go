package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"hejnal/cmd/hejnal/installation"
	"hejnal/workflow"
	"hejnal/workflow/draw"
	"hejnal/workflow/language"
)

type workflowCommand struct {
	List   workflowListCommand   `cmd:"" help:"List the definitions in force."`
	Show   workflowShowCommand   `cmd:"" help:"Show the states and transitions of a form."`
	Verify workflowVerifyCommand `cmd:"" help:"Prove definitions. Mistakes are told with file, line and the shortest way to what breaks; the exit code is then 1."`
	Draw   workflowDrawCommand   `cmd:"" help:"Draw a form on standard output."`
}

// defined are the flags that say which definitions hold.
type defined struct {
	Definitions string `placeholder:"DIR" help:"Directory that adds definitions or replaces built-in ones."`
}

// form finds the definition of a form.
func (d defined) form(id string) (*workflow.Definition, error) {
	forms, err := installation.LoadForms(d.Definitions)
	if err != nil {
		return nil, err
	}
	known := make([]string, 0, len(forms))
	for _, form := range forms {
		if form.Form == id {
			return form, nil
		}
		known = append(known, form.Form)
	}
	return nil, fmt.Errorf("there is no form %q; the forms are %s", id, strings.Join(known, ", "))
}

type workflowListCommand struct {
	defined
	Lang string `enum:"pl,en" default:"pl" help:"Language of titles: ${enum}."`
	JSON bool   `name:"json" help:"Print a JSON array."`
}

// formLine is what a list tells of a definition.
type formLine struct {
	Form        string        `json:"form"`
	Version     int           `json:"version"`
	Digest      string        `json:"digest"`
	States      int           `json:"states"`
	Transitions int           `json:"transitions"`
	Title       workflow.Text `json:"title"`
}

func lineOf(d *workflow.Definition) formLine {
	return formLine{
		Form: d.Form, Version: d.Ref.Version, Digest: d.Ref.Digest, States: len(d.States), Transitions: len(d.Transitions), Title: d.Title,
	}
}

// Run lists the definitions.
func (c workflowListCommand) Run(io streams) error {
	forms, err := installation.LoadForms(c.Definitions)
	if err != nil {
		return err
	}
	lines := []formLine{}
	rows := [][]string{{"FORM", "VERSION", "STATES", "TRANSITIONS", "DIGEST", "TITLE"}}
	for _, form := range forms {
		line := lineOf(form)
		lines = append(lines, line)
		rows = append(rows, []string{
			line.Form, strconv.Itoa(line.Version), strconv.Itoa(line.States), strconv.Itoa(line.Transitions), line.Digest[:12], line.Title.In(c.Lang),
		})
	}
	if c.JSON {
		return writeJSON(io.out, lines)
	}
	return table(io.out, rows)
}

type workflowShowCommand struct {
	defined
	Form string `arg:"" help:"Id of the form, such as twin_city_agreement."`
	Lang string `enum:"pl,en" default:"pl" help:"Language of titles: ${enum}."`
	JSON bool   `name:"json" help:"Print the whole definition as JSON; its digest is the SHA-256 of source without white space."`
}

// Run shows the definition.
func (c workflowShowCommand) Run(io streams) error {
	form, err := c.form(c.Form)
	if err != nil {
		return err
	}
	if c.JSON {
		canonical, err := form.Canonical()
		if err != nil {
			return err
		}
		return writeJSON(io.out, struct {
			formLine
			Source json.RawMessage `json:"source"`
		}{lineOf(form), canonical})
	}
	fmt.Fprintf(io.out, "%s, version %d, %s\n%s\n\n", form.Form, form.Ref.Version, form.Ref.Digest, form.Title.In(c.Lang))
	states := [][]string{{"STRAND", "STATE", "KIND", "STAGE", "TITLE"}}
	for _, s := range form.States {
		states = append(states, []string{s.Strand, s.ID, s.Kind, s.Stage, s.Title.In(c.Lang)})
	}
	if err := table(io.out, states); err != nil {
		return err
	}
	fmt.Fprintln(io.out)
	transitions := [][]string{{"STRAND", "TRANSITION", "ROLES", "EVENT → TO", "FROM"}}
	for _, t := range form.Transitions {
		var ways []string
		for _, way := range t.Results() {
			ways = append(ways, way.Event+" → "+way.To)
		}
		transitions = append(transitions, []string{t.Strand, t.ID, list(t.Roles), strings.Join(ways, ", "), few(t.From)})
	}
	return table(io.out, transitions)
}

type workflowVerifyCommand struct {
	defined
	File []string `arg:"" optional:"" help:"Single files, each put together with the other definitions; without one, all definitions."`
}

// Run proves the definitions.
func (c workflowVerifyCommand) Run(io streams) error {
	sets, err := c.sets()
	if err != nil {
		return err
	}
	var rows [][]string
	for _, set := range sets {
		forms, err := installation.Prove(set)
		if err != nil {
			return fmt.Errorf("the definitions do not hold:\n%w", err)
		}
		if err := c.together(set, forms); err != nil {
			return err
		}
		for _, form := range forms {
			line := lineOf(form)
			rows = append(rows, []string{
				"ok", line.Form, fmt.Sprintf("%d states", line.States), fmt.Sprintf("%d transitions", line.Transitions), "sha256:" + line.Digest,
			})
		}
	}
	return table(io.out, rows)
}

// sets reads what is to be proven.
func (c workflowVerifyCommand) sets() ([]language.Set, error) {
	layers := []fs.FS{workflow.Definitions}
	if c.Definitions != "" {
		if _, err := os.ReadDir(c.Definitions); err != nil {
			return nil, fmt.Errorf("the definitions cannot be read: %w", err)
		}
		layers = append(layers, os.DirFS(c.Definitions))
	}
	if len(c.File) == 0 {
		set, err := language.Load(layers...)
		if err != nil {
			return nil, fmt.Errorf("the definitions cannot be read:\n%w", err)
		}
		return []language.Set{set}, nil
	}
	sets := make([]language.Set, 0, len(c.File))
	for _, name := range c.File {
		text, err := readDefinition(name)
		if err != nil {
			return nil, fmt.Errorf("read definition: %w", err)
		}
		set, err := language.ParseFile(name, text, layers...)
		if err != nil {
			return nil, fmt.Errorf("the definition cannot be read:\n%w", err)
		}
		sets = append(sets, set)
	}
	return sets, nil
}

// maxDefinition is more than a definition may have, so that the language says so.
const maxDefinition = 2 << 20

// readDefinition reads a definition, which must be an ordinary file.
func readDefinition(name string) ([]byte, error) {
	found, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case !found.Mode().IsRegular():
		return nil, fmt.Errorf("%s is no ordinary file", name)
	case found.Size() > maxDefinition:
		return nil, fmt.Errorf("%s is larger than any definition", name)
	}
	return os.ReadFile(name)
}

// together proves what concerns all definitions as a whole; it says nothing of single files.
func (c workflowVerifyCommand) together(set language.Set, forms []*workflow.Definition) error {
	if len(c.File) > 0 {
		return nil
	}
	if err := installation.ProveTogether(set, forms); err != nil {
		return fmt.Errorf("the definitions do not hold:\n%w", err)
	}
	return nil
}

type workflowDrawCommand struct {
	defined
	Form   string `arg:"" help:"Id of the form, such as twin_city_agreement."`
	Format string `required:"" enum:"svg,mermaid,dot,bpmn" help:"What to draw: ${enum}."`
	Lang   string `enum:"pl,en" default:"pl" help:"Language of the texts: ${enum}."`
}

// Run draws the form.
func (c workflowDrawCommand) Run(io streams) error {
	form, err := c.form(c.Form)
	if err != nil {
		return err
	}
	graph := draw.FromDefinition(form)
	var picture string
	switch c.Format {
	case "svg":
		picture = draw.SVG(graph, draw.Options{Lang: c.Lang, Prefix: "form"})
	case "mermaid":
		picture = draw.Mermaid(graph, c.Lang)
	case "bpmn":
		picture = draw.BPMN(graph, c.Lang)
	default:
		picture = draw.DOT(graph, c.Lang)
	}
	_, err = fmt.Fprintln(io.out, strings.TrimSuffix(picture, "\n"))
	return err
}

// few names the first of many states, and says how many more there are.
func few(states []string) string {
	const shown = 4
	if len(states) <= shown {
		return strings.Join(states, ",")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(states[:shown-1], ","), len(states)-shown+1)
}

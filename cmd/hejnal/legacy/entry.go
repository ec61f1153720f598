package legacy

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"hejnal/cmd/hejnal/engine"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// krakow holds the partners and memberships of the City of Kraków as the City's own pages, its BIP and the press tell them.
//
//go:embed krakow.csv
var krakow []byte

var columns = []string{
	"form", "state", "partner", "native_name", "country", "kind", "title", "fields",
	"resolved_on", "signed_on", "began_on", "ended_on", "history", "source", "confidence",
}

// Krakow reads the register of the City of Kraków that comes with the program.
func Krakow() ([]engine.Legacy, error) { return Read(bytes.NewReader(krakow)) }

// Read reads entries from CSV in UTF-8 with a header of exactly the known columns. Every mistake names its line.
func Read(r io.Reader) ([]engine.Legacy, error) {
	reader := csv.NewReader(r)
	header, err := reader.Read()
	if err != nil {
		return nil, fmt.Errorf("read header: %w", err)
	}
	if !slices.Equal(header, columns) {
		return nil, fmt.Errorf("read header: want the columns %s", strings.Join(columns, ","))
	}
	var entries []engine.Legacy
	for {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return entries, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read entry: %w", err)
		}
		entry, err := read(row)
		if err != nil {
			line, _ := reader.FieldPos(0)
			return nil, fmt.Errorf("read entry of line %d: %w", line, err)
		}
		entries = append(entries, entry)
	}
}

func read(row []string) (engine.Legacy, error) {
	field := func(name string) string { return strings.TrimSpace(row[slices.Index(columns, name)]) }
	entry := engine.Legacy{
		State: field("state"),
		NewProposal: engine.NewProposal{
			Form: field("form"), Title: field("title"), Description: field("history"),
			Partner: &engine.NewPartner{
				Name: field("partner"), NativeName: field("native_name"), Country: field("country"), Kind: field("kind"), Legacy: true,
			},
		},
	}
	if fields := field("fields"); fields != "" {
		entry.Fields = strings.Split(fields, " ")
	}
	dates := map[string]string{}
	for _, name := range []string{"resolved_on", "signed_on", "began_on", "ended_on"} {
		if text := field(name); text != "" {
			dates[name] = text
		}
	}
	entry.OccurredOn = occurred(dates)
	inputs := map[string]any{"source": field("source"), "confidence": field("confidence")}
	if len(dates) > 0 {
		inputs["dates"] = dates
	}
	entry.Command = workflow.Command{Inputs: map[string]json.RawMessage{}}
	for name, value := range inputs {
		raw, err := json.Marshal(value)
		if err != nil {
			return engine.Legacy{}, fmt.Errorf("write %s: %w", name, err)
		}
		entry.Command.Inputs[name] = raw
	}
	return entry, nil
}

// occurred gives the one full date that the entry is best dated by; a date that is known in part is none.
func occurred(dates map[string]string) calendar.Date {
	for _, name := range []string{"ended_on", "signed_on", "began_on", "resolved_on"} {
		if day, err := calendar.Parse(dates[name]); err == nil {
			return day
		}
	}
	return ""
}

package published

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// Media types of the register as a file.
const (
	CSVType       = "text/csv; charset=utf-8; header=present"
	JSONLinesType = "application/jsonl; charset=utf-8"
)

// Table writes entries one after another.
type Table interface {
	Write(entry Entry) error
	// Close writes what is still held.
	Close() error
}

// NewCSV writes entries as RFC 4180 has it, in UTF-8 without a mark before it, under a row of the columns' names. What a
// spreadsheet would take for a formula has an apostrophe before it.
func NewCSV(w io.Writer) (Table, error) {
	table := csvTable{csv.NewWriter(w)}
	table.UseCRLF = true
	names := make([]string, 0, len(Columns))
	for _, column := range Columns {
		names = append(names, column.Name)
	}
	if err := table.Writer.Write(names); err != nil {
		return nil, fmt.Errorf("write the header: %w", err)
	}
	return table, nil
}

type csvTable struct{ *csv.Writer }

// Write writes a row.
func (t csvTable) Write(entry Entry) error {
	row := make([]string, 0, len(Columns))
	for _, column := range Columns {
		row = append(row, harmless(column.of(entry)))
	}
	if err := t.Writer.Write(row); err != nil {
		return fmt.Errorf("write a row: %w", err)
	}
	return nil
}

// Close writes what is still held.
func (t csvTable) Close() error {
	t.Flush()
	return t.Error()
}

// harmless keeps a spreadsheet from reading a text as a formula.
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}

// NewJSONLines writes entries as one JSON object a line.
func NewJSONLines(w io.Writer) Table {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return jsonLines{encoder}
}

type jsonLines struct{ encoder *json.Encoder }

// Write writes a line.
func (t jsonLines) Write(entry Entry) error {
	if err := t.encoder.Encode(entry); err != nil {
		return fmt.Errorf("write a line: %w", err)
	}
	return nil
}

// Close has nothing left to write.
func (jsonLines) Close() error { return nil }

// MostRows is how many rows one file of the register holds.
const MostRows = 50_000

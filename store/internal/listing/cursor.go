package listing

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"hejnal/store"
)

// cursor is where a page ended: the order it belongs to and the values of that order's columns in its last row.
type cursor struct {
	Order  string   `json:"o"`
	Values []string `json:"v"`
}

type kind int

const (
	text kind = iota
	integer
	binary
)

// column is one column of an order.
type column struct {
	name string
	kind kind
}

func encode(order string, columns []column, values []any) string {
	last := cursor{Order: order}
	for i, column := range columns {
		last.Values = append(last.Values, column.kind.write(values[i]))
	}
	raw, err := json.Marshal(last)
	if err != nil {
		panic("strings always encode: " + err.Error())
	}
	return base64.RawURLEncoding.EncodeToString(raw)
}

// decode answers store.ErrCursor unless the cursor was made for this order.
func decode(given, order string, columns []column) ([]any, error) {
	raw, err := base64.RawURLEncoding.DecodeString(given)
	if err != nil {
		return nil, store.ErrCursor
	}
	var last cursor
	if err := json.Unmarshal(raw, &last); err != nil || last.Order != order || len(last.Values) != len(columns) {
		return nil, store.ErrCursor
	}
	values := make([]any, len(columns))
	for i, column := range columns {
		if values[i], err = column.kind.read(last.Values[i]); err != nil {
			return nil, store.ErrCursor
		}
	}
	return values, nil
}

// target is what a column of the kind is scanned into.
func (k kind) target() any {
	switch k {
	case integer:
		return new(int64)
	case binary:
		return new([]byte)
	default:
		return new(string)
	}
}

func (k kind) write(target any) string {
	switch value := target.(type) {
	case *int64:
		return strconv.FormatInt(*value, 10)
	case *[]byte:
		return base64.RawURLEncoding.EncodeToString(*value)
	case *string:
		return *value
	default:
		panic(fmt.Sprintf("no column is scanned into %T", target))
	}
}

func (k kind) read(written string) (any, error) {
	switch k {
	case integer:
		return strconv.ParseInt(written, 10, 64)
	case binary:
		return base64.RawURLEncoding.DecodeString(written)
	default:
		if strings.ContainsRune(written, 0) { // PostgreSQL takes none; that it is UTF-8 is JSON's doing
			return nil, store.ErrCursor
		}
		return written, nil
	}
}

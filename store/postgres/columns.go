package postgres

import (
	"encoding/binary"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// binaryFormat is that of every parameter, or of every column.
var binaryFormat = []int16{pgx.BinaryFormatCode}

// columns reads a row in PostgreSQL's binary format, column by column; NULL is read as the zero value. The first error
// stays.
type columns struct {
	row [][]byte
	err error
}

func (c *columns) next() []byte {
	if len(c.row) == 0 {
		c.fail("there are too few columns")
		return nil
	}
	value := c.row[0]
	c.row = c.row[1:]
	return value
}

func (c *columns) fail(what string) {
	if c.err == nil {
		c.err = fmt.Errorf("read row: %s", what)
	}
}

func (c *columns) text() string { return string(c.next()) }

func (c *columns) number() int64 {
	value := c.next()
	switch len(value) {
	case 0:
		return 0
	case 8:
		return int64(binary.BigEndian.Uint64(value)) //nolint:gosec // two's complement
	}
	c.fail(fmt.Sprintf("a number has %d bytes", len(value)))
	return 0
}

func (c *columns) flag() bool {
	value := c.next()
	return len(value) == 1 && value[0] != 0
}

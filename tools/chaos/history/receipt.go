package history

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// Receipt is a message that a subscriber got, one JSON line of the subscriber's file, in the order in which they came.
type Receipt struct {
	Subject  string `json:"subject"`
	Sequence uint64 `json:"sequence"` // in the stream
	ID       string `json:"id"`       // Nats-Msg-Id
	SHA256   string `json:"sha256"`   // of the payload, in hexadecimal
	Payload  string `json:"payload,omitempty"`
	// Delivered is how often JetStream says that it was delivered until now; 0: not known, or live.
	Delivered uint64 `json:"delivered,omitempty"`
	// Consumer is the number that the consumer gave the delivery; 0: not known. It falls back when another server leads the
	// consumer that does not know of the last deliveries.
	Consumer uint64 `json:"consumer,omitempty"`
	// Connection is the number of the connection that it came by, from 0; it rises whenever one was cut.
	Connection uint64 `json:"connection,omitempty"`
}

// ReadReceipts reads a subscriber's file.
func ReadReceipts(path string) ([]Receipt, error) {
	var receipts []Receipt
	err := lines(path, func(line []byte) error {
		var receipt Receipt
		err := strict(line, &receipt)
		receipts = append(receipts, receipt)
		return err
	})
	return receipts, err
}

// lines hands every line of a file over. A last line without its end, as a crash leaves it, is an error.
func lines(path string, read func([]byte) error) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read history: %w", err)
	}
	defer file.Close() //nolint:errcheck // it was only read
	for reader, n := bufio.NewReader(file), 1; ; n++ {
		line, err := reader.ReadBytes('\n')
		if errors.Is(err, io.EOF) && len(line) == 0 {
			return nil
		}
		if err == nil {
			err = read(line)
		}
		if err != nil {
			return fmt.Errorf("read line %d of %s: %w", n, path, err)
		}
	}
}

func strict(line []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

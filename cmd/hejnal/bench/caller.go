package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// caller is a client of the API with one connection that stays open. It writes requests made beforehand, so that the two
// processors are left to the server.
type caller struct {
	connection net.Conn
	reader     *bufio.Reader
}

// callers connects so many clients.
func callers(ctx context.Context, address string, count int) ([]*caller, error) {
	made := make([]*caller, count)
	for i := range made {
		connection, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("connect: %w", err), hangUp(made[:i]))
		}
		made[i] = &caller{connection: connection, reader: bufio.NewReader(connection)}
	}
	return made, nil
}

func hangUp(all []*caller) error {
	errs := make([]error, len(all))
	for i, one := range all {
		errs[i] = one.connection.Close()
	}
	return errors.Join(errs...)
}

// postContact is the request that records a contact of a case.
func postContact(address, token, id string) []byte {
	body := `{"transition":"record_contact","inputs":{"note":` + string(contact.Inputs["note"]) + `}}`
	return fmt.Appendf(nil, "POST /api/v1/proposals/%s/transitions HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		id, address, token, len(body), body)
}

// call sends a request and reads the whole answer, which must be 201.
func (c *caller) call(ctx context.Context, request []byte) error {
	deadline := time.Now().Add(time.Minute)
	if ends, ok := ctx.Deadline(); ok {
		deadline = ends
	}
	if err := c.connection.SetDeadline(deadline); err != nil {
		return fmt.Errorf("call: %w", err)
	}
	if _, err := c.connection.Write(request); err != nil {
		return fmt.Errorf("call: %w", err)
	}
	answer, err := http.ReadResponse(c.reader, nil)
	if err != nil {
		return fmt.Errorf("read answer: %w", err)
	}
	text, err := io.ReadAll(answer.Body)
	if err := errors.Join(err, answer.Body.Close()); err != nil {
		return fmt.Errorf("read answer: %w", err)
	}
	if answer.StatusCode != http.StatusCreated {
		return fmt.Errorf("the API answered %s: %s", answer.Status, text)
	}
	return ctx.Err()
}

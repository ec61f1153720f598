package load

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"hejnal/tools/chaos/history"
)

// request is a call to be made, as the history tells it, and what goes with it.
type request struct {
	history.Call
	by    Person
	media string // Content-Type of the body
	body  []byte
}

// answered is what a call brought.
type answered struct {
	status int // 0: unknown outcome
	body   []byte
	call   history.Call
}

// clock gives nanoseconds that only rise, near those since 1970.
type clock struct{ began time.Time }

func (c clock) now() int64 { return c.began.UnixNano() + int64(time.Since(c.began)) }

// longestAnswer is how long a client waits for an answer before it takes the outcome for unknown.
const longestAnswer = 5 * time.Second

// send makes a call through an instance and writes down what came of it.
func (l *Load) send(instance Instance, asked request) (answered, error) {
	sum := sha256.Sum256(asked.body)
	call := asked.Call
	call.Instance, call.BodyDigest, call.Call = instance.Name, hex.EncodeToString(sum[:]), l.clock.now()
	status, header, body, failed := l.exchange(instance, asked)
	if failed != nil {
		call.Problem = failed.Error()
	} else {
		call.Return = l.clock.now()
		tell(&call, status, header, body)
	}
	l.count(call)
	return answered{status: call.Status, body: body, call: call}, l.history.Append(call)
}

// exchange asks and reads the whole answer.
func (l *Load) exchange(instance Instance, asked request) (int, http.Header, []byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), longestAnswer)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, asked.Method, instance.URL+asked.Path, bytes.NewReader(asked.body))
	if err != nil {
		return 0, nil, nil, err
	}
	request.GetBody = nil // so that the transport never asks twice by itself
	request.Header.Set("Authorization", "Bearer "+asked.by.Token)
	request.Header.Set("Accept-Language", "en")
	if asked.media != "" {
		request.Header.Set("Content-Type", asked.media)
	}
	if asked.Key != "" {
		request.Header.Set("Idempotency-Key", asked.Key)
	}
	if asked.IfMatch != "" {
		request.Header.Set("If-Match", strconv.Quote(asked.IfMatch))
	}
	answer, err := l.http.Do(request)
	if err != nil {
		return 0, nil, nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, nil, nil, fmt.Errorf("read the answer: %w", err)
	}
	return answer.StatusCode, answer.Header, body, nil
}

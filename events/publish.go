package events

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

const (
	batchFrom      = 20      // waiting events from which a batch is the quicker way
	portionBytes   = 4 << 20 // of texts sent before the answers are awaited
	headerReserve  = 512     // bytes of headers that count towards the server's limit
	batchIDHeader  = "Nats-Batch-Id"
	batchSeqHeader = "Nats-Batch-Sequence"
	batchEndHeader = "Nats-Batch-Commit"
)

// API error codes that mean "the stream is elsewhere than you think".
const (
	codeWrongLastSequence         jetstream.ErrorCode = 10071
	codeWrongLastSequenceConstant jetstream.ErrorCode = 10164
	codeBatchDuplicate            jetstream.ErrorCode = 10201
	codeDuplicateInProcess        jetstream.ErrorCode = 10158
)

// isConflict answers whether another publisher, or an earlier attempt of ours,
// came first.
func isConflict(err error) bool {
	var api *jetstream.APIError
	if !errors.As(err, &api) {
		return errors.Is(err, errOtherSequence)
	}
	return slices.Contains([]jetstream.ErrorCode{
		codeWrongLastSequence, codeWrongLastSequenceConstant, codeBatchDuplicate, codeDuplicateInProcess,
	}, api.ErrorCode)
}

var errOtherSequence = errors.New("the stream answered with another sequence")

// publish sends messages in order and returns the last position that is in the
// stream. On an error the stream holds some prefix, which may still grow: an
// answer that was late, or not awaited because ctx ended, tells nothing. What is
// sent next has to go by the stream's end, and is refused where that grew since.
func (r *Relay) publish(ctx context.Context, messages []Message) (done int64, err error) {
	fit, large := r.fitting(messages)
	if len(fit) == 0 {
		return 0, large
	}
	if len(fit) >= batchFrom {
		err = r.publishBatch(ctx, fit)
		if isBatchRefusal(err) {
			err = r.publishEach(ctx, fit)
		}
	} else {
		err = r.publishEach(ctx, fit)
	}
	if err != nil {
		return 0, fmt.Errorf("publish %d to %d: %w", fit[0].Pos, fit[len(fit)-1].Pos, err)
	}
	return fit[len(fit)-1].Pos, nil
}

// fitting cuts messages before the first that is too large for the server, and
// to a portion that memory bears. The error tells of the large one.
func (r *Relay) fitting(messages []Message) ([]Message, error) {
	limit, total := r.opts.Conn.MaxPayload(), int64(0)
	for i, m := range messages {
		size := int64(len(m.Text) + sequenceLen + len(m.ID) + headerReserve)
		if size > limit {
			return messages[:i], &OversizeError{Pos: m.Pos, Size: size, Limit: limit}
		}
		if total += size; total > portionBytes && i > 0 {
			return messages[:i], nil
		}
	}
	return messages, nil
}

// publishEach sends each message by itself, all of them before the first
// answer is awaited.
func (r *Relay) publishEach(ctx context.Context, messages []Message) error {
	futures := make([]jetstream.PubAckFuture, 0, len(messages))
	var failure error
	for _, m := range messages {
		msg := message(m)
		msg.Header.Set(jetstream.ExpectedLastSeqHeader, strconv.FormatInt(m.Pos-1, 10))
		future, err := r.js.PublishMsgAsync(msg)
		if err != nil {
			failure = err
			break
		}
		futures = append(futures, future)
	}
	for i, future := range futures {
		if err := answer(ctx, future, messages[i].Pos); err != nil && failure == nil {
			failure = err
		}
	}
	return failure
}

func answer(ctx context.Context, future jetstream.PubAckFuture, pos int64) error {
	select {
	case ack := <-future.Ok():
		return checkAck(ack, pos)
	case err := <-future.Err():
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func checkAck(ack *jetstream.PubAck, pos int64) error {
	if int64(ack.Sequence) != pos || ack.Duplicate {
		return fmt.Errorf("%w: %d for position %d (duplicate id: %t)", errOtherSequence, ack.Sequence, pos, ack.Duplicate)
	}
	return nil
}

// publishBatch sends the messages as one atomic batch: all are in, or none.
func (r *Relay) publishBatch(ctx context.Context, messages []Message) error {
	id := r.opts.NewID()
	for i, m := range messages {
		msg := message(m)
		msg.Header.Set(batchIDHeader, id)
		msg.Header.Set(batchSeqHeader, strconv.Itoa(i+1))
		if i == 0 {
			msg.Header.Set(jetstream.ExpectedLastSeqHeader, strconv.FormatInt(m.Pos-1, 10))
		}
		if i == len(messages)-1 {
			msg.Header.Set(batchEndHeader, "1")
			return r.commitBatch(ctx, msg, m.Pos)
		}
		if err := r.opts.Conn.PublishMsg(msg); err != nil {
			return err
		}
	}
	return nil
}

func (r *Relay) commitBatch(ctx context.Context, msg *nats.Msg, pos int64) error {
	ctx, cancel := context.WithTimeout(ctx, ackTimeout)
	defer cancel()
	reply, err := r.opts.Conn.RequestMsgWithContext(ctx, msg)
	if err != nil {
		return fmt.Errorf("commit batch: %w", err)
	}
	var ack struct {
		jetstream.PubAck
		Error *jetstream.APIError `json:"error"`
	}
	if err := json.Unmarshal(reply.Data, &ack); err != nil {
		return fmt.Errorf("commit batch: read the answer: %w", err)
	}
	if ack.Error != nil {
		return fmt.Errorf("commit batch: %w", ack.Error)
	}
	if err := checkAck(&ack.PubAck, pos); err != nil {
		return err
	}
	r.board.write(func(s *Status) { s.Batches++ })
	return nil
}

// isBatchRefusal answers whether the server turned the batch itself down, so
// that the messages may be tried one by one: too many open batches, or an id
// of the batch seen before.
func isBatchRefusal(err error) bool {
	var api *jetstream.APIError
	if !errors.As(err, &api) {
		return false
	}
	return api.ErrorCode != codeWrongLastSequence && api.ErrorCode != codeWrongLastSequenceConstant
}

func message(m Message) *nats.Msg {
	msg := nats.NewMsg(m.Subject)
	msg.Data = Published(m.Text, m.Pos)
	msg.Header.Set("Content-Type", ContentType)
	msg.Header.Set(jetstream.MsgIDHeader, m.ID)
	return msg
}

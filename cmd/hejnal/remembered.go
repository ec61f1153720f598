package main

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
)

// remembered is how many of the last events a reader knows again after the stream was made anew.
const remembered = 4096

// lookedBack is how many positions a reader that begins with the next event reads without showing them, to know them again.
const lookedBack = 512

// errUnknown says that a stream was made anew and holds none of the events that a reader knows.
var errUnknown = errors.New("the stream was made anew with other events, and none of those that were read here last is among them: what follows what cannot be told. " +
	"Begin again with --from-start, or read by a durable consumer (--durable), which is led behind the last event that both have")

// making is which making of a stream a reader reads.
type making struct {
	created time.Time
	epoch   int64
	last    uint64 // its last sequence
}

func makingOf(info *jetstream.StreamInfo) making {
	return making{created: info.Created, epoch: events.EpochOf(info), last: info.State.LastSeq}
}

func (m making) same(other making) bool { return m.created.Equal(other.created) }

// known is an event by its place in a stream.
type known struct {
	sequence uint64
	id       string
}

// memory knows the last events that a reader has read, to find them again in a stream that was made anew.
type memory struct {
	events   []known // in the order of their sequences
	quiet    uint64  // sequence of the last event that is known without having been shown
	complete bool    // no event that the reader wants has come before the first of them
	doubted  bool    // the stream was made anew, and no event was found that belongs there no more
	vouched  bool    // since then one was found that is the same
}

// doubt is called when the stream was made anew. It answers the sequence to read on behind.
func (m *memory) doubt(last uint64, sameEpoch bool) (after uint64) {
	m.doubted, m.vouched = true, m.complete
	switch {
	case m.complete:
		return 0
	case len(m.events) > 0:
		return m.events[0].sequence - 1
	case sameEpoch: // made anew with the events that it had
		m.doubted = false
		return last
	}
	return 0 // whatever comes is not known
}

// meet takes an event and answers whether it is to be shown.
func (m *memory) meet(event known) (fresh bool, err error) {
	if m.doubted {
		at, found := slices.BinarySearchFunc(m.events, event.sequence, func(k known, sequence uint64) int { return cmp.Compare(k.sequence, sequence) })
		if found && m.events[at] == event {
			m.vouched = true
			m.doubted = at < len(m.events)-1
			return false, nil
		}
		if !m.vouched {
			return false, errUnknown
		}
		m.events, m.doubted, m.quiet = m.events[:at], false, 0
	}
	if last := len(m.events); last > 0 && event.sequence <= m.events[last-1].sequence {
		return false, nil
	}
	if len(m.events) >= remembered {
		m.events, m.complete = slices.Delete(m.events, 0, remembered/2), false
	}
	m.events = append(m.events, event)
	return event.sequence > m.quiet, nil
}

package check

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"hejnal/tools/chaos/history"
)

// subscribers judges what each subscriber received: everything that it may see, nothing else, in order.
func (c *checker) subscribers() error {
	internal, public := c.expected()
	bySequence := [2]map[int64]message{{}, {}}
	for i, stream := range [][]message{internal, public} {
		for _, m := range stream {
			bySequence[i][m.sequence] = m
		}
	}
	var errs []error
	for _, s := range c.in.Subscribers {
		errs = append(errs, c.subscriber(s, bySequence))
	}
	return errors.Join(errs...)
}

func (c *checker) subscriber(s Subscriber, streams [2]map[int64]message) error {
	seen := [2]map[int64]bool{{}, {}}
	var last [2]int64
	var delivery, connection [2]uint64
	after := [2]int64{s.After, s.AfterPublic}
	receipts, err := history.ReadReceipts(s.File)
	c.report.Received += len(receipts)
	for _, r := range receipts {
		which, sequence := 0, int64(r.Sequence)
		if strings.HasPrefix(r.Subject, c.in.Streams.PublicPrefix+".") {
			which = 1
		}
		if c.in.Damaged && astray(r, streams[which]) {
			c.report.Astray++
			continue
		}
		c.receipt(s, r, streams[which])
		// A consumer that counts from lower on again was made again, or goes on at a server that was not told of the last
		// deliveries: order is judged anew. What was delivered before, to a connection that was cut, may come behind later ones,
		// and a server that was killed may not remember that it was.
		if r.Connection != connection[which] {
			last[which], connection[which] = 0, r.Connection
		}
		fresh := r.Delivered < 2
		if fresh && r.Consumer > 0 {
			if r.Consumer <= delivery[which] {
				last[which] = 0
			}
			delivery[which] = r.Consumer
		}
		if seen[which][sequence] {
			continue
		}
		if sequence < last[which] && fresh {
			c.report.add(Reordered, r.Subject, "subscriber %s saw event %d for the first time after %d", s.Name, sequence, last[which])
		}
		seen[which][sequence] = true
		last[which] = max(last[which], sequence)
	}
	for which, stream := range streams {
		for sequence, m := range stream {
			if sequence > after[which] && !seen[which][sequence] && within(s.Filter, m.subject) {
				c.report.add(Lost, m.subject, "subscriber %s never saw event %s at %d", s.Name, m.id, sequence)
			}
		}
	}
	return err
}

// astray reports whether an event of the journal was received from the place of another one.
func astray(r history.Receipt, stream map[int64]message) bool {
	if there, known := stream[int64(r.Sequence)]; known && there.id == r.ID {
		return false
	}
	for _, m := range stream {
		if m.id == r.ID {
			hash := sha256.Sum256(m.text)
			return m.subject == r.Subject && hex.EncodeToString(hash[:]) == r.SHA256
		}
	}
	return false
}

// receipt judges one event that was received.
func (c *checker) receipt(s Subscriber, r history.Receipt, stream map[int64]message) {
	where := fmt.Sprintf("sequence %d, %s", r.Sequence, r.Subject)
	if !within(s.Filter, r.Subject) {
		c.report.add(Leaked, where, "subscriber %s saw what it may not see", s.Name)
	}
	m, known := stream[int64(r.Sequence)]
	hash := sha256.Sum256(m.text)
	switch {
	case !known:
		c.report.add(Phantom, where, "subscriber %s saw an event that the journal does not know", s.Name)
	case m.subject != r.Subject || m.id != r.ID || hex.EncodeToString(hash[:]) != r.SHA256 || r.Payload != "" && r.Payload != string(m.text):
		c.report.add(Altered, where, "subscriber %s saw another event than the journal has", s.Name)
	}
}

// within tells whether a subject matches one of the patterns of NATS.
func within(patterns []string, subject string) bool {
	for _, pattern := range patterns {
		if matches(strings.Split(pattern, "."), strings.Split(subject, ".")) {
			return true
		}
	}
	return false
}

func matches(pattern, subject []string) bool {
	for i, token := range pattern {
		switch {
		case token == ">":
			return len(subject) > i
		case i >= len(subject) || token != "*" && token != subject[i]:
			return false
		}
	}
	return len(pattern) == len(subject)
}

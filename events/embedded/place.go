package embedded

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
)

// placeBook keeps which of a subscriber's places on a stream is whose: the name
// that was asked for, by place. After a restart it is empty; places in use are
// then found by asking the server.
type placeBook struct {
	js     jetstream.JetStream
	routes routes

	mu    sync.Mutex
	books map[string]*book // by user and stream
}

// routes lead a subject to another one.
type routes interface {
	AddMapping(from, to string) error
	RemoveMapping(from string) bool
}

// book is one subscriber's places on one stream.
type book struct {
	names  map[string]string // asked name by place, for places that may be in use
	making map[string]bool   // places whose consumer is being made
	next   int               // where to look for a free one first
}

func newPlaceBook(js jetstream.JetStream, routes routes) *placeBook {
	return &placeBook{js: js, routes: routes, books: make(map[string]*book)}
}

// resolve returns the consumer that a user means by a name: one of its places,
// or its durable. A name that the user cannot mean is answered with a place
// that does not exist.
func (p *placeBook) resolve(user, stream, name string) string {
	if name == user || isPlace(user, name) {
		return name
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if b := p.books[user+" "+stream]; b != nil {
		for place, asked := range b.names {
			if asked == name {
				return place
			}
		}
	}
	return user + "~0"
}

// take returns the place for a consumer: the one that the name already has, or
// one that is free. Places go round, so that a message of a consumer that is
// gone is not acknowledged at its successor.
func (p *placeBook) take(ctx context.Context, user, stream, name string) (string, error) {
	if !validUser(name) && !isPlace(user, name) {
		return "", refuse("a consumer's name may hold letters, digits, _ and - only, 64 at most")
	}
	if place := p.resolve(user, stream, name); place == user {
		return "", refuse("the durable consumer %s is made by the operator", user)
	} else if isPlace(user, place) {
		return place, nil
	}
	if taken, err := p.used(ctx, stream, name); err != nil || taken {
		return "", errors.Join(err, refuse("the consumer %s is somebody else's", name))
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	b := p.books[user+" "+stream]
	if b == nil {
		b = &book{names: make(map[string]string), making: make(map[string]bool)}
		p.books[user+" "+stream] = b
	}
	all := placeNames(user)
	for i := range all {
		at := (b.next + i) % len(all)
		place := all[at]
		if b.making[place] {
			continue
		}
		used, err := p.used(ctx, stream, place)
		if err != nil {
			return "", err
		}
		if !used {
			p.forget(b, user, stream, place)
			b.names[place], b.making[place], b.next = name, true, at+1
			return place, nil
		}
	}
	return "", refuse("%d consumers are in use, and more are not allowed", len(all))
}

func (p *placeBook) used(ctx context.Context, stream, place string) (bool, error) {
	_, err := p.js.Consumer(ctx, stream, place)
	if errors.Is(err, jetstream.ErrConsumerNotFound) {
		return false, nil
	}
	if err != nil {
		return false, refuse("the server did not answer")
	}
	return true, nil
}

// settled says that the consumer of a place that was taken is there. From now
// on pull requests by the name that was asked for reach it.
func (p *placeBook) settled(user, stream, place string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	b := p.books[user+" "+stream]
	if b == nil || !b.making[place] {
		return nil
	}
	delete(b.making, place)
	return p.routes.AddMapping(route(user, stream, b.names[place]), nextPrefix+stream+"."+place)
}

// forgetUser drops everything that is known of a user's places.
func (p *placeBook) forgetUser(user string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, stream := range []string{events.StreamInternal, events.StreamPublic} {
		if b := p.books[user+" "+stream]; b != nil {
			for place := range b.names {
				p.forget(b, user, stream, place)
			}
		}
		delete(p.books, user+" "+stream)
	}
}

// abandon gives a place back whose consumer could not be made. One that the name
// had before stays, and so does its consumer.
func (p *placeBook) abandon(user, stream, place string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if b := p.books[user+" "+stream]; b != nil && b.making[place] {
		p.forget(b, user, stream, place)
	}
}

// free gives a place back.
func (p *placeBook) free(user, stream, place string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if b := p.books[user+" "+stream]; b != nil {
		p.forget(b, user, stream, place)
	}
}

func (p *placeBook) forget(b *book, user, stream, place string) {
	if name, ok := b.names[place]; ok {
		p.routes.RemoveMapping(route(user, stream, name))
	}
	delete(b.names, place)
	delete(b.making, place)
}

// route is where pull requests arrive that name a consumer as it was asked for.
func route(user, stream, name string) string {
	return routePrefix + user + "." + stream + "." + name
}

// isPlace answers whether a name is one of the places a user has, and no other
// name that merely begins like one.
func isPlace(user, name string) bool {
	return slices.Contains(placeNames(user), name)
}

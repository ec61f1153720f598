package embedded

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
)

const (
	gateWorkers = 4
	gateLine    = 64       // requests of one user that wait; more are dropped and look like a time-out
	gateBody    = 16 << 10 // bytes of a request; a larger one is dropped
	gateTimeout = 4 * time.Second
)

// gate answers the part of the JetStream API that subscribers may use, after
// reading what they ask for.
type gate struct {
	conn   *nats.Conn
	js     jetstream.JetStream
	auth   *authenticator
	opts   Options
	places *placeBook
	log    *seldom

	sub     *nats.Subscription
	waiting *turns
	stop    context.CancelFunc
	running sync.WaitGroup
}

func openGate(conn *nats.Conn, auth *authenticator, routes routes, opts Options, log *seldom) (*gate, error) {
	js, err := jetstream.New(conn, jetstream.WithDefaultTimeout(gateTimeout))
	if err != nil {
		return nil, fmt.Errorf("open the gate for subscribers: %w", err)
	}
	ctx, stop := context.WithCancel(context.Background())
	g := &gate{
		conn: conn, js: js, auth: auth, opts: opts, stop: stop, log: log,
		places: newPlaceBook(js, routes), waiting: newTurns(),
	}
	for range gateWorkers {
		g.running.Go(func() { g.serve(ctx) })
	}
	g.sub, err = conn.Subscribe(gatePrefix+">", g.arrive)
	if err != nil {
		g.close()
		return nil, fmt.Errorf("open the gate for subscribers: %w", err)
	}
	return g, nil
}

func (g *gate) close() {
	g.stop()
	g.waiting.close()
	g.conn.Close()
	g.running.Wait()
}

// arrive lets a request wait for its turn. Its subject is the gate's prefix,
// the user, what is asked, the stream and the rest.
func (g *gate) arrive(msg *nats.Msg) {
	user, _, _ := strings.Cut(strings.TrimPrefix(msg.Subject, gatePrefix), ".")
	switch {
	case msg.Reply == "":
	case len(msg.Data) > gateBody:
		g.log.of("large "+user).Warn("a subscriber's request is too large", "user", user, "subject", msg.Subject, "bytes", len(msg.Data))
	case !g.waiting.add(user, msg):
		g.log.of("many "+user).Warn("too many requests of a subscriber at once", "user", user, "subject", msg.Subject)
	}
}

func (g *gate) serve(ctx context.Context) {
	for {
		user, msg, ok := g.waiting.take()
		if !ok {
			return
		}
		g.answer(ctx, user, msg)
		g.waiting.done(user)
	}
}

// answer handles one request.
func (g *gate) answer(ctx context.Context, user string, msg *nats.Msg) {
	ctx, cancel := context.WithTimeout(ctx, gateTimeout)
	defer cancel()
	reply, err := g.handle(ctx, user, msg)
	if err != nil {
		reply = refusal(err)
	}
	if err := msg.Respond(reply); err != nil && ctx.Err() == nil {
		g.log.of("answer "+user).Warn("answer a subscriber", "user", user, "subject", msg.Subject, "error", err)
	}
}

func (g *gate) handle(ctx context.Context, user string, msg *nats.Msg) ([]byte, error) {
	tokens := strings.SplitN(strings.TrimPrefix(msg.Subject, gatePrefix), ".", 4)
	if len(tokens) < 3 {
		return nil, refuse("unknown request")
	}
	verb, streamName := tokens[1], tokens[2]
	allow, err := g.allowed(ctx, user, streamName)
	if err != nil {
		return nil, err
	}
	if verb == "STREAM" {
		return g.request(ctx, user, streamPrefix+streamName, nil)
	}
	if len(tokens) < 4 {
		return nil, refuse("unknown request")
	}
	switch rest := tokens[3]; verb {
	case "INFO":
		return g.request(ctx, user, infoPrefix+streamName+"."+g.places.resolve(user, streamName, rest), nil)
	case "DELETE":
		return g.delete(ctx, user, streamName, rest)
	case "CREATE":
		name, filter, _ := strings.Cut(rest, ".")
		return g.create(ctx, request{user: user, stream: streamName, name: name, filter: filter, allow: allow, body: msg.Data})
	}
	return nil, refuse("unknown request")
}

// allowed returns what the user may read of a stream now.
func (g *gate) allowed(ctx context.Context, user, streamName string) ([]string, error) {
	login, found, err := g.auth.opts.Logins.Login(ctx, user)
	if err != nil {
		g.log.of("login").Error("look up a subscriber's login", "user", user, "error", err)
		return nil, refuse("the login cannot be looked up")
	}
	if !found || login.Disabled {
		return nil, refuse("the login is disabled")
	}
	streams, err := allowedStreams(g.opts.Subjects, login.Allow)
	if err != nil {
		return nil, refuse("%v", err)
	}
	for _, s := range streams {
		if s.name == streamName {
			return s.allow, nil
		}
	}
	return nil, refuse("nothing of stream %s is allowed", streamName)
}

// request is a subscriber's wish for a consumer of its own.
type request struct {
	user, stream, name, filter string
	allow                      []string
	body                       []byte
}

func (g *gate) create(ctx context.Context, r request) ([]byte, error) {
	config, action, err := r.config()
	if err != nil {
		return nil, err
	}
	place, err := g.places.take(ctx, r.user, r.stream, r.name)
	if err != nil {
		return nil, err
	}
	config.Name = place
	body, err := json.Marshal(map[string]any{"stream_name": r.stream, "config": config, "action": action})
	if err != nil {
		return nil, fmt.Errorf("encode consumer: %w", err)
	}
	answer, err := g.request(ctx, r.user, createPrefix+r.stream+"."+place+"."+r.filter, body)
	if err != nil || isAPIError(answer) {
		g.places.abandon(r.user, r.stream, place)
		return answer, err
	}
	if err := g.places.settled(r.user, r.stream, place); err != nil {
		return nil, fmt.Errorf("lead to consumer %s: %w", place, err)
	}
	return answer, nil
}

// config reads what is asked for and keeps what a subscriber may choose. The action says whether a consumer of the name may, or
// must, be there already: create, update, or nothing for either.
func (r request) config() (c jetstream.ConsumerConfig, action string, err error) {
	var asked struct {
		Stream string                   `json:"stream_name"`
		Config jetstream.ConsumerConfig `json:"config"`
		Action string                   `json:"action"`
	}
	if err := json.Unmarshal(r.body, &asked); err != nil {
		return c, "", refuse("the request is not understood")
	}
	switch c = asked.Config; {
	case !slices.Contains([]string{"", "create", "update"}, asked.Action):
		return c, "", refuse("the action is none that there is")
	case asked.Stream != r.stream:
		return c, "", refuse("the stream differs from that of the subject")
	case c.Durable != "":
		return c, "", refuse("durable consumers are made by the operator; yours is named %s", r.user)
	case c.DeliverSubject != "" || c.DeliverGroup != "" || c.FlowControl || c.IdleHeartbeat != 0:
		return c, "", refuse("only pull consumers are allowed")
	case len(c.FilterSubjects) > 0 || c.FilterSubject != r.filter:
		return c, "", refuse("exactly one filter subject is allowed")
	case !events.Within(r.allow, r.filter):
		return c, "", refuse("filter %s is wider than what is allowed: %s", r.filter, strings.Join(r.allow, ", "))
	}
	return jetstream.ConsumerConfig{
		FilterSubject: c.FilterSubject, DeliverPolicy: c.DeliverPolicy, OptStartSeq: c.OptStartSeq, OptStartTime: c.OptStartTime,
		AckPolicy: c.AckPolicy, AckWait: c.AckWait, MaxDeliver: c.MaxDeliver, MaxAckPending: c.MaxAckPending,
		ReplayPolicy: c.ReplayPolicy, HeadersOnly: c.HeadersOnly,
		MaxRequestBatch: c.MaxRequestBatch, MaxRequestExpires: c.MaxRequestExpires, MaxRequestMaxBytes: c.MaxRequestMaxBytes,
		InactiveThreshold: idle(c.InactiveThreshold), MemoryStorage: true, Replicas: 1,
	}, asked.Action, nil
}

// idle bounds for how long a consumer that nobody uses is kept.
func idle(asked time.Duration) time.Duration {
	if asked <= 0 {
		return 5 * time.Minute
	}
	return min(asked, time.Hour)
}

func (g *gate) delete(ctx context.Context, user, streamName, name string) ([]byte, error) {
	place := g.places.resolve(user, streamName, name)
	if place == user {
		return nil, refuse("only consumers that you made yourself can be deleted")
	}
	answer, err := g.request(ctx, user, deletePrefix+streamName+"."+place, nil)
	if err == nil {
		g.places.free(user, streamName, place)
	}
	return answer, err
}

// request passes a checked request on to the server.
func (g *gate) request(ctx context.Context, user, subject string, body []byte) ([]byte, error) {
	reply, err := g.conn.RequestWithContext(ctx, subject, body)
	if err != nil {
		g.log.of("pass "+user).Warn("pass a subscriber's request on", "user", user, "subject", subject, "error", err)
		return nil, refuse("the server did not answer")
	}
	return reply.Data, nil
}

func isAPIError(answer []byte) bool {
	var reply struct {
		Error *jetstream.APIError `json:"error"`
	}
	return json.Unmarshal(answer, &reply) != nil || reply.Error != nil
}

type refusedError struct{ reason string }

func (e *refusedError) Error() string { return e.reason }

func refuse(format string, args ...any) error {
	return &refusedError{reason: fmt.Sprintf(format, args...)}
}

// refusal is the answer that clients understand as an API error.
func refusal(err error) []byte {
	reason := "the request cannot be served"
	var refused *refusedError
	if errors.As(err, &refused) {
		reason = refused.reason
	}
	reply, _ := json.Marshal(map[string]any{"error": map[string]any{"code": 403, "description": reason}})
	return reply
}

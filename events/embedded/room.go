package embedded

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"hejnal/events"
)

const (
	places       = 16 // consumers a subscriber may have besides its durable, on each stream
	gatePrefix   = "$HEJNAL.GATE."
	routePrefix  = "$HEJNAL.NEXT."
	nextPrefix   = "$JS.API.CONSUMER.MSG.NEXT."
	ackPrefix    = "$JS.ACK."
	createPrefix = "$JS.API.CONSUMER.CREATE."
	infoPrefix   = "$JS.API.CONSUMER.INFO."
	deletePrefix = "$JS.API.CONSUMER.DELETE."
	streamPrefix = "$JS.API.STREAM.INFO."
	pullLongest  = 10 * time.Minute // a pull request that gets no answer is forgotten then
)

// room is the account of one subscriber with one set of allowed subjects.
type room struct {
	account     *server.Account
	permissions *server.Permissions
}

// rooms makes the accounts. A changed set of subjects gets a fresh one, so that
// nothing that was allowed before remains in it.
type rooms struct {
	ns       *server.Server
	home     *server.Account
	subjects events.Subjects

	mu   sync.Mutex
	made map[string]room
}

// export offers to the rooms what any of them may import.
func (r *rooms) export() error {
	for _, subject := range []string{r.subjects.All(), r.subjects.AllPublic()} {
		if err := r.home.AddStreamExport(subject, server.IsPublicExport); err != nil {
			return err
		}
	}
	for subject, answers := range map[string]server.ServiceRespType{
		nextPrefix + ">": server.Streamed, routePrefix + ">": server.Streamed, ackPrefix + ">": server.Singleton, gatePrefix + ">": server.Singleton,
	} {
		if err := r.home.AddServiceExportWithResponse(subject, answers, server.IsPublicExport); err != nil {
			return err
		}
	}
	for _, pulls := range []string{nextPrefix, routePrefix} {
		if err := r.home.SetServiceExportResponseThreshold(pulls+">", pullLongest); err != nil {
			return err
		}
	}
	return nil
}

// of returns the room of a login.
func (r *rooms) of(login Login) (room, error) {
	streams, err := allowedStreams(r.subjects, login.Allow)
	if err != nil {
		return room{}, err
	}
	name := roomName(login)
	r.mu.Lock()
	defer r.mu.Unlock()
	if made, ok := r.made[name]; ok {
		return made, nil
	}
	account, _ := r.ns.LookupOrRegisterAccount(name)
	if err := r.furnish(account, login.User, streams); err != nil {
		return room{}, fmt.Errorf("make account of %s: %w", login.User, err)
	}
	if r.made == nil {
		r.made = make(map[string]room)
	}
	r.made[name] = room{account: account, permissions: permissions(login, streams)}
	return r.made[name], nil
}

func roomName(login Login) string {
	allow := slices.Sorted(slices.Values(login.Allow))
	sum := sha256.Sum256([]byte(strings.Join(allow, "\n")))
	return "SUBSCRIBER-" + login.User + "-" + hex.EncodeToString(sum[:8])
}

// furnish imports what the subscriber may use.
func (r *rooms) furnish(account *server.Account, user string, streams []stream) error {
	for _, s := range streams {
		if err := account.AddStreamImport(r.home, s.subject, ""); err != nil {
			return err
		}
		gate := gatePrefix + user + "."
		imports := map[string]string{
			createPrefix + s.name + ".>": gate + "CREATE." + s.name + ".>",
			infoPrefix + s.name + ".*":   gate + "INFO." + s.name + ".*",
			deletePrefix + s.name + ".*": gate + "DELETE." + s.name + ".*",
			streamPrefix + s.name:        gate + "STREAM." + s.name,
			nextPrefix + s.name + ".*":   route(user, s.name, "*"),
		}
		for _, consumer := range append(placeNames(user), user) {
			next, ack := nextPrefix+s.name+"."+consumer, ackPrefix+s.name+"."+consumer+".>"
			imports[next], imports[ack] = next, ack
		}
		for from, to := range imports {
			if err := account.AddServiceImport(r.home, from, to); err != nil {
				return fmt.Errorf("import %s: %w", from, err)
			}
		}
	}
	return nil
}

// permissions are what the imports let through, so that anything else is
// refused at once and visibly.
func permissions(login Login, streams []stream) *server.Permissions {
	publish := []string{}
	for _, s := range streams {
		publish = append(publish,
			createPrefix+s.name+".*.>", infoPrefix+s.name+".*", deletePrefix+s.name+".*", streamPrefix+s.name,
			nextPrefix+s.name+".*")
		for _, consumer := range append(placeNames(login.User), login.User) {
			publish = append(publish, ackPrefix+s.name+"."+consumer+".>")
		}
	}
	subscribe := append(slices.Clone(login.Allow), "_INBOX_"+login.User+".>")
	return &server.Permissions{
		Publish:   &server.SubjectPermission{Allow: publish},
		Subscribe: &server.SubjectPermission{Allow: subscribe},
	}
}

// stream is a stream that a subscriber may read some of.
type stream struct {
	name    string
	subject string   // of everything in it
	allow   []string // what of it the subscriber may read
}

// allowedStreams sorts allowed patterns by the stream they lie in.
func allowedStreams(subjects events.Subjects, allow []string) ([]stream, error) {
	internal, public := events.Streams(subjects, 1)
	all := []stream{{name: internal.Name, subject: internal.Subject}, {name: public.Name, subject: public.Subject}}
	for _, pattern := range allow {
		i := slices.IndexFunc(all, func(s stream) bool { return events.Within([]string{s.subject}, pattern) })
		if i < 0 {
			return nil, fmt.Errorf("allowed subject %q lies in neither %s nor %s", pattern, internal.Subject, public.Subject)
		}
		all[i].allow = append(all[i].allow, pattern)
	}
	return slices.DeleteFunc(all, func(s stream) bool { return len(s.allow) == 0 }), nil
}

func placeNames(user string) []string {
	names := make([]string, places)
	for i := range names {
		names[i] = user + "~" + strconv.Itoa(i+1)
	}
	return names
}

// validUser answers whether a name can be a token of subjects.
func validUser(user string) bool {
	_, err := events.Subjects{}.Admin(user)
	return err == nil && len(user) <= 64
}

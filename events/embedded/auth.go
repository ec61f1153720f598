package embedded

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"golang.org/x/time/rate"
)

const (
	loginTimeout   = 5 * time.Second // to look a login up and verify its password
	verifyAtOnce   = 2               // passwords being verified at one time
	verifyPerUser  = 2               // verifications a second for one name, in the long run
	verifyBurst    = 20
	rememberedUser = 4096 // names whose last verification is remembered
)

// authenticator decides who may connect, and to which account.
type authenticator struct {
	opts  Options
	log   *seldom
	key   []byte        // of the digests that are remembered
	slots chan struct{} // one for each verification at work

	mu    sync.Mutex
	home  *server.Account // nil until the server is open
	rooms *rooms
	users map[string]*visitor
}

// visitor is what is remembered of one name.
type visitor struct {
	limit    *rate.Limiter
	verified []byte // digest of the hash and password that were verified last
}

func newAuthenticator(opts Options, log *seldom) *authenticator {
	key := make([]byte, sha256.Size)
	rand.Read(key)
	return &authenticator{opts: opts, log: log, key: key, slots: make(chan struct{}, verifyAtOnce), users: make(map[string]*visitor)}
}

func (a *authenticator) open(home *server.Account, rooms *rooms) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.home, a.rooms = home, rooms
}

// Check implements the server's authentication: one internal login with every
// right, and subscribers, each in a room of its own.
func (a *authenticator) Check(c server.ClientAuthentication) bool {
	a.mu.Lock()
	home, rooms := a.home, a.rooms
	a.mu.Unlock()
	if home == nil || c.Kind() != server.CLIENT {
		return false
	}
	user, password := c.GetOpts().Username, c.GetOpts().Password
	if user == InternalUser {
		if subtle.ConstantTimeCompare([]byte(password), []byte(a.opts.Password)) != 1 {
			return false
		}
		c.RegisterUser(&server.User{Username: InternalUser, Account: home})
		return true
	}
	login, ok := a.login(user, password)
	if !ok {
		return false
	}
	room, err := rooms.of(login)
	if err != nil {
		a.log.of("room of "+user).Error("a subscriber cannot be let in", "user", user, "error", err)
		return false
	}
	c.RegisterUser(&server.User{Username: user, Account: room.account, Permissions: room.permissions})
	return true
}

func (a *authenticator) login(user, password string) (Login, bool) {
	if a.opts.Logins == nil || !validUser(user) {
		return Login{}, false
	}
	ctx, cancel := context.WithTimeout(context.Background(), loginTimeout)
	defer cancel()
	login, found, err := a.opts.Logins.Login(ctx, user)
	if err != nil {
		a.log.of("login").Error("look up a subscriber's login", "user", user, "error", err)
		return Login{}, false
	}
	if !found || login.Disabled || login.User != user || !a.verified(ctx, login, password) {
		return Login{}, false
	}
	return login, true
}

// verified checks a password. A digest of the last good one spares the slow
// function when a subscriber comes back; a new hash makes it worthless.
func (a *authenticator) verified(ctx context.Context, login Login, password string) bool {
	mac := hmac.New(sha256.New, a.key)
	mac.Write([]byte(login.PasswordHash + "\x00" + password))
	digest := mac.Sum(nil)
	a.mu.Lock()
	v := a.visitor(login.User)
	known := v.verified
	a.mu.Unlock()
	if hmac.Equal(known, digest) {
		return true
	}
	if v.limit.Wait(ctx) != nil {
		return false
	}
	select {
	case a.slots <- struct{}{}:
	case <-ctx.Done():
		return false
	}
	ok := a.opts.Verify(login.PasswordHash, password)
	<-a.slots
	if ok {
		a.mu.Lock()
		v.verified = digest
		a.mu.Unlock()
	}
	return ok
}

// visitor returns what is remembered of a name that has a login.
func (a *authenticator) visitor(user string) *visitor {
	v := a.users[user]
	if v == nil {
		if len(a.users) >= rememberedUser {
			clear(a.users)
		}
		v = &visitor{limit: rate.NewLimiter(verifyPerUser, verifyBurst)}
		a.users[user] = v
	}
	return v
}

func (a *authenticator) forget(user string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if v := a.users[user]; v != nil {
		v.verified = nil
	}
}

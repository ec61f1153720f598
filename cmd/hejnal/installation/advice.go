package installation

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/nats-io/nats.go"

	"hejnal/store/postgres"
)

// SettingError says that a setting cannot be right, whatever the world is like.
type SettingError struct{ Reason string }

// Error gives the reason.
func (e *SettingError) Error() string { return e.Reason }

func wrongSetting(format string, args ...any) error {
	return &SettingError{fmt.Sprintf(format, args...)}
}

// CheckDatabase refuses a URL that no PostgreSQL can have.
func CheckDatabase(text string) error {
	const form = "--database is postgres://USER@HOST:PORT/NAME"
	if scheme, _, found := strings.Cut(text, "://"); !found || scheme != "postgres" && scheme != "postgresql" {
		return wrongSetting("%s, and begins with postgres:// or postgresql://", form)
	}
	config, err := postgres.ParseURL(text)
	switch {
	case err != nil:
		return wrongSetting("%s: %s", form, oneLine(err))
	case config.Database == "":
		return wrongSetting("%s: it names no database", form)
	}
	return nil
}

// CheckNATS refuses URLs, separated by commas, that no NATS server can have.
func CheckNATS(text string) error {
	const form = "--nats is nats://HOST:PORT or tls://HOST:PORT, several separated by commas"
	for one := range strings.SplitSeq(text, ",") {
		one = strings.TrimSpace(one)
		if !strings.Contains(one, "://") {
			one = "nats://" + one
		}
		at, err := url.Parse(one)
		if err != nil {
			var flaw *url.Error
			if errors.As(err, &flaw) {
				err = flaw.Err // without the URL, which may hold a password
			}
			if strings.Contains(one, "@") { // the flaw may quote what stands before it
				return wrongSetting("%s: it cannot be read; in a password / is written %%2F, ? %%3F, # %%23, @ %%40 and %% %%25", form)
			}
			return wrongSetting("%s: %s", form, oneLine(err))
		}
		if !slices.Contains([]string{"nats", "tls", "ws", "wss"}, at.Scheme) || at.Hostname() == "" {
			return wrongSetting("%s: %s://%s is neither", form, at.Scheme, at.Host)
		}
	}
	return nil
}

// checkListen splits host:port of the embedded server.
func checkListen(text string) (host string, port int, err error) {
	host, number, err := net.SplitHostPort(text)
	if err == nil {
		port, err = strconv.Atoi(number)
	}
	if err != nil || port < 0 || port > 65535 {
		return "", 0, wrongSetting("--nats-listen is HOST:PORT, such as 127.0.0.1:4222, and not %q", text)
	}
	return host, port, nil
}

// databaseAdvice says in a sentence why a database could not be opened, and what to do; the cause stands behind.
func databaseAdvice(location string, err error) error {
	where := "the database"
	if config, failed := postgres.ParseURL(location); failed == nil {
		where = fmt.Sprintf("database %s at %s as %s", config.Database, net.JoinHostPort(config.Host, strconv.Itoa(int(config.Port))), config.User)
	}
	return fmt.Errorf("open %s: %s (%s)%w", where, databaseReason(err), oneLine(err), hidden{err})
}

func databaseReason(err error) string {
	var refused *pgconn.PgError
	var lookup *net.DNSError
	text := err.Error()
	switch {
	case errors.As(err, &refused):
		return refusalReason(refused)
	case strings.Contains(text, "server refused TLS"):
		return "the server takes no TLS and the URL asks for it: switch on ssl in postgresql.conf, or give sslmode=disable where nobody else reaches the network"
	case strings.Contains(text, "x509:"):
		return "the server's certificate is not accepted: give sslrootcert=FILE of the authority that signed it, and the host by the name in it"
	case strings.Contains(text, "read only connection"), strings.Contains(text, "server is in hot standby"), strings.Contains(text, "read-only"):
		return "only servers that take no writes answer: name the primary too, with target_session_attrs=read-write"
	case errors.As(err, &lookup):
		return "there is no such host: correct the host in the URL"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "nobody answers there: see whether PostgreSQL runs, and correct host and port in the URL"
	}
	return "it cannot be used: see whether PostgreSQL runs there and can be reached"
}

func refusalReason(refused *pgconn.PgError) string {
	switch refused.Code {
	case "28P01", "28000":
		return "the login is not accepted: correct user and password in HEJNAL_DATABASE, and see pg_hba.conf of the server"
	case "3D000":
		return "there is no such database: create it (createdb), or correct the name in the URL"
	case "42501":
		return "the user may not make or use the tables: make it the owner of the database"
	case "53300":
		return "the server has no connection free: raise max_connections"
	case "25006":
		return "this server takes no writes: name the primary, or both hosts with target_session_attrs=read-write"
	}
	return "the server refuses: see its log"
}

// FileAdvice says in a sentence why the embedded store could not be opened or read.
func FileAdvice(file string, err error) error {
	var reason string
	code := sqliteCode(err)
	switch primary := code & 0xff; {
	case primary == codeNotADatabase, primary == codeCorrupt, strings.Contains(err.Error(), "malformed"):
		reason = "the file is damaged or no store: keep it, and restore a backup into an empty directory with hejnal restore"
	case primary == codeReadOnly, primary == codeCannotOpen, primary == codePermission:
		reason = "the file cannot be read and written: see who owns it, and whether the disk is mounted read-only"
	case primary == codeFull, code == codeWrite, code == codeMemory, errors.Is(err, syscall.ENOSPC):
		reason = "the disk is full: make room; nothing is lost"
	default:
		return fmt.Errorf("open store: %w", err)
	}
	return fmt.Errorf("open %s: %s (%s)%w", file, reason, oneLine(err), hidden{err})
}

// Codes of SQLite: the lower eight bits, and two whole ones of a disk that takes no more.
const (
	codePermission, codeReadOnly, codeCorrupt, codeFull, codeCannotOpen, codeNotADatabase = 3, 8, 11, 13, 14, 26

	codeWrite, codeMemory = 778, 4874
)

// sqliteCode is the extended code of an error of SQLite, 0 for others.
func sqliteCode(err error) int {
	var failed interface {
		error
		Code() int
	}
	if !errors.As(err, &failed) {
		return 0
	}
	return failed.Code()
}

// NATSAdvice says in a sentence why NATS could not be reached. The URL is told without passwords.
func NATSAdvice(location string, err error) error {
	var refused net.Error
	text := err.Error()
	reason := "see whether it runs there"
	switch {
	case errors.Is(err, nats.ErrAuthorization), errors.Is(err, nats.ErrAuthExpired):
		reason = "the login is not accepted; check user and password"
	case errors.Is(err, nats.ErrSecureConnRequired):
		reason = "the server asks for TLS: give tls:// in place of nats://"
	case errors.Is(err, nats.ErrSecureConnWanted), strings.Contains(text, "first record does not look like a TLS handshake"):
		reason = "the server speaks no TLS: give nats:// in place of tls://, or switch TLS on there"
	case strings.Contains(text, "x509:"):
		reason = "the server's certificate is not accepted: give the host by the name in it, and its authority to the system"
	case errors.Is(err, nats.ErrNoServers), errors.Is(err, syscall.ECONNREFUSED):
		reason = "nobody answers there: does it run? Correct host and port"
	case errors.As(err, &refused) && refused.Timeout():
		reason = "whoever answers there is no NATS server, or is too busy to say so: correct host and port"
	}
	return fmt.Errorf("connect to NATS at %s: %s (%s)%w", WithoutLogins(location), reason, oneLine(err), hidden{err})
}

// hidden keeps a cause in the chain of an error whose text stands in it already.
type hidden struct{ error }

// Error is empty: the text was told.
func (hidden) Error() string { return "" }

// Unwrap gives the cause.
func (h hidden) Unwrap() error { return h.error }

// oneLine is the text of an error without line feeds.
func oneLine(err error) string { return strings.Join(strings.Fields(err.Error()), " ") }

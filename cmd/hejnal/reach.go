package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/nats-io/nats.go"

	"hejnal/cmd/hejnal/installation"
)

// reach are the flags that say how to reach NATS: by an address and a login, or else as whoever runs the installation, by
// what a running server leaves in its data directory.
type reach struct {
	NATS         string `name:"nats" placeholder:"URL" help:"nats://… to connect to; without it, and without --user, the server that runs on --data."`
	Credentials  string `name:"nats-credentials" type:"path" placeholder:"FILE" help:"Credentials file for --nats."`
	User         string `env:"HEJNAL_NATS_USER" placeholder:"NAME" help:"Login of a subscriber; its password is in HEJNAL_NATS_PASSWORD or in --password-file."`
	PasswordFile string `env:"HEJNAL_NATS_PASSWORD_FILE" placeholder:"FILE" help:"File that holds the password of --user."`
}

// ordinaryNATS is where hejnal serve listens when it is not told otherwise.
const ordinaryNATS = "nats://127.0.0.1:4222"

// credentialsAlone refuses a login for a server that is not named.
const credentialsAlone = "--nats-credentials needs --nats"

// own reports whether the connection may be the installation's own, with every right over the streams: any but that of a
// subscriber of the embedded server.
func (r reach) own() bool { return r.User == "" }

// linked reports whether the connection is made by what a running server leaves in its data directory.
func (r reach) linked() bool { return r.User == "" && r.NATS == "" }

// connect connects and keeps reconnecting; the caller closes the connection.
func (r reach) connect(data string) (*nats.Conn, error) {
	if err := installation.CheckNATS(r.NATS); r.NATS != "" && err != nil {
		return nil, err
	}
	url, options, err := r.login(data)
	if err != nil {
		return nil, err
	}
	options = append(options, nats.Name("hejnal"), nats.Timeout(5*time.Second), nats.MaxReconnects(-1), nats.ReconnectWait(500*time.Millisecond),
		nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {}))
	conn, err := nats.Connect(url, options...)
	if err != nil {
		return nil, installation.NATSAdvice(url, err)
	}
	return conn, nil
}

// login is the address to connect to and who signs in there. --user and --nats-credentials hold in place of a login that
// stands in the address.
func (r reach) login(data string) (url string, options []nats.Option, err error) {
	switch {
	case r.Credentials != "" && r.User != "":
		return "", nil, &useError{reason: "give --nats-credentials or --user, not both"}
	case r.Credentials != "" && r.NATS == "":
		return "", nil, &useError{reason: credentialsAlone}
	case r.User != "":
		password, err := r.password()
		if err != nil {
			return "", nil, err
		}
		if url = r.NATS; url == "" {
			url = ordinaryNATS
		}
		return installation.WithoutLogins(url), []nats.Option{nats.UserInfo(r.User, password), nats.CustomInboxPrefix("_INBOX_" + r.User)}, nil
	case r.Credentials != "":
		return installation.WithoutLogins(r.NATS), []nats.Option{nats.UserCredentials(r.Credentials)}, nil
	case r.NATS != "":
		return r.NATS, nil, nil
	}
	link, err := installation.Config{Data: data}.ReadLink()
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil, fmt.Errorf("no hejnal serve with a NATS server of its own runs on %s (there is no %s): start it, or name its --data; "+
			"beside one that was started with --nats or --database give the same here, as flags or as HEJNAL_NATS and HEJNAL_DATABASE", data, installation.Config{Data: data}.LinkFile())
	}
	if err != nil {
		return "", nil, err
	}
	if link.URL == "" {
		return "", nil, errors.New("the server's NATS takes no connections from outside of it")
	}
	// Both are other ones after the server was started anew.
	at := &lastLink{config: installation.Config{Data: data}, link: link}
	return link.URL, []nats.Option{nats.UserInfoHandler(at.login), nats.SetCustomDialer(at), nats.IgnoreAuthErrorAbort()}, nil
}

func (r reach) password() (string, error) {
	if r.PasswordFile == "" {
		password := os.Getenv("HEJNAL_NATS_PASSWORD")
		if password == "" {
			return "", &useError{reason: "--user needs a password, in HEJNAL_NATS_PASSWORD or in --password-file"}
		}
		return password, nil
	}
	return secretIn(r.PasswordFile)
}

// secretIn reads a secret from a file, without the line feed at its end.
func secretIn(file string) (string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("read secret: %w", err)
	}
	secret := strings.TrimRight(string(text), "\r\n")
	if secret == "" {
		return "", fmt.Errorf("read secret: %s is empty", file)
	}
	return secret, nil
}

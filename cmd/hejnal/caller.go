package main

import (
	"os"

	"hejnal/cmd/hejnal/client"
	"hejnal/cmd/hejnal/installation"
)

// caller are the flags of every command that works through the API, as the person whose token it has.
type caller struct {
	Server    string `default:"http://127.0.0.1:8080" placeholder:"URL" help:"Address of the server (${default})."`
	TokenFile string `placeholder:"FILE" help:"File that holds the token; without it, the token is in HEJNAL_TOKEN. hejnal token create makes one."`
	Lang      string `enum:"pl,en" default:"pl" help:"Language of texts: ${enum}."`
	JSON      bool   `name:"json" help:"Print the server's answer as JSON."`
}

func (c caller) client() (*client.Client, error) {
	token := os.Getenv("HEJNAL_TOKEN")
	if c.TokenFile != "" {
		var err error
		if token, err = secretIn(c.TokenFile); err != nil {
			return nil, err
		}
	}
	if token == "" {
		return nil, &useError{reason: "a token is needed, in HEJNAL_TOKEN or in --token-file; hejnal token create makes one"}
	}
	made, err := client.New(c.Server, token, c.Lang)
	if err != nil {
		return nil, &useError{reason: err.Error()}
	}
	return made, nil
}

// once are the flags of commands that change something.
type once struct {
	Key string `placeholder:"KEY" help:"Idempotency key: the command carries out once, however often it is given with the same key. A fresh one when left out."`
}

func (o once) key() string {
	if o.Key == "" {
		return installation.NewID()
	}
	return o.Key
}

package main

import (
	"fmt"
	"log/slog"
	"net/url"
	"reflect"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"
)

// setting is a flag of a command with the value that holds, secrets masked.
type setting struct{ name, value string }

// configuration is what holds for a command, from flags, environment and defaults, in the order of its help.
func configuration(command *kong.Context) []setting {
	var found []setting
	for _, flag := range command.Selected().Flags {
		if flag.Name == "help" || flag.Name == "print-config" {
			continue
		}
		found = append(found, setting{flag.Name, masked(written(flag.Target))})
	}
	return found
}

// written writes a value as its flag reads it; one that is unset is empty.
func written(value reflect.Value) string {
	if value.Kind() == reflect.Pointer && value.IsNil() {
		return ""
	}
	return fmt.Sprint(value.Interface())
}

// printConfiguration writes a configuration as lines of the environment.
func printConfiguration(io streams, settings []setting) error {
	for _, s := range settings {
		if _, err := fmt.Fprintf(io.out, "HEJNAL_%s=%s\n", strings.ToUpper(strings.ReplaceAll(s.name, "-", "_")), s.value); err != nil {
			return fmt.Errorf("print configuration: %w", err)
		}
	}
	return nil
}

// logged is a configuration as one attribute of the log.
func logged(settings []setting) slog.Attr {
	var attributes []any
	for _, s := range settings {
		attributes = append(attributes, slog.String(s.name, s.value))
	}
	return slog.Group("settings", attributes...)
}

// mask stands in the place of a secret.
const mask = "***"

var secretPart = regexp.MustCompile(`(?i)((?:pass|secret|token|key)\w*\s*=\s*)('(?:[^'\\]|\\.)*'|[^\s&]+)`)

// masked is a value without the secrets that it may hold: what stands before the @ of an address, except a name alone before
// a colon, and what is called a password.
func masked(value string) string {
	if !strings.Contains(value, "://") {
		return secretPart.ReplaceAllString(value, "${1}"+mask)
	}
	addresses := strings.Split(value, ",")
	for i, address := range addresses {
		addresses[i] = maskedAddress(strings.TrimSpace(address))
	}
	return strings.Join(addresses, ",")
}

func maskedAddress(address string) string {
	scheme, rest, found := strings.Cut(address, "://")
	if !found {
		scheme, rest = "", address
	} else {
		scheme += "://"
	}
	at := strings.LastIndex(rest, "@")
	if at >= 0 {
		user, _, named := strings.Cut(rest[:at], ":")
		login := mask // a token
		if named {
			login = user + ":" + mask
		}
		rest = login + rest[at:]
	}
	if _, err := url.Parse(address); err != nil && at < 0 {
		return scheme + mask
	}
	return scheme + secretPart.ReplaceAllString(rest, "${1}"+mask)
}

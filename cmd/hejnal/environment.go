package main

import (
	"strings"

	"github.com/alecthomas/kong"
)

// settings are the flags, beside those of hejnal serve, that say how a server is reached and in which language it answers.
var settings = map[string]bool{"server": true, "token-file": true, "lang": true}

// fromEnvironment lets a flag that holds for an installation be given as HEJNAL_… in the environment too: each flag of hejnal
// serve, those of the same name, and the settings. What is said of one act, such as --key or --dry-run, is said where the act is.
func fromEnvironment(k *kong.Kong) error {
	names := map[string]bool{}
	for _, command := range k.Model.Children {
		for _, flag := range command.Flags {
			if command.Name == "serve" && flag.Name != "help" {
				names[flag.Name] = true
			}
		}
	}
	return kong.Visit(k.Model, func(node kong.Visitable, next kong.Next) error {
		flag, ok := node.(*kong.Flag)
		if ok && len(flag.Envs) == 0 && (names[flag.Name] || settings[flag.Name]) {
			name := "HEJNAL_" + strings.ToUpper(strings.ReplaceAll(flag.Name, "-", "_"))
			flag.Envs, flag.Tag.Envs = []string{name}, []string{name}
		}
		return next(nil)
	})
}

package main

import (
	"fmt"
	"runtime"
)

// Set at build time.
var (
	version = "development"
	commit  = "unknown"
)

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run(io streams) error {
	_, err := fmt.Fprintf(io.out, "hejnal %s, commit %s, %s %s/%s\n", version, commit, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

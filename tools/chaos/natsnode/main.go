// Natsnode is a NATS server as a program of its own, for fault runs: natsnode FILE runs it by a configuration file, until
// it is asked to end or is killed.
package main

import (
	"fmt"
	"os"

	"hejnal/tools/natsnode"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: natsnode FILE")
		os.Exit(2)
	}
	if err := natsnode.Run(natsnode.Options{File: os.Args[1], Told: os.Stdout}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

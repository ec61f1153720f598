// Natsnode is a NATS server as a program of its own, for fault runs: natsnode FILE runs it by a configuration file, until
// it is asked to end or is killed.
package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return errors.New("usage: natsnode FILE")
	}
	options, err := server.ProcessConfigFile(args[0])
	if err != nil {
		return fmt.Errorf("read %s: %w", args[0], err)
	}
	node, err := server.NewServer(options)
	if err != nil {
		return fmt.Errorf("make the server: %w", err)
	}
	node.ConfigureLogger()
	node.Start()
	if !node.ReadyForConnections(30 * time.Second) {
		return errors.New("the server takes no connections after half a minute")
	}
	node.WaitForShutdown()
	return nil
}

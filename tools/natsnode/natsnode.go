// Package natsnode runs a NATS server as a process of its own, for tests and fault runs that kill it.
package natsnode

import (
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// Options say which server runs.
type Options struct {
	File  string    // its configuration
	Name  string    // in place of the configured one; "" keeps that
	Quiet bool      // it logs nothing
	Told  io.Writer // gets the line "ready on PORT" once clients are let in
}

// Run runs the server until the process is asked to end or is killed. It fails where the file is not one that a server
// takes, as nats-server -t does, and where nobody is let in within half a minute.
func Run(options Options) error {
	configured, err := server.ProcessConfigFile(options.File)
	if err != nil {
		return fmt.Errorf("read %s: %w", options.File, err)
	}
	configured.NoLog = options.Quiet
	if options.Name != "" {
		configured.ServerName = options.Name
	}
	node, err := server.NewServer(configured)
	if err != nil {
		return fmt.Errorf("make the server: %w", err)
	}
	if !options.Quiet {
		node.ConfigureLogger()
	}
	node.Start()
	if !node.ReadyForConnections(30 * time.Second) {
		return errors.New("the server takes no connections after half a minute")
	}
	if _, err := fmt.Fprintln(options.Told, "ready on", node.Addr().(*net.TCPAddr).Port); err != nil {
		return fmt.Errorf("tell the port: %w", err)
	}
	node.WaitForShutdown()
	return nil
}

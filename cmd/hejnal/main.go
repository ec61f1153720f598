// Command hejnal is a workflow engine for agreement approval: the server, the tools of whoever runs it, and the acts of
// its users for scripts.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"hejnal/cmd/hejnal/installation"
	"hejnal/workflow"
)

// Exit codes.
const (
	done     = 0
	failed   = 1
	wrongUse = 2
)

func main() {
	collectAt(collectLater)
	signal.Ignore(syscall.SIGXFSZ) // a file that may not grow is an error of the write, not the end of the program
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], streams{in: os.Stdin, out: os.Stdout, err: os.Stderr})
	stop()
	os.Exit(code)
}

// streams are where a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// commands is the command line.
type commands struct {
	Demo       demoCommand       `cmd:"" help:"Walk one proposal of each form through an installation of its own, then keep serving."`
	Serve      serveCommand      `cmd:"" help:"Run the server."`
	User       userCommand       `cmd:"" help:"People who may sign in."`
	Token      tokenCommand      `cmd:"" help:"Tokens for the API."`
	Subscriber subscriberCommand `cmd:"" help:"NATS logins of those who receive events."`
	Workflow   workflowCommand   `cmd:"" help:"Definitions: look at them, prove them, draw them."`
	Subscribe  subscribeCommand  `cmd:"" help:"Follow events in the terminal."`
	Events     eventsCommand     `cmd:"" help:"The streams: how they stand, publishing again, schemas."`
	Propose    proposeCommand    `cmd:"" help:"Open a proposal."`
	Advance    advanceCommand    `cmd:"" help:"Make a transition of a case."`
	Show       showCommand       `cmd:"" help:"Show a case, and what is possible."`
	List       listCommand       `cmd:"" help:"List cases."`
	Bench      benchCommand      `cmd:"" help:"Measure this machine: the program beside the limits, as ratios."`
	Backup     backupCommand     `cmd:"" help:"Write the embedded store and its files into one archive, while the server runs."`
	Restore    restoreCommand    `cmd:"" help:"Put what an archive holds into an empty data directory."`
	Version    versionCommand    `cmd:"" help:"Print version, commit and Go version."`
}

// run carries out a command line and returns the exit code.
func run(ctx context.Context, args []string, io streams) int {
	var cli commands
	exited := -1
	parser, err := kong.New(&cli,
		kong.Name("hejnal"), kong.Description("Workflow engine for agreement approval."),
		kong.Writers(io.out, io.err), kong.Exit(func(code int) { exited = code }), kong.PostBuild(fromEnvironment),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(io), kong.Vars{"roles": list(workflow.Roles()), "measurements": measurementNames()},
	)
	if err != nil {
		fmt.Fprintf(io.err, "hejnal: %v\n", err)
		return failed
	}
	command, err := parser.Parse(args)
	if exited >= 0 {
		return exited
	}
	if err != nil {
		var wrong *kong.ParseError
		if errors.As(err, &wrong) {
			command = wrong.Context
		}
		fmt.Fprintf(io.err, "hejnal: %v%s\nTry: %s --help\n", err, insteadOf(err, command), nameOf(command))
		return wrongUse
	}
	err = command.Run()
	var use *useError
	var setting *installation.SettingError
	switch {
	case err == nil:
		return done
	case errors.As(err, &use), errors.As(err, &setting):
		fmt.Fprintf(io.err, "hejnal: %v\nTry: %s --help\n", err, nameOf(command))
		return wrongUse
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		fmt.Fprintf(io.err, "hejnal: interrupted; call it again where it is to be finished: %v\n", err)
		return failed
	}
	fmt.Fprintf(io.err, "hejnal: %v\n", err)
	return failed
}

// nameOf is the command as it was called, without its arguments.
func nameOf(command *kong.Context) string {
	name := "hejnal"
	if command == nil {
		return name
	}
	for _, step := range command.Path {
		if step.Command != nil {
			name += " " + step.Command.Name
		}
	}
	return name
}

// insteadOf names the commands that there are where one was given that is none.
func insteadOf(err error, command *kong.Context) string {
	if command == nil || !strings.HasPrefix(err.Error(), "unexpected argument ") {
		return ""
	}
	node := command.Model.Node
	for _, step := range command.Path {
		if step.Command != nil {
			node = step.Command
		}
	}
	var names []string
	for _, child := range node.Children {
		names = append(names, child.Name)
	}
	if len(names) == 0 {
		return ""
	}
	return "; the commands are " + strings.Join(names, ", ")
}

// useError says that a command was used wrongly.
type useError struct{ reason string }

// Error gives the reason.
func (e *useError) Error() string { return e.reason }

// Chaos runs an installation of three instances, a PostgreSQL primary with its standby and three NATS servers on this
// machine, breaks it in every way it knows while many clients work, and says what was lost, doubled or reordered, and how
// long nothing was accepted. It ends with 1 when anything was that must not be.
package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"hejnal/tools/chaos/run"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := 0
	if err := chaos(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	stop()
	os.Exit(code)
}

func chaos(ctx context.Context) error {
	options := run.Options{Out: os.Stdout}
	var names string
	flag.StringVar(&options.Repository, "repository", ".", "where the sources are")
	flag.DurationVar(&options.Duration, "duration", 10*time.Minute, "how long faults go on; each happens at least once")
	flag.IntVar(&options.Most, "most", 0, "faults at most; 0: as the duration says")
	flag.Uint64Var(&options.Seed, "seed", rand.Uint64(), "of everything that chance decides")
	flag.IntVar(&options.Clients, "clients", 24, "how many work at the same time")
	flag.IntVar(&options.Proposals, "proposals", 12, "how many proposals they share")
	flag.DurationVar(&options.Pause, "pause", 200*time.Millisecond, "of a client between two things that it does, at most")
	flag.StringVar(&names, "faults", "", "names with commas between them; all when empty")
	flag.BoolVar(&options.Keep, "keep", false, "keep the directory even when nothing is wrong")
	flag.Parse()
	if names != "" {
		options.Faults = strings.Split(names, ",")
	}
	report, err := run.Run(ctx, options)
	report.Write(os.Stdout)
	if err == nil && len(report.Violations) > 0 {
		err = fmt.Errorf("%d violations", len(report.Violations))
	}
	return err
}

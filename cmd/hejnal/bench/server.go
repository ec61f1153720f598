package bench

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// server measures the program from outside: its size, how long it takes to start, and what it needs when idle.
var server = Measurement{Name: "server", Title: "the program itself: size, start, memory when idle", Run: measureServer}

// Budgets of the program.
const (
	startBudget  = 10_000.0 // ms, to the line that says ready
	memoryBudget = 60.0     // MB resident when idle
)

func measureServer(ctx context.Context, s Setting) (Outcome, error) {
	info, err := os.Stat(s.Program)
	if err != nil {
		return Outcome{}, fmt.Errorf("look at the program: %w", err)
	}
	var starts, memories []float64
	for round := range s.Rounds {
		// The first server idles long enough for its memory to settle; the others only start.
		wait := time.Duration(0)
		if round == 0 {
			wait = s.Idle
			s.tell(fmt.Sprintf("server: idle for %v", wait))
		}
		dir, err := os.MkdirTemp(s.Dir, "server-")
		if err != nil {
			return Outcome{}, fmt.Errorf("make data directory: %w", err)
		}
		seen, err := startOnce(ctx, s.Program, dir, wait)
		if err != nil {
			return Outcome{}, err
		}
		starts = append(starts, milliseconds(seen.start))
		if round == 0 {
			memories = append(memories, seen.resident)
		}
	}
	return Outcome{
		Rows: []Row{
			row("start to ready, empty directory", "budget", "ms", starts, constant(startBudget, len(starts)), Target{AtMost: 1}),
			row("resident memory when idle", "budget", "MB", memories, constant(memoryBudget, len(memories)), Target{Below: 1}),
		},
		Notes: []string{fmt.Sprintf("%s has %.1f MB; memory read %v after the start", filepath.Base(s.Program), float64(info.Size())/1e6, s.Idle)},
	}, nil
}

// sighting is what was seen of one server.
type sighting struct {
	start    time.Duration // from the call to the line that says ready
	resident float64       // MB
}

// startOnce starts a server on an empty directory, lets it idle, looks at its memory and stops it.
func startOnce(ctx context.Context, program, dir string, idle time.Duration) (seen sighting, err error) {
	child := exec.CommandContext(ctx, program, "serve", "--data", dir, "--listen", "127.0.0.1:0", "--nats-listen", "127.0.0.1:0")
	child.Cancel = func() error { return child.Process.Signal(syscall.SIGTERM) }
	child.WaitDelay = 20 * time.Second
	child.Env = withoutSettings(os.Environ())
	var complaints bytes.Buffer
	child.Stderr = &complaints
	out, err := child.StdoutPipe()
	if err != nil {
		return seen, fmt.Errorf("start server: %w", err)
	}
	began := time.Now()
	if err := child.Start(); err != nil {
		return seen, fmt.Errorf("start server: %w", err)
	}
	defer func() {
		stopped := child.Process.Signal(syscall.SIGTERM)
		err = errors.Join(err, stopped, child.Wait())
	}()
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		return seen, fmt.Errorf("start server: it ended with %q: %s", line, complaints.String())
	}
	seen.start = time.Since(began)
	select {
	case <-time.After(idle):
	case <-ctx.Done():
		return seen, ctx.Err()
	}
	seen.resident, err = resident(child.Process.Pid)
	return seen, err
}

// withoutSettings leaves out what would lead the server to an installation.
func withoutSettings(environment []string) []string {
	var kept []string
	for _, setting := range environment {
		if !strings.HasPrefix(setting, "HEJNAL_") {
			kept = append(kept, setting)
		}
	}
	return kept
}

// resident reads the MB of memory of a process that are in use.
func resident(pid int) (float64, error) {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		return 0, fmt.Errorf("read memory of the server: %w", err)
	}
	for line := range strings.Lines(string(text)) {
		if value, found := strings.CutPrefix(line, "VmRSS:"); found {
			kilobytes, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "kB")), 64)
			if err != nil {
				return 0, fmt.Errorf("read memory of the server: %w", err)
			}
			return kilobytes * 1024 / 1e6, nil
		}
	}
	return 0, errors.New("read memory of the server: the system does not tell")
}

// constant is the same limit for each of n rounds.
func constant(limit float64, n int) []float64 {
	values := make([]float64, n)
	for i := range values {
		values[i] = limit
	}
	return values
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

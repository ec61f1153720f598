package fleet

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// process is a program that runs.
type process struct {
	name    string
	command *exec.Cmd
	log     *os.File
	ended   chan struct{}
}

// lasting is a command that only ends when it is told to.
func lasting(program string, args ...string) *exec.Cmd {
	return exec.CommandContext(context.Background(), program, args...)
}

// launch starts a program; what it writes goes to the end of the log file, and its standard error to watch as well where
// that is not nil.
func launch(name, logFile string, command *exec.Cmd, watch io.Writer) (*process, error) {
	log, err := os.OpenFile(logFile, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the log of %s: %w", name, err)
	}
	command.Stderr = log
	if watch != nil {
		command.Stderr = io.MultiWriter(log, watch)
	}
	if command.Stdout == nil {
		command.Stdout = log
	}
	command.WaitDelay = time.Second // for pipes that a child of it still holds
	if err := command.Start(); err != nil {
		return nil, errors.Join(fmt.Errorf("start %s: %w", name, err), log.Close())
	}
	p := &process{name: name, command: command, log: log, ended: make(chan struct{})}
	go func() {
		defer close(p.ended)
		_ = command.Wait() // killed is how most of them end
		_ = log.Close()
	}()
	return p, nil
}

func (p *process) runs() bool {
	if p == nil {
		return false
	}
	select {
	case <-p.ended:
		return false
	default:
		return true
	}
}

func (p *process) signal(s syscall.Signal) error {
	if err := p.command.Process.Signal(s); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("send %s to %s: %w", s, p.name, err)
	}
	return nil
}

// kill ends the process at once and waits until it has ended.
func (p *process) kill() {
	if p.runs() {
		_ = p.signal(syscall.SIGKILL)
		<-p.ended
	}
}

// stop asks the process to end, and kills it when it does not within the time.
func (p *process) stop(patience time.Duration) error {
	if !p.runs() {
		return nil
	}
	_ = p.signal(syscall.SIGCONT)
	if err := p.signal(syscall.SIGTERM); err != nil {
		return err
	}
	select {
	case <-p.ended:
		return nil
	case <-time.After(patience):
		p.kill()
		return fmt.Errorf("%s did not end within %s of being asked to", p.name, patience)
	}
}

func (p *process) pause(paused bool) error {
	if paused {
		return p.signal(syscall.SIGSTOP)
	}
	return p.signal(syscall.SIGCONT)
}

package embedded

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Place is an installation of one machine: a data directory and the process that serves it.
type Place struct {
	Program string // hejnal
	Data    string // directory
	URL     string // of the API, without a path

	Everywhere []string // more flags of every command, as --database
	Serving    []string // more flags of serve, as --nats

	damaged bool // files of the streams were damaged

	listen, nats string
	log          *os.File
	process      *exec.Cmd // nil while nothing serves
	ended        chan struct{}
}

// NewPlace chooses addresses for an installation and opens its log beside the data. Close ends it.
func NewPlace(ctx context.Context, program, data string) (*Place, error) {
	p := &Place{Program: program, Data: data}
	for _, address := range []*string{&p.listen, &p.nats} {
		listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
		if err != nil {
			return nil, fmt.Errorf("choose a port: %w", err)
		}
		*address = listener.Addr().String()
		if err := listener.Close(); err != nil {
			return nil, fmt.Errorf("choose a port: %w", err)
		}
	}
	p.URL = "http://" + p.listen
	var err error
	if p.log, err = os.OpenFile(data+".log", os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600); err != nil {
		return nil, fmt.Errorf("open the log: %w", err)
	}
	return p, nil
}

// Command runs a command of the program on the installation and returns what it prints.
func (p *Place) Command(ctx context.Context, args ...string) (string, error) {
	command := exec.CommandContext(ctx, p.Program, append(args, p.Everywhere...)...)
	command.Env = append(os.Environ(), "HEJNAL_DATA="+p.Data)
	var errs bytes.Buffer
	command.Stderr = &errs
	out, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("hejnal %s: %w: %s", strings.Join(args, " "), err, errs.String())
	}
	return string(bytes.TrimSpace(out)), nil
}

// Start starts serving and returns when the program says that it does.
func (p *Place) Start() error {
	args := slices.Concat([]string{"serve", "--data", p.Data, "--listen", p.listen, "--nats-listen", p.nats}, p.Everywhere, p.Serving)
	command := exec.CommandContext(context.Background(), p.Program, args...)
	command.Stderr = p.log
	out, err := command.StdoutPipe()
	if err != nil {
		return fmt.Errorf("start serving: %w", err)
	}
	if err := command.Start(); err != nil {
		return fmt.Errorf("start serving: %w", err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return fmt.Errorf("it ended before it served, see %s: %w", p.log.Name(), errors.Join(err, command.Wait()))
	}
	if !strings.HasPrefix(line, "hejnal ready on ") {
		return fmt.Errorf("it said %q", line)
	}
	p.process, p.ended = command, make(chan struct{})
	go func() {
		defer close(p.ended)
		_ = command.Wait() // killed is how most of them end
	}()
	return nil
}

// PID is the number of the process that serves, 0 when none does.
func (p *Place) PID() int {
	if p.process == nil {
		return 0
	}
	return p.process.Process.Pid
}

// Kill ends the process as a power cut would, as far as a process can.
func (p *Place) Kill() {
	if p.process != nil {
		_ = p.process.Process.Signal(syscall.SIGKILL)
		<-p.ended
		p.process = nil
	}
}

// Stop ends the process as an operator would.
func (p *Place) Stop() error {
	if p.process == nil {
		return nil
	}
	if err := p.process.Process.Signal(syscall.SIGTERM); err != nil {
		return fmt.Errorf("stop serving: %w", err)
	}
	select {
	case <-p.ended:
	case <-time.After(time.Minute):
		p.Kill()
		return errors.New("it did not end within a minute of being asked to")
	}
	code := p.process.ProcessState.ExitCode()
	p.process = nil
	if code != 0 {
		return fmt.Errorf("it ended with %d, see %s", code, p.log.Name())
	}
	return nil
}

// Fallen tells of a process that ended by itself.
func (p *Place) Fallen() error {
	if p.process == nil {
		return nil
	}
	select {
	case <-p.ended:
		return fmt.Errorf("it ended by itself (%s), see %s", p.process.ProcessState, p.log.Name())
	default:
		return nil
	}
}

// Close ends what still runs.
func (p *Place) Close() error {
	p.Kill()
	return p.log.Close()
}

// Ready asks once whether the program can do its work, and returns the status and what it says.
func (p *Place) Ready(ctx context.Context) (int, string, error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.URL+"/readyz", nil)
	if err != nil {
		return 0, "", err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, "", err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	return answer.StatusCode, string(text), err
}

// AwaitReady waits until the program says that it can do its work.
func (p *Place) AwaitReady(ctx context.Context, patience time.Duration) error {
	return await(ctx, patience, func() error {
		if err := p.Fallen(); err != nil {
			return err
		}
		status, text, err := p.Ready(ctx)
		if err == nil && status != http.StatusOK {
			err = fmt.Errorf("/readyz answers %d %s", status, text)
		}
		return err
	})
}

// await asks until there is no error.
func await(ctx context.Context, patience time.Duration, ask func() error) error {
	for late := time.Now().Add(patience); ; rest(ctx, 50*time.Millisecond) {
		err := ask()
		if err == nil {
			return nil
		}
		if time.Now().After(late) || ctx.Err() != nil {
			return fmt.Errorf("after %s: %w", patience, err)
		}
	}
}

func rest(ctx context.Context, period time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(period):
	}
}

// Link is how to reach the NATS server of the process, as the program itself does.
type Link struct{ URL, User, Password string }

// Link reads the link that the process left in its data directory.
func (p *Place) Link() (Link, error) {
	var link Link
	text, err := os.ReadFile(filepath.Join(p.Data, "nats.json"))
	if err == nil {
		err = json.Unmarshal(text, &link)
	}
	if err != nil {
		return Link{}, fmt.Errorf("read how to reach NATS: %w", err)
	}
	return link, nil
}

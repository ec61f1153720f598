package main_test

import (
	"bytes"
	"errors"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

func TestACommandThatIsInterruptedSaysSoInOneLine(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = silent.Close() }()
	if err := silent.(*net.TCPListener).SetDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	var told bytes.Buffer
	command := exec.CommandContext(t.Context(), "hejnal", "list", "--server", "http://"+silent.Addr().String())
	command.Stderr, command.Env = &told, append(os.Environ(), "HEJNAL_TOKEN=t")
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	asked, err := silent.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = asked.Close() }()
	if err := command.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	var exited *exec.ExitError
	if err := command.Wait(); !errors.As(err, &exited) || exited.ExitCode() != 1 {
		t.Errorf("it ends with %v", err)
	}
	if !strings.HasPrefix(told.String(), "hejnal: interrupted; ") || strings.Count(told.String(), "\n") != 1 {
		t.Errorf("it says %q", told.String())
	}
}

package fleet_test

import (
	"errors"
	"io"
	"net"
	"os"
	"testing"
	"time"

	"go.uber.org/goleak"

	"hejnal/tools/chaos/fleet"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// echo answers every connection with what it sends.
func echo(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				_, _ = io.Copy(conn, conn)
				_ = conn.Close()
			}()
		}
	}()
	return listener.Addr().String()
}

func dial(t *testing.T, address string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// says sends a word and tells what comes back within a moment.
func says(t *testing.T, conn net.Conn) error {
	t.Helper()
	if err := conn.SetDeadline(time.Now().Add(200 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Write([]byte("word")); err != nil {
		return err
	}
	_, err := io.ReadFull(conn, make([]byte, 4))
	return err
}

func TestALinkPassesIsCutAndFallsSilent(t *testing.T) {
	proxy, err := fleet.NewProxy(t.Context(), echo(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = proxy.Close() })

	old := dial(t, proxy.Address())
	if err := says(t, old); err != nil {
		t.Errorf("a whole link does not pass: %v", err)
	}
	proxy.Set(fleet.Cut)
	if err := says(t, old); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("a cut link leaves its connections: %v", err)
	}
	if err := says(t, dial(t, proxy.Address())); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("a cut link takes connections: %v", err)
	}
	proxy.Set(fleet.Whole)
	kept := dial(t, proxy.Address())
	if err := says(t, kept); err != nil {
		t.Errorf("a link that is whole again does not pass: %v", err)
	}
	proxy.Set(fleet.Silent)
	for name, conn := range map[string]net.Conn{"an old": kept, "a new": dial(t, proxy.Address())} {
		if err := says(t, conn); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("%s connection over a silent link hears %v", name, err)
		}
	}
	proxy.Set(fleet.Whole)
	if err := says(t, kept); err == nil {
		t.Error("what a silent link held back was delivered")
	}
	if err := says(t, dial(t, proxy.Address())); err != nil {
		t.Errorf("a link that speaks again does not pass: %v", err)
	}
}

package main_test

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	program "hejnal/cmd/hejnal"
)

func TestOnlyPagesThatNobodyWroteAreGivenBack(t *testing.T) {
	const smaps = `00400000-01838000 r-xp 00000000 fe:00 101                       /opt/hejnal/hejnal
Rss:               17656 kB
Anonymous:             0 kB
VmFlags: rd ex mr mw me
01838000-02dad000 r--p 01438000 fe:00 101                       /opt/hejnal/hejnal
Rss:               16972 kB
Anonymous:             4 kB
02dad000-02fb8000 rw-p 029ad000 fe:00 101                       /opt/hejnal/hejnal
Anonymous:             0 kB
02fb8000-02fb9000 r--p 02bb8000 fe:00 101                       /opt/hejnal/hejnal
Anonymous:             0 kB
24958d400000-24958f800000 r--p 00000000 00:00 0
Anonymous:             0 kB
7ff675300000-7ff6756e0000 r-xp 00000000 fe:00 102               /lib/libc.so
Anonymous:             0 kB
7ff6757e0000-7ff6758e0000 r-xp 00000000 fe:00 103               /tmp/opt/hejnal/hejnal
Anonymous:             0 kB
`
	want := [][2]uintptr{{0x400000, 0x1838000}, {0x2fb8000, 0x2fb9000}}
	if diff := cmp.Diff(want, program.Unchanged(strings.NewReader(smaps), "/opt/hejnal/hejnal")); diff != "" {
		t.Errorf("areas (-want +got):\n%s", diff)
	}
}

// idleMemory is what an idle server takes at most, 30 seconds after its start, in kB.
const idleMemory = 60_000_000 / 1024

// TestAnIdleServerIsSmall starts the program as it is delivered, because a test binary holds more than the program does.
func TestAnIdleServerIsSmall(t *testing.T) {
	long(t)
	dir := t.TempDir()
	binary := filepath.Join(dir, "hejnal")
	build := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	server := exec.CommandContext(t.Context(), binary, "serve", "--data", filepath.Join(dir, "data"), "--listen", "127.0.0.1:0", "--nats-listen", "127.0.0.1:0")
	server.Cancel = func() error { return server.Process.Signal(syscall.SIGTERM) }
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the server said nothing: %v", err)
	}
	time.Sleep(30 * time.Second) // idleness is what is measured
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", server.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(status), "VmRSS:")
	var resident int
	if _, err := fmt.Sscan(after, &resident); err != nil || resident > idleMemory {
		t.Errorf("an idle server takes %d kB, %v; at most %d", resident, err, idleMemory)
	}
	url, _, _ := strings.Cut(strings.TrimPrefix(line, "hejnal ready on "), ",")
	answer, err := http.Get(url + "/readyz")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if text, err := io.ReadAll(answer.Body); err != nil || answer.StatusCode != http.StatusOK {
		t.Errorf("an idle server answers %d %s, %v", answer.StatusCode, text, err)
	}
}

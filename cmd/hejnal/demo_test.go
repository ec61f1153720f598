package main_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"

	"hejnal/workflow"
)

// showing is a hejnal demo of its own process, with a place of its own for temporary directories.
type showing struct {
	t       *testing.T
	command *exec.Cmd
	lines   *bufio.Scanner
	errs    bytes.Buffer
	place   string
}

func startDemo(t *testing.T, args ...string) *showing {
	t.Helper()
	d := &showing{t: t, place: t.TempDir(), command: exec.CommandContext(context.WithoutCancel(t.Context()), "hejnal", append([]string{"demo"}, args...)...)}
	d.command.Env = append(os.Environ(), "TMPDIR="+d.place)
	d.command.Stderr = &d.errs
	out, err := d.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	d.lines = bufio.NewScanner(out)
	if err := d.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if d.command.ProcessState == nil {
			_ = d.command.Process.Kill()
			_ = d.command.Wait()
		}
	})
	return d
}

// until reads lines up to one that holds the text, and answers them all.
func (d *showing) until(text string) []string {
	d.t.Helper()
	var read []string
	for d.lines.Scan() {
		read = append(read, d.lines.Text())
		if strings.Contains(d.lines.Text(), text) {
			return read
		}
	}
	d.t.Fatalf("%q was not printed, but %d lines\n%s", text, len(read), d.errs.String())
	return nil
}

// end waits until the demo has ended well, and left nothing behind.
func (d *showing) end() {
	d.t.Helper()
	for d.lines.Scan() {
		_ = d.lines.Text()
	}
	if err := d.command.Wait(); err != nil || d.errs.Len() > 0 {
		d.t.Errorf("it ended with %v\n%s", err, d.errs.String())
	}
	left, err := os.ReadDir(d.place)
	if err != nil || len(left) > 0 {
		d.t.Errorf("it left %v, %v", left, err)
	}
}

func TestTheDemoPrintsEveryEventOnceAndInOrder(t *testing.T) {
	d := startDemo(t, "--exit")
	people := d.until("zofia.wrona")
	for _, role := range workflow.Roles() {
		wantLine(t, strings.Join(people, "\n"), "  "+string(role)+" ")
	}
	lines := d.until("events received from NATS")
	positions := 0
	for _, line := range lines {
		var position int
		var subject, event string
		if _, err := fmt.Sscan(line, &position, &subject, &event); err != nil || !strings.HasPrefix(subject, "krakow.cooperation.") {
			continue
		}
		if positions++; position != positions {
			t.Fatalf("event %d stands where %d belongs: %s", position, positions, line)
		}
		wantLine(t, line, "."+event)
	}
	wantLine(t, lines[len(lines)-1], fmt.Sprintf("8 proposals walked to their ends, %d events received", positions))
	headings, ends := 0, 0
	for _, line := range lines {
		switch {
		case strings.HasPrefix(line, "== "):
			headings++
		case strings.HasPrefix(line, "   → "):
			ends++
		}
	}
	if positions < 200 || headings != 9 || ends != 8 {
		t.Errorf("%d events, %d headings, %d ends", positions, headings, ends)
	}
	for _, event := range []string{"proposal_opened", "agreement_signed", "resolution_adopted", "title_conferred", "legacy_imported"} {
		wantLine(t, strings.Join(lines, "\n"), "  "+event+"  ")
	}
	d.end()
}

func TestTheDemoServesOnAnotherPortWhereItsOwnIsTakenAndKnowsItsPeople(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer closing(t, taken)
	d := startDemo(t, "--listen", taken.Addr().String())
	lines := d.until("hejnal ready on ")
	s := &server{}
	for _, line := range lines {
		if columns := strings.Fields(line); len(columns) == 4 && columns[0] == "anna.nowak" {
			s.token = columns[3]
		}
	}
	if _, err := fmt.Sscanf(lines[len(lines)-1], "hejnal ready on %s", &s.url); err != nil {
		t.Fatal(err)
	}
	s.url = strings.TrimSuffix(s.url, ",")
	if strings.HasSuffix(s.url, taken.Addr().String()) {
		t.Errorf("it says that it serves on %s", s.url)
	}
	if status, text := s.send(t, http.MethodGet, "/api/v1/me", ""); status != http.StatusOK || !strings.Contains(text, "anna.nowak") {
		t.Errorf("the printed token gets %d %s", status, text)
	}
	d.interrupt()
	d.end()
}

func (d *showing) interrupt() {
	d.t.Helper()
	if err := d.command.Process.Signal(os.Interrupt); err != nil {
		d.t.Fatal(err)
	}
}

func TestAnInterruptedDemoEndsWellAndLeavesNothing(t *testing.T) {
	for _, moment := range []string{"PASSWORD", "person_added", "legacy_imported", "twin_city_agreement", "resolution_adopted"} {
		t.Run(moment, func(t *testing.T) {
			d := startDemo(t, "--listen", "127.0.0.1:0")
			d.until(moment)
			d.interrupt()
			d.end()
		})
	}
}

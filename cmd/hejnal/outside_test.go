package main_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"hejnal/store"
	"hejnal/store/postgres"
	"hejnal/tools/natsnode"
	"hejnal/tools/pgtest"
)

// natsServer is a NATS server as a program of its own: nats-node FILE [NAME]. It says "ready on PORT".
func natsServer() {
	options := natsnode.Options{File: os.Args[1], Quiet: true, Told: os.Stdout}
	if len(os.Args) > 2 {
		options.Name = os.Args[2]
	}
	if err := natsnode.Run(options); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// outside is a NATS server of its own process, on the same port after every start.
type outside struct {
	dir     string
	port    int
	among   string // settings of one of several servers; "" for one that stands alone
	command *exec.Cmd
}

// newOutside makes a NATS server and knows its port.
func newOutside(t *testing.T) *outside {
	t.Helper()
	o := &outside{dir: t.TempDir(), port: -1}
	o.start(t)
	t.Cleanup(o.kill)
	return o
}

func (o *outside) url() string { return fmt.Sprintf("nats://127.0.0.1:%d", o.port) }

func (o *outside) start(t *testing.T) {
	t.Helper()
	file := o.dir + ".conf"
	configured := fmt.Sprintf("listen: \"127.0.0.1:%d\"\njetstream { store_dir: %q, sync_interval: always }\n%s", o.port, o.dir, o.among)
	if err := os.WriteFile(file, []byte(configured), 0o600); err != nil {
		t.Fatal(err)
	}
	o.command = exec.CommandContext(context.WithoutCancel(t.Context()), "nats-node", file)
	o.command.Stderr = os.Stderr
	out, err := o.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := o.command.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("NATS did not start: %v", err)
	}
	if _, err := fmt.Sscanf(line, "ready on %d", &o.port); err != nil {
		t.Fatalf("NATS said %q", line)
	}
}

// threeNodes makes a NATS cluster and answers the URL of it all.
func threeNodes(t *testing.T) (nodes []*outside, url string) {
	t.Helper()
	var ports, routes, urls []string
	for range 3 {
		ports = append(ports, freePort(t))
		routes = append(routes, "nats://127.0.0.1:"+ports[len(ports)-1])
	}
	for _, port := range ports {
		among := fmt.Sprintf("server_name: node-%s\ncluster { name: city, listen: \"127.0.0.1:%s\", routes: [%s] }\n", port, port, strings.Join(routes, ", "))
		node := &outside{dir: t.TempDir(), port: -1, among: among}
		node.start(t)
		t.Cleanup(node.kill)
		nodes, urls = append(nodes, node), append(urls, node.url())
	}
	return nodes, strings.Join(urls, ",")
}

// closing closes what was opened.
func closing(t *testing.T, opened io.Closer) {
	t.Helper()
	if err := opened.Close(); err != nil {
		t.Error(err)
	}
}

// freePort is a port that nobody listens on at the moment.
func freePort(t *testing.T) string {
	t.Helper()
	probe, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer closing(t, probe)
	return strconv.Itoa(probe.Addr().(*net.TCPAddr).Port)
}

// kill ends the NATS server as a crash would.
func (o *outside) kill() {
	if o.command.ProcessState == nil {
		_ = o.command.Process.Signal(syscall.SIGKILL)
		_ = o.command.Wait()
	}
}

// cluster is a PostgreSQL of the test's own, which it may stop.
type cluster struct{ url, data, bin, port string }

// newCluster starts a PostgreSQL; the test is skipped where none is installed or none is asked for.
func newCluster(t *testing.T) *cluster {
	t.Helper()
	pgtest.Database(t) // skips or fails where there shall be no PostgreSQL
	const tools = "../../tools/postgres"
	bin, err := exec.CommandContext(t.Context(), filepath.Join(tools, "bindir")).Output()
	if err != nil {
		t.Skipf("no PostgreSQL to start: %v", err)
	}
	command := exec.CommandContext(context.WithoutCancel(t.Context()), filepath.Join(tools, "with-postgres"), "sh", "-c", `echo "$HEJNAL_TEST_POSTGRES"; exec cat`)
	for _, pair := range os.Environ() {
		if !strings.HasPrefix(pair, pgtest.ServerVariable+"=") {
			command.Env = append(command.Env, pair)
		}
	}
	end, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = end.Close()
		if err := command.Wait(); err != nil {
			t.Errorf("stop PostgreSQL: %v", err)
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("PostgreSQL did not start: %v", err)
	}
	location, err := url.Parse(strings.TrimSpace(line))
	if err != nil {
		t.Fatal(err)
	}
	c := &cluster{url: location.String(), port: location.Port(), bin: strings.TrimSpace(string(bin))}
	c.data = c.ask(t, "SHOW data_directory")
	return c
}

func (c *cluster) ask(t *testing.T, question string) string {
	t.Helper()
	answer, err := exec.CommandContext(t.Context(), filepath.Join(c.bin, "psql"), "-At", "-c", question, c.url).Output()
	if err != nil {
		t.Fatalf("%s: %v", question, err)
	}
	return strings.TrimSpace(string(answer))
}

// control runs pg_ctl as the user whose server it is.
func (c *cluster) control(t *testing.T, args ...string) {
	t.Helper()
	command := append([]string{filepath.Join(c.bin, "pg_ctl"), "-D", c.data, "-w", "-s"}, args...)
	if os.Geteuid() == 0 {
		command = append([]string{"runuser", "-u", "postgres", "--"}, command...)
	}
	run := exec.CommandContext(context.WithoutCancel(t.Context()), command[0], command[1:]...)
	run.Dir = filepath.Dir(c.data)
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(command, " "), err, out)
	}
}

func (c *cluster) crash(t *testing.T) {
	t.Helper()
	c.control(t, "stop", "-m", "immediate")
}

func (c *cluster) start(t *testing.T) {
	t.Helper()
	c.control(t, "start", "-o", "-p "+c.port, "-l", filepath.Join(filepath.Dir(c.data), "server.log"))
}

// openDatabase opens the store of servers over PostgreSQL.
func openDatabase(t *testing.T, url string) store.Store {
	t.Helper()
	kept, err := postgres.Open(t.Context(), url, postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := kept.Close(); err != nil {
			t.Error(err)
		}
	})
	return kept
}

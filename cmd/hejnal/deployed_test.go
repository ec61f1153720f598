package main_test

import (
	"encoding/json"
	"io/fs"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

const deployed = "../../deploy"

func readDeployed(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(deployed, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestEverySettingOfTheDeploymentIsOneOfServe(t *testing.T) {
	help, err := exec.CommandContext(t.Context(), "hejnal", "serve", "--help").Output()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, flag := range regexp.MustCompile(`--([a-z][a-z-]*)`).FindAllStringSubmatch(string(help), -1) {
		known["HEJNAL_"+strings.ToUpper(strings.ReplaceAll(flag[1], "-", "_"))] = true
	}
	named := map[string]bool{}
	err = filepath.WalkDir(deployed, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Base(filepath.Dir(path)) == "nats" {
			return err
		}
		text, err := os.ReadFile(path)
		for _, name := range regexp.MustCompile(`\bHEJNAL_[A-Z_]+`).FindAllString(string(text), -1) {
			if named[name] = true; !known[name] {
				t.Errorf("%s names %s, which is no flag of hejnal serve", path, name)
			}
		}
		return err
	})
	if err != nil || len(named) < 6 {
		t.Errorf("%d settings are named, %v", len(named), err)
	}
}

// alarms are the rules of the file, as far as they are looked at here.
func alarms(t *testing.T) map[string]string {
	t.Helper()
	var file struct {
		Groups []struct {
			Rules []struct{ Alert, Expr string }
		}
	}
	if err := yaml.Unmarshal([]byte(readDeployed(t, "prometheus/rules.yaml")), &file); err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, group := range file.Groups {
		for _, rule := range group.Rules {
			found[rule.Alert] = rule.Expr
		}
	}
	return found
}

func TestEveryAlarmIsExplained(t *testing.T) {
	operations, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	var explained []string
	for _, heading := range regexp.MustCompile(`(?m)^### (Hejnal\w+)$`).FindAllStringSubmatch(string(operations), -1) {
		explained = append(explained, heading[1])
	}
	raised := slices.Sorted(maps.Keys(alarms(t)))
	if slices.Sort(explained); !slices.Equal(explained, raised) {
		t.Errorf("explained are\n%v\nraised are\n%v", explained, raised)
	}
}

func TestAlarmsAndDashboardNameWhatIsMeasured(t *testing.T) {
	operations, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	measured := map[string]bool{}
	for _, name := range regexp.MustCompile("(?m)^\\| `(hejnal_\\w+)` \\|").FindAllStringSubmatch(string(operations), -1) {
		measured[name[1]] = true
	}
	var dashboard struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal([]byte(readDeployed(t, "grafana/hejnal.json")), &dashboard); err != nil {
		t.Fatal(err)
	}
	expressions := alarms(t)
	for _, panel := range dashboard.Panels {
		for _, target := range panel.Targets {
			expressions["panel "+panel.Title+" "+target.Expr] = target.Expr
		}
	}
	for where, expression := range expressions {
		for _, name := range regexp.MustCompile(`\bhejnal_\w+`).FindAllString(expression, -1) {
			if !measured[strings.TrimSuffix(name, "_bucket")] {
				t.Errorf("%s names %s, which nothing measures", where, name)
			}
		}
	}
	if len(expressions) < 40 {
		t.Errorf("only %d expressions were looked at", len(expressions))
	}
}

// unit gives what a unit file says under a key, in its order.
func unit(text, key string) []string {
	var values []string
	for line := range strings.Lines(text) {
		if value, found := strings.CutPrefix(strings.TrimSpace(line), key+"="); found {
			values = append(values, value)
		}
	}
	return values
}

// TestTheServiceIsStartedUntilItsDatabaseIsThere holds that systemd does not give up on a program that ends as soon as it is started,
// which it does after five starts in ten seconds unless it is told otherwise, in the section where it looks.
func TestTheServiceIsStartedUntilItsDatabaseIsThere(t *testing.T) {
	of, service, found := strings.Cut(readDeployed(t, "systemd/hejnal.service"), "\n[Service]\n")
	if limit := unit(of, "StartLimitIntervalSec"); !found || !slices.Equal(limit, []string{"0"}) {
		t.Errorf("starts are counted over %v", limit)
	}
	if again := unit(service, "Restart"); !slices.Equal(again, []string{"on-failure"}) {
		t.Errorf("it is started again %v", again)
	}
	if pause := unit(service, "RestartSec"); !slices.Equal(pause, []string{"5"}) {
		t.Errorf("it is started again after %v s", pause)
	}
}

func TestPrometheusAsksWhereInstancesAnswer(t *testing.T) {
	listen := ""
	for _, setting := range unit(readDeployed(t, "systemd/hejnal-instance.conf"), "Environment") {
		if address, found := strings.CutPrefix(setting, "HEJNAL_METRICS_LISTEN="); found {
			listen = address
		}
	}
	host, port, err := net.SplitHostPort(listen)
	if err != nil || net.ParseIP(host) == nil || net.ParseIP(host).IsLoopback() {
		t.Errorf("an instance answers at %q, where no other machine reaches it: %v", listen, err)
	}
	if port == "9090" {
		t.Error("it takes the port of Prometheus itself")
	}
	var jobs []struct {
		Static []struct{ Targets []string } `yaml:"static_configs"`
	}
	if err := yaml.Unmarshal([]byte(readDeployed(t, "prometheus/scrape.yaml")), &jobs); err != nil || len(jobs) != 1 || len(jobs[0].Static) != 1 {
		t.Fatalf("%v, %v", jobs, err)
	}
	for _, target := range jobs[0].Static[0].Targets {
		if _, asked, err := net.SplitHostPort(target); err != nil || asked != port {
			t.Errorf("Prometheus asks %s, an instance answers at %s", target, listen)
		}
	}
}

// TestCommandsBesideAnInstanceFindItsSettings holds that what commands need, too, stands in the file that they are given.
func TestCommandsBesideAnInstanceFindItsSettings(t *testing.T) {
	help, err := exec.CommandContext(t.Context(), "hejnal", "events", "repair", "--help").Output()
	if err != nil {
		t.Fatal(err)
	}
	example := readDeployed(t, "systemd/environment.example")
	for _, name := range []string{"HEJNAL_DATABASE", "HEJNAL_NATS", "HEJNAL_NATS_REPLICAS", "SSL_CERT_FILE"} {
		if !strings.Contains(example, "\n#"+name+"=") {
			t.Errorf("the environment of several instances has no %s", name)
		}
	}
	for _, setting := range unit(readDeployed(t, "systemd/hejnal-instance.conf"), "Environment") {
		name, _, _ := strings.Cut(setting, "=")
		if !strings.HasPrefix(name, "HEJNAL_") || strings.Contains(string(help), "($"+name+")") {
			t.Errorf("%s stands in the drop-in, which no command reads but serve", name)
		}
	}
}

func TestTheServiceStartsFromTheLinesOfItsUnit(t *testing.T) {
	text := readDeployed(t, "systemd/hejnal.service")
	program := strings.Fields(unit(text, "ExecStart")[0])
	if filepath.Base(program[0]) != "hejnal" {
		t.Fatalf("the unit starts %s", program[0])
	}
	data := filepath.Join(t.TempDir(), "hejnal")
	environment := append(os.Environ(), unit(text, "Environment")...)
	for i, setting := range environment {
		environment[i] = strings.NewReplacer("/var/lib/hejnal", data, ":8080", ":0", ":4222", ":0").Replace(setting)
	}
	command := exec.Command("hejnal", program[1:]...)
	command.Env, command.Dir = environment, "/"
	s := started(t, command)
	if status, body := s.send(t, "GET", "/readyz", ""); status != 200 {
		t.Errorf("it answers %d %s", status, body)
	}
	if _, err := os.Stat(filepath.Join(data, "hejnal.sqlite")); err != nil {
		t.Errorf("its data is elsewhere: %v", err)
	}
	s.stop(t)
}

func TestOneMachineStartsWithTheSettingsOfItsContainer(t *testing.T) {
	var file struct {
		Services map[string]struct{ Environment map[string]string }
	}
	if err := yaml.Unmarshal([]byte(readDeployed(t, "container/compose.yaml")), &file); err != nil {
		t.Fatal(err)
	}
	environment := os.Environ()
	for name, value := range file.Services["hejnal"].Environment {
		environment = append(environment, name+"="+value)
	}
	for _, setting := range regexp.MustCompile(`(?m)^ENV (.*)$`).FindAllStringSubmatch(readDeployed(t, "container/Containerfile"), -1) {
		environment = append(environment, setting[1])
	}
	data := filepath.Join(t.TempDir(), "hejnal")
	for i, setting := range environment {
		environment[i] = strings.NewReplacer("/var/lib/hejnal", data, "HEJNAL_LISTEN=0.0.0.0:8080", "HEJNAL_LISTEN=127.0.0.1:0", ":4222", ":0").Replace(setting)
	}
	command := exec.Command("hejnal", "serve")
	command.Env = environment
	s := started(t, command)
	if status, body := s.send(t, "GET", "/readyz", ""); status != 200 {
		t.Errorf("it answers %d %s", status, body)
	}
	s.stop(t)
}

func TestSystemdTakesTheUnitAndItsDropIn(t *testing.T) {
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("systemd-analyze is not on this machine")
	}
	folder := t.TempDir()
	verify := func(change *strings.Replacer) string {
		path := filepath.Join(folder, "hejnal.service")
		whole := strings.ReplaceAll(readDeployed(t, "systemd/hejnal.service"), "/usr/local/bin/hejnal", "/bin/true")
		dropIn := filepath.Join(path+".d", "instance.conf")
		if err := os.MkdirAll(filepath.Dir(dropIn), 0o755); err != nil {
			t.Fatal(err)
		}
		for name, text := range map[string]string{path: change.Replace(whole), dropIn: readDeployed(t, "systemd/hejnal-instance.conf")} {
			if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		said, err := exec.CommandContext(t.Context(), analyze, "verify", "--man=no", path).CombinedOutput()
		if err != nil {
			return err.Error() + "\n" + string(said)
		}
		return string(said)
	}
	if said := verify(strings.NewReplacer()); strings.Contains(said, "hejnal.service") {
		t.Errorf("systemd says:\n%s", said)
	}
	if said := verify(strings.NewReplacer("ProtectSystem=strict", "ProtectSystem=very")); !strings.Contains(said, "hejnal.service:") {
		t.Errorf("a wrong value is not found:\n%s", said)
	}
}

package embedded_test

import (
	"strings"
	"testing"

	"hejnal/events/embedded"
)

func TestStartRefusesWhatIsUnsafeOrIncomplete(t *testing.T) {
	good := embedded.Options{Dir: t.TempDir(), Password: "internal"}
	for name, c := range map[string]struct {
		spoil func(*embedded.Options)
		says  string
	}{
		"open to others without TLS": {func(o *embedded.Options) { o.Host = "0.0.0.0" }, "TLS"},
		"open by name without TLS":   {func(o *embedded.Options) { o.Host = "example.org" }, "TLS"},
		"no directory":               {func(o *embedded.Options) { o.Dir = "" }, "directory"},
		"no password":                {func(o *embedded.Options) { o.Password = "" }, "password"},
		"logins nobody verifies":     {func(o *embedded.Options) { o.Logins = &directory{} }, "verify"},
		"overlapping prefixes":       {func(o *embedded.Options) { o.Subjects.PublicPrefix = "krakow.cooperation.public" }, "overlap"},
	} {
		t.Run(name, func(t *testing.T) {
			options := good
			c.spoil(&options)
			server, err := embedded.Start(options)
			if err == nil {
				shut(t, server)
				t.Fatal("it started")
			}
			if !strings.Contains(err.Error(), c.says) {
				t.Errorf("the error does not tell of %q: %v", c.says, err)
			}
		})
	}
}

func TestADirectoryHasOneServer(t *testing.T) {
	options := embedded.Options{Dir: t.TempDir(), Password: "internal", DontListen: true}
	first, err := embedded.Start(options)
	if err != nil {
		t.Fatal(err)
	}
	if second, err := embedded.Start(options); err == nil {
		shut(t, second)
		t.Error("a second server started over the same files")
	} else if !strings.Contains(err.Error(), "another server uses") {
		t.Errorf("the error does not say why: %v", err)
	}
	shut(t, first)
	again, err := embedded.Start(options)
	if err != nil {
		t.Fatal(err)
	}
	shut(t, again)
}

func TestATakenPortIsAnError(t *testing.T) {
	h := open(t)
	server, err := embedded.Start(embedded.Options{Dir: t.TempDir(), Password: "internal", Port: portOf(t, h.URL())})
	if err == nil {
		shut(t, server)
		t.Fatal("it started")
	}
	if !strings.Contains(err.Error(), "in use") {
		t.Errorf("the error does not say why: %v", err)
	}
}

package installation

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// Link is how commands beside a running server reach its embedded NATS server: the address, and the server's own login.
type Link struct {
	URL      string `json:"url"`
	User     string `json:"user"`
	Password string `json:"password"`
}

// LinkFile is where a running server leaves its link, unless NATS is outside.
func (c Config) LinkFile() string { return filepath.Join(c.Data, "nats.json") }

func (c Config) nextLinkFile() string { return c.LinkFile() + ".next" }

// leaveLink writes the link that the bus waits to leave. A disk that is full does not keep a server from running, so that what
// is kept can be read: then commands beside it do without, and housework tries again.
func (c Config) leaveLink(b *bus) error {
	if b.link == nil {
		return nil
	}
	err := c.writeLink(*b.link)
	switch {
	case err == nil:
		b.link = nil
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		if !b.linkTold {
			c.log().Warn("there is no room for the link to NATS: the server runs, commands beside it do not reach NATS until there is", "error", err)
		}
		b.linkTold = true
		return c.removeLink()
	}
	return err
}

// writeLink leaves the link in the data directory, readable by its owner alone.
func (c Config) writeLink(link Link) error {
	text, err := json.Marshal(link)
	if err != nil {
		return fmt.Errorf("write link: %w", err)
	}
	if err := os.WriteFile(c.nextLinkFile(), text, 0o600); err != nil {
		return fmt.Errorf("write link: %w", err)
	}
	if err := os.Rename(c.nextLinkFile(), c.LinkFile()); err != nil {
		return fmt.Errorf("write link: %w", err)
	}
	return nil
}

// removeLink takes away the link of an embedded server that ran before, which would lead nowhere, and what was begun of another.
func (c Config) removeLink() error {
	for _, name := range []string{c.nextLinkFile(), c.LinkFile()} {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove link: %w", err)
		}
	}
	return nil
}

// ReadLink reads how to reach the running server's NATS.
func (c Config) ReadLink() (Link, error) {
	text, err := os.ReadFile(c.LinkFile())
	if err != nil {
		return Link{}, fmt.Errorf("read link to the running server (is hejnal serve up on %s?): %w", c.Data, err)
	}
	var link Link
	if err := json.Unmarshal(text, &link); err != nil {
		return Link{}, fmt.Errorf("read link: %w", err)
	}
	return link, nil
}

package installation

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Link is how commands beside a running server reach its embedded NATS server: the address, and the server's own login.
type Link struct {
	URL      string `json:"url"`
	User     string `json:"user"`
	Password string `json:"password"`
}

// LinkFile is where a running server leaves its link, unless NATS is outside.
func (c Config) LinkFile() string { return filepath.Join(c.Data, "nats.json") }

// writeLink leaves the link in the data directory, readable by its owner alone.
func (c Config) writeLink(link Link) error {
	text, err := json.Marshal(link)
	if err != nil {
		return fmt.Errorf("write link: %w", err)
	}
	next := c.LinkFile() + ".next"
	if err := os.WriteFile(next, text, 0o600); err != nil {
		return fmt.Errorf("write link: %w", err)
	}
	if err := os.Rename(next, c.LinkFile()); err != nil {
		return fmt.Errorf("write link: %w", err)
	}
	return nil
}

// removeLink takes away the link of an embedded server that ran before, which would lead nowhere.
func (c Config) removeLink() error {
	if err := os.Remove(c.LinkFile()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove link: %w", err)
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

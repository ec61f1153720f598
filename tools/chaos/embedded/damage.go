package embedded

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// Damages are what can happen to a file, by name.
var Damages = map[string]func(random *rand.Rand, name string) error{
	"cut off": func(random *rand.Rand, name string) error {
		info, err := os.Stat(name)
		if err != nil {
			return err
		}
		return os.Truncate(name, random.Int64N(info.Size()+1))
	},
	"flipped bit": func(random *rand.Rand, name string) error {
		text, err := os.ReadFile(name)
		if err != nil || len(text) == 0 {
			return err
		}
		text[random.IntN(len(text))] ^= 1 << random.IntN(8)
		return os.WriteFile(name, text, 0o600)
	},
	"gone": func(_ *rand.Rand, name string) error { return os.Remove(name) },
}

// Names of the files of a stream, as a pattern.
const (
	Blocks = "*.blk"    // of messages
	Index  = "index.db" // of what the blocks hold; written when the process stops, and now and then
)

// ErrNoFile says that there is nothing to damage.
var ErrNoFile = errors.New("there is no such file")

// DamageStreams does something to one file of the streams that chance picks among those with such a name, and returns
// which one it was.
func (p *Place) DamageStreams(random *rand.Rand, pattern, what string) (string, error) {
	p.damaged = true
	var files []string
	err := filepath.WalkDir(filepath.Join(p.Data, "streams"), func(path string, entry fs.DirEntry, err error) error {
		switch named, bad := filepath.Match(pattern, filepath.Base(path)); {
		case errors.Is(err, fs.ErrNotExist): // the process made and removed it meanwhile
			return nil
		case err != nil || bad != nil:
			return errors.Join(err, bad)
		case named && !entry.IsDir() && filepath.Base(filepath.Dir(path)) == "msgs":
			files = append(files, path)
		}
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("find files of streams: %w", err)
	}
	if len(files) == 0 {
		return "", fmt.Errorf("damage %s of streams: %w", pattern, ErrNoFile)
	}
	name := files[random.IntN(len(files))]
	if err := Damages[what](random, name); err != nil {
		return "", fmt.Errorf("damage %s: %w", name, err)
	}
	return name, nil
}

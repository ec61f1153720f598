package installation

import (
	"fmt"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// room is how much space there is in a folder. The documents may lie on a disk of their own, which may be another machine's:
// one that does not answer holds nobody up.
type room struct {
	dir  string
	look func(dir string) (int64, error)

	mutex  sync.Mutex
	asking *asking // nil while nobody asks
}

// asking is a question that is on its way, and what it is answered with.
type asking struct {
	ended chan struct{}
	free  int64
	err   error
}

// answerTime is how long an answer is waited for: less than a check may take.
const answerTime = 300 * time.Millisecond

// free is how much room the program has where the folder lies.
func (r *room) free() (int64, error) {
	asked := r.ask()
	timer := time.NewTimer(answerTime)
	defer timer.Stop()
	select {
	case <-asked.ended:
		return asked.free, asked.err
	case <-timer.C:
		return 0, fmt.Errorf("read free space of %s: no answer in %s", r.dir, answerTime)
	}
}

// ask asks, or joins in a question that is on its way.
func (r *room) ask() *asking {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.asking == nil {
		asked := &asking{ended: make(chan struct{})}
		r.asking = asked
		go func() {
			asked.free, asked.err = r.look(r.dir)
			r.mutex.Lock()
			defer r.mutex.Unlock()
			r.asking = nil
			close(asked.ended)
		}()
	}
	return r.asking
}

func freeBytes(dir string) (int64, error) {
	var found syscall.Statfs_t
	if err := syscall.Statfs(dir, &found); err != nil {
		return 0, fmt.Errorf("read free space of %s: %w", dir, err)
	}
	return int64(found.Bavail) * int64(found.Bsize), nil //nolint:unconvert // On other systems it is of another type.
}

// disks tell how much room there is where places lie that fill up: the data directory and, perhaps on another disk, its folder
// of documents.
type disks struct{ data, files func() (int64, error) }

func disksOf(c Config) disks {
	return disks{data: roomIn(c.Data), files: roomIn(c.FilesDir())}
}

func roomIn(dir string) func() (int64, error) { return (&room{dir: dir, look: freeBytes}).free }

// FilesDir is the folder of the documents.
func (c Config) FilesDir() string { return filepath.Join(c.Data, filesName) }

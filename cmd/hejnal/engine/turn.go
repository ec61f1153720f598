package engine

import (
	"hash/maphash"
	"sync"
)

// turns lets the changes of one case that this process makes follow one another, so that they do not lose races against
// each other; those of other processes are met by versions.
type turns struct {
	seed  maphash.Seed
	locks [4096]sync.Mutex
}

// take waits for a case's turn and returns what ends it.
func (t *turns) take(id string) func() {
	lock := &t.locks[maphash.String(t.seed, id)%uint64(len(t.locks))]
	lock.Lock()
	return lock.Unlock
}

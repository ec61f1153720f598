package installation

import (
	"fmt"
	"syscall"
)

// freeBytes is how much room the program has where the directory lies.
func freeBytes(dir string) (int64, error) {
	var found syscall.Statfs_t
	if err := syscall.Statfs(dir, &found); err != nil {
		return 0, fmt.Errorf("read free space of %s: %w", dir, err)
	}
	return int64(found.Bavail) * int64(found.Bsize), nil //nolint:unconvert // On other systems it is of another type.
}

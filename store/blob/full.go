package blob

import (
	"errors"
	"fmt"
	"syscall"

	"hejnal/store"
)

// full marks an error that says that there is no room, on the disk or below a limit.
func full(err error) error {
	for _, no := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
		if errors.Is(err, no) {
			return fmt.Errorf("%w: %w", store.ErrFull, err)
		}
	}
	return err
}

package bench

import (
	"syscall"
	"time"
)

// sleep rests by the system's own clock: the runtime's timers are late by up to a millisecond while nothing else happens,
// which would hide what is measured. It may wake early.
func sleep(d time.Duration) {
	request := syscall.NsecToTimespec(int64(d))
	if syscall.Nanosleep(&request, nil) != nil {
		return // a signal came; the caller looks at the clock
	}
}

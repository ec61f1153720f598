//go:build !linux

package bench

import "time"

// sleep rests.
func sleep(d time.Duration) { time.Sleep(d) }

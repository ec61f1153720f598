package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

// While the server starts, it compiles and proves definitions and throws away most of what it makes. The heap is then kept
// small, so that what stays does not lie scattered over many pages; afterwards collecting as often would cost more than it
// saves. Whoever sets GOGC decides for both.
const (
	collectAtStart = 30
	collectLater   = 100
)

// startSmall makes the garbage collector work hard until settle is called.
func startSmall() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAtStart)
	}
}

// settle gives back to the system what only the start needed.
func settle() {
	runtime.GC() // pools keep what they hold for one collection more
	debug.FreeOSMemory()
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectLater)
	}
	giveBackCode()
}

package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

// What lives in the program is small and every request leaves much behind, so that to collect when the garbage is as large
// as what lives takes a third of the processor; at four times it is a tenth. While the server starts, it compiles and proves
// definitions and throws away most of what it makes: the heap is then kept small, so that what stays does not lie scattered
// over many pages. Whoever sets GOGC decides for both.
const (
	collectAtStart = 30
	collectLater   = 400
)

// collectAt sets how much garbage there may be, in percent of what lives.
func collectAt(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}

// settle gives back to the system what only the start needed.
func settle() {
	runtime.GC() // pools keep what they hold for one collection more
	debug.FreeOSMemory()
	collectAt(collectLater)
	giveBackCode()
}

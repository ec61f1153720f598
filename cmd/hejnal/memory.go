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

// Bounds of the memory that a server takes before it collects more often than collectLater says: half of what the machine or
// the container has, and no more than this. What lives is some ten megabytes; without a bound its garbage is four times of
// whatever happened to live when it was last collected, and passwords that are verified make 19 MiB each.
const (
	leastMemory = 64 << 20
	mostMemory  = 512 << 20
)

// limitMemory sets the bound. It is a soft one: nothing is refused above it. Whoever sets GOMEMLIMIT decides.
func limitMemory() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit(memoryThere()))
	}
}

// memoryLimit is the bound where so much memory is there; 0 is not known.
func memoryLimit(there int64) int64 {
	if there == 0 {
		return mostMemory
	}
	return min(max(there/2, leastMemory), mostMemory)
}

// settle gives back to the system what only the start needed.
func settle() {
	runtime.GC() // pools keep what they hold for one collection more
	debug.FreeOSMemory()
	collectAt(collectLater)
	giveBackCode()
}

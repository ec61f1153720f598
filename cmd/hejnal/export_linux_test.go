package main

import "io"

// Unchanged lists the areas of a process that hold a file as it is on disk.
func Unchanged(smaps io.Reader, file string) [][2]uintptr {
	var found [][2]uintptr
	for _, area := range unchanged(smaps, file) {
		found = append(found, [2]uintptr{area.from, area.to})
	}
	return found
}

// MemoryIn is how much memory a system tells of.
var MemoryIn = memoryIn

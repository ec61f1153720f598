package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
)

// giveBackCode takes the pages of the program's own file out of the process: compilers, parsers and migrations run but once.
// What is needed again comes back from the system's cache of the file. Where the system does not tell of its pages, they stay.
func giveBackCode() {
	program, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return
	}
	maps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		return
	}
	for _, area := range unchanged(bytes.NewReader(maps), program) {
		// A page that stays where it is does no harm.
		_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, area.from, area.to-area.from, syscall.MADV_DONTNEED)
	}
}

// area is a range of addresses.
type area struct{ from, to uintptr }

// unchanged lists the areas of a process that hold a file as it is on disk: read-only ones, of which no page was ever
// written, neither by a linker nor by a debugger.
func unchanged(smaps io.Reader, file string) []area {
	var found []area
	var current area
	known := false
	for lines := bufio.NewScanner(smaps); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		switch {
		case len(fields) >= 6 && strings.HasSuffix(lines.Text(), " "+file):
			_, err := fmt.Sscanf(fields[0], "%x-%x", &current.from, &current.to)
			known = err == nil && (fields[1] == "r-xp" || fields[1] == "r--p")
		case len(fields) > 0 && !strings.HasSuffix(fields[0], ":"):
			known = false
		case known && len(fields) == 3 && fields[0] == "Anonymous:" && fields[1] == "0":
			found = append(found, current)
		}
	}
	return found
}

package main

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
)

// memoryThere is how much memory the machine has, or the group that the process is in: a container, a service. 0 is not known.
func memoryThere() int64 { return memoryIn(os.DirFS("/")) }

func memoryIn(system fs.FS) int64 {
	least := machineMemory(system)
	groups, err := fs.ReadFile(system, "proc/self/cgroup")
	if err != nil {
		return least
	}
	for line := range strings.Lines(string(groups)) {
		parts := strings.SplitN(strings.TrimSpace(line), ":", 3)
		switch {
		case len(parts) < 3:
		case parts[1] == "":
			least = leastOf(system, "sys/fs/cgroup", parts[2], "memory.max", least)
		case slices.Contains(strings.Split(parts[1], ","), "memory"):
			least = leastOf(system, "sys/fs/cgroup/memory", parts[2], "memory.limit_in_bytes", least)
		}
	}
	return least
}

// leastOf is the least limit of a group and of those that it is in, or what was found before. A group that is not seen from
// inside a container has no file; that of the container stands at the top.
func leastOf(system fs.FS, top, group, file string, before int64) int64 {
	for at := path.Clean("/" + group); ; at = path.Dir(at) {
		text, err := fs.ReadFile(system, path.Join(top, at, file))
		if limit, wrong := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64); err == nil && wrong == nil && limit > 0 && (before == 0 || limit < before) {
			before = limit
		}
		if at == "/" {
			return before
		}
	}
}

func machineMemory(system fs.FS) int64 {
	text, err := fs.ReadFile(system, "proc/meminfo")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(line)
		if len(fields) < 2 || fields[0] != "MemTotal:" {
			continue
		}
		if kilobytes, err := strconv.ParseInt(fields[1], 10, 64); err == nil {
			return kilobytes << 10
		}
	}
	return 0
}

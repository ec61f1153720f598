package fleet

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// children are the processes whose parent has the id, as far as the system tells.
func children(parent int) []int {
	found, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return nil
	}
	var ids []int
	for _, name := range found {
		text, err := os.ReadFile(name)
		if err != nil {
			continue // it has ended meanwhile
		}
		// The name of the program stands in parentheses and may hold anything; state and parent follow it.
		fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
		id, err := strconv.Atoi(filepath.Base(filepath.Dir(name)))
		if err == nil && len(fields) > 1 && fields[1] == strconv.Itoa(parent) {
			ids = append(ids, id)
		}
	}
	return ids
}

// killFamily ends a process and its children at once, and waits until they are gone.
func (p *process) killFamily() {
	if !p.runs() {
		return
	}
	family := children(p.command.Process.Pid)
	p.kill()
	for _, id := range family {
		_ = syscall.Kill(id, syscall.SIGKILL)
	}
	for _, id := range family {
		for try := 0; try < 200 && syscall.Kill(id, 0) == nil; try++ {
			time.Sleep(10 * time.Millisecond)
		}
	}
}

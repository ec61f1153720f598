package main_test

import (
	"testing"
	"testing/fstest"

	program "hejnal/cmd/hejnal"
)

func TestMemoryIsThatOfTheMachineOrOfTheGroup(t *testing.T) {
	const machine = "MemTotal:       16384000 kB\nMemFree:  1 kB\n"
	for name, c := range map[string]struct {
		files map[string]string
		want  int64
	}{
		"nothing is told": {nil, 0},
		"a machine":       {map[string]string{"proc/meminfo": machine}, 16384000 << 10},
		"no limit":        {map[string]string{"proc/meminfo": machine, "proc/self/cgroup": "0::/a\n", "sys/fs/cgroup/a/memory.max": "max\n"}, 16384000 << 10},
		"a service":       {map[string]string{"proc/meminfo": machine, "proc/self/cgroup": "0::/system.slice/hejnal.service\n", "sys/fs/cgroup/system.slice/hejnal.service/memory.max": "805306368\n"}, 768 << 20},
		"a limit above":   {map[string]string{"proc/self/cgroup": "0::/a/b\n", "sys/fs/cgroup/a/memory.max": "1000\n", "sys/fs/cgroup/a/b/memory.max": "2000\n"}, 1000},
		"a container":     {map[string]string{"proc/meminfo": machine, "proc/self/cgroup": "0::/docker/x\n", "sys/fs/cgroup/memory.max": "536870912\n"}, 512 << 20},
		"groups of before": {map[string]string{
			"proc/meminfo": machine, "proc/self/cgroup": "5:cpu,memory:/docker/x\n1:name=systemd:/\n", "sys/fs/cgroup/memory/memory.limit_in_bytes": "268435456\n",
		}, 256 << 20},
		"groups of before without a limit": {map[string]string{
			"proc/meminfo": machine, "proc/self/cgroup": "5:memory:/\n", "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
		}, 16384000 << 10},
	} {
		system := fstest.MapFS{}
		for file, text := range c.files {
			system[file] = &fstest.MapFile{Data: []byte(text)}
		}
		if got := program.MemoryIn(system); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

package embedded

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

// LimitFiles lets no file of the process grow beyond a size, in bytes; less than 0 takes the limit away. What would write
// more is refused, as on a full disk.
func (p *Place) LimitFiles(ctx context.Context, size int64) error {
	limit := "unlimited"
	if size >= 0 {
		limit = strconv.FormatInt(size, 10)
	}
	out, err := exec.CommandContext(ctx, "prlimit", "--pid", strconv.Itoa(p.PID()), "--fsize="+limit+":unlimited").CombinedOutput()
	if err != nil {
		return fmt.Errorf("limit the size of files: %w: %s", err, out)
	}
	return nil
}

// Disk is a small file system of its own in memory.
type Disk struct{ Dir string }

// MountDisk mounts a file system of so many bytes on a directory, which it makes. The error says that this is not allowed
// here, as to anybody but root.
func MountDisk(ctx context.Context, dir string, size int64) (*Disk, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make %s: %w", dir, err)
	}
	out, err := exec.CommandContext(ctx, "mount", "-t", "tmpfs", "-o", fmt.Sprintf("size=%d,mode=0700", size), "tmpfs", dir).CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("mount a small file system: %w: %s", err, out)
	}
	return &Disk{dir}, nil
}

// Resize changes how much the file system holds, in bytes.
func (d *Disk) Resize(ctx context.Context, size int64) error {
	out, err := exec.CommandContext(ctx, "mount", "-o", fmt.Sprintf("remount,size=%d", size), d.Dir).CombinedOutput()
	if err != nil {
		return fmt.Errorf("resize %s: %w: %s", d.Dir, err, out)
	}
	return nil
}

// Unmount ends the file system and forgets what is in it.
func (d *Disk) Unmount(ctx context.Context) error {
	out, err := exec.CommandContext(ctx, "umount", "--lazy", d.Dir).CombinedOutput()
	if err != nil {
		return fmt.Errorf("unmount %s: %w: %s", d.Dir, err, out)
	}
	return nil
}

// Fill takes all room that is left, but so many bytes. Free gives it back.
func (d *Disk) Fill(spare int64) error {
	file, err := os.Create(d.filler())
	if err != nil {
		return fmt.Errorf("fill %s: %w", d.Dir, err)
	}
	var size int64
	for piece := make([]byte, 4096); err == nil; {
		var n int
		n, err = file.Write(piece)
		size += int64(n)
	}
	if err := file.Truncate(max(0, size-spare)); err != nil {
		return fmt.Errorf("fill %s: %w", d.Dir, err)
	}
	return file.Close()
}

// Free gives back what Fill took.
func (d *Disk) Free() error {
	if err := os.Remove(d.filler()); err != nil {
		return fmt.Errorf("free %s: %w", d.Dir, err)
	}
	return nil
}

func (d *Disk) filler() string { return filepath.Join(d.Dir, "filler") }

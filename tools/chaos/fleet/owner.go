package fleet

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// owner is the user that PostgreSQL runs as: ourselves, or postgres where we are root, as whom it refuses to run.
type owner struct{ identity *syscall.Credential }

func findOwner() (owner, error) {
	if os.Geteuid() != 0 {
		return owner{}, nil
	}
	found, err := user.Lookup("postgres")
	if err != nil {
		return owner{}, fmt.Errorf("find the user that PostgreSQL runs as: %w", err)
	}
	uid, err := strconv.ParseUint(found.Uid, 10, 32)
	if err != nil {
		return owner{}, fmt.Errorf("read the id of user postgres: %w", err)
	}
	gid, err := strconv.ParseUint(found.Gid, 10, 32)
	if err != nil {
		return owner{}, fmt.Errorf("read the group of user postgres: %w", err)
	}
	return owner{&syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
}

// runs makes the command one of the owner's, in a directory that the owner may enter.
func (o owner) runs(command *exec.Cmd, dir string) {
	command.Dir = dir
	if o.identity != nil {
		command.SysProcAttr = &syscall.SysProcAttr{Credential: o.identity}
	}
}

// gets makes the owner own a directory and what is in it.
func (o owner) gets(dir string) error {
	if o.identity == nil {
		return nil
	}
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, int(o.identity.Uid), int(o.identity.Gid))
	})
	if err != nil {
		return fmt.Errorf("give %s to PostgreSQL's user: %w", dir, err)
	}
	return nil
}

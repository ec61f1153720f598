package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"hejnal/cmd/hejnal/archive"
	"hejnal/cmd/hejnal/installation"
	"hejnal/store/sqlite"
)

type backupCommand struct {
	place
	prefixes
	AllowMissing bool   `help:"Write the archive without documents that the store names and that are not in files/, and list them in it."`
	File         string `arg:"" help:"The archive to write; - for standard output."`
}

// Help says what is in the archive.
func (backupCommand) Help() string {
	return `The archive is a gzip-compressed tar: the store as it is at one moment, every document that it names, and a manifest with the SHA-256 of each. The server may run and goes on writing; every act acknowledged before the command began is in it. The streams are not: they are made from the store.

The archive holds personal data, and the hashes of passwords and tokens. It is readable by its owner alone; keep it so, and encrypt what leaves the house.`
}

const notEmbedded = "with --database the store is PostgreSQL, which is backed up by its own means: pg_basebackup, an archive of its WAL and recovery to a moment, as docs/operations.md and deploy/postgres say; of the data directory back up files/"

// Run writes the archive.
func (c backupCommand) Run(ctx context.Context, io streams) error {
	if c.Database != "" {
		return &useError{reason: notEmbedded}
	}
	config := c.config(naming{prefixes: c.prefixes}, nil)
	if err := config.CheckData(); err != nil {
		return err
	}
	if _, err := os.Stat(config.StoreFile()); err != nil {
		return fmt.Errorf("there is no store in %s: name the --data of hejnal serve", c.Data)
	}
	if c.File == "-" {
		return c.toOutput(ctx, config, io)
	}
	return c.toFile(ctx, config, io)
}

// toOutput takes the snapshot below the data directory; that of one that was killed is removed by the next, or by serve.
func (c backupCommand) toOutput(ctx context.Context, config installation.Config, io streams) error {
	if isTerminal(io.out) {
		return &useError{reason: "the archive is no text for a terminal: send standard output into a file or a program"}
	}
	snapshot, err := config.NewSnapshot()
	if err != nil {
		return err
	}
	_, err = c.write(ctx, config, filepath.Join(snapshot.Dir, "snapshot"), io.out, io.err)
	return errors.Join(err, snapshot.Close())
}

// toFile writes beside the file and moves the archive to its place when it is whole. A backup that was killed leaves the
// file beside, which the next one to the same place takes over.
func (c backupCommand) toFile(ctx context.Context, config installation.Config, io streams) error {
	if err := vacant(c.File); err != nil {
		return err
	}
	part, err := unfinished(c.File + ".part")
	if err != nil {
		return err
	}
	if err := claim(part, c.File); err != nil {
		return errors.Join(err, part.Close())
	}
	snapshot := part.Name() + ".sqlite"
	manifest, err := c.write(ctx, config, snapshot, part, io.err)
	if err == nil {
		err = part.Sync()
	}
	if err == nil {
		err = finish(part.Name(), c.File)
	}
	if err != nil {
		err = errors.Join(err, remove(part.Name()))
	}
	if err := errors.Join(err, part.Close()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(io.out, "%s: journal to position %d, %d documents, %d bytes before compression\n", c.File, manifest.Head, documents(manifest), manifest.Size())
	return err
}

func vacant(name string) error {
	if _, err := os.Lstat(name); err == nil {
		return fmt.Errorf("%s is there already and is not overwritten: name another file, or move it away", name)
	}
	return nil
}

// unfinished opens the file that the archive is written to until it is whole.
func unfinished(name string) (*os.File, error) {
	file, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR|syscall.O_NOFOLLOW, 0o600)
	if err != nil {
		return nil, fmt.Errorf("make archive: %w", err)
	}
	if err := own(file); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// claim takes an unfinished file for this process alone and empties it. Another backup may have come to its end since the file
// was opened: then it is the archive by now, or gone.
func claim(file *os.File, archive string) error {
	err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return fmt.Errorf("another backup writes %s: wait for it, or name another file", file.Name())
	}
	if err != nil {
		return fmt.Errorf("make archive: lock %s: %w", file.Name(), err)
	}
	if err := vacant(archive); err != nil {
		return err
	}
	opened, err := file.Stat()
	if err != nil {
		return fmt.Errorf("make archive: %w", err)
	}
	if there, err := os.Lstat(file.Name()); err != nil || !os.SameFile(there, opened) {
		return fmt.Errorf("another backup to %s has just ended: run this one again", archive)
	}
	if err := errors.Join(file.Chmod(0o600), file.Truncate(0)); err != nil {
		return fmt.Errorf("make archive: %w", err)
	}
	return nil
}

// own refuses a file that somebody else put where the archive is to be written: they would read it, or see a file of theirs
// choosing overwritten.
func own(file *os.File) error {
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("make archive: %w", err)
	}
	found, known := info.Sys().(*syscall.Stat_t)
	if !info.Mode().IsRegular() || known && (int(found.Uid) != os.Geteuid() || found.Nlink != 1) {
		return fmt.Errorf("%s is there already and no file of this user's alone: remove it, or write the archive into a folder of your own", file.Name())
	}
	return nil
}

// finish gives a whole file its name, durably, unless that is taken.
func finish(part, name string) error {
	err := os.Link(part, name)
	switch {
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s is there already and is not overwritten", name)
	case err == nil:
		err = os.Remove(part)
	default: // a file system without links
		err = os.Rename(part, name)
	}
	if err != nil {
		return fmt.Errorf("put archive into place: %w", err)
	}
	folder, err := os.Open(filepath.Dir(name))
	if err != nil {
		return fmt.Errorf("make archive durable: %w", err)
	}
	if err := errors.Join(folder.Sync(), folder.Close()); err != nil {
		return fmt.Errorf("make archive durable: %w", err)
	}
	return nil
}

func remove(name string) error {
	if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// write takes the snapshot into a file of that name, which is gone afterwards, and writes the archive.
func (c backupCommand) write(ctx context.Context, config installation.Config, snapshot string, to, told io.Writer) (m archive.Manifest, err error) {
	for _, rest := range []string{snapshot, snapshot + "-journal"} {
		if err := remove(rest); err != nil {
			return m, fmt.Errorf("clear up behind a backup: %w", err)
		}
	}
	defer func() { err = errors.Join(err, remove(snapshot)) }()
	if err := sqlite.Snapshot(ctx, config.StoreFile(), snapshot); err != nil {
		return m, installation.FileAdvice(config.StoreFile(), err)
	}
	if m, err = c.manifest(ctx, config, snapshot); err != nil {
		return m, err
	}
	shown := showBytes(told, "backup", m.Size())
	defer shown.end()
	return m, archive.Write(to, m, func(name string) (io.ReadCloser, error) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		path := filepath.Join(config.Data, filepath.FromSlash(name))
		if name == installation.StorePart {
			path = snapshot
		}
		file, err := os.Open(path)
		if err != nil {
			return nil, fmt.Errorf("read part: %w", err)
		}
		return counted{file, shown}, nil
	})
}

// manifest describes the snapshot and what belongs to it.
func (c backupCommand) manifest(ctx context.Context, config installation.Config, snapshot string) (archive.Manifest, error) {
	holds, err := sqlite.Inspect(ctx, snapshot)
	if err == nil {
		err = holds.Fits()
	}
	if err != nil {
		return archive.Manifest{}, err
	}
	if holds.Subject != "" {
		if _, err := c.subjects().Parse(holds.Subject); err != nil {
			return archive.Manifest{}, &useError{reason: fmt.Sprintf("the events of this store have other subjects, such as %s: give the --subject-prefix and --public-subject-prefix that it began with", holds.Subject)}
		}
	}
	m := archive.Manifest{
		Format: archive.Format, Program: version, Commit: commit, MadeAt: time.Now().UTC().Truncate(time.Microsecond),
		Schema: holds.Schema, Needs: holds.Needs, Release: holds.Release, Head: holds.Head, PublicHead: holds.PublicHead,
		Settings: archive.Settings{SubjectPrefix: c.SubjectPrefix, PublicSubjectPrefix: c.PublicSubjectPrefix},
	}
	described, err := describe(snapshot, installation.StorePart)
	if err != nil {
		return m, err
	}
	m.Parts = append(m.Parts, described)
	beside, err := filesBeside(config)
	if err != nil {
		return m, err
	}
	m.Parts = append(m.Parts, beside...)
	hashes, err := sqlite.Files(ctx, snapshot)
	if err != nil {
		return m, err
	}
	err = c.addDocuments(config, hashes, &m)
	return m, err
}

// addDocuments adds the documents, whose names are their digests.
func (c backupCommand) addDocuments(config installation.Config, hashes []string, m *archive.Manifest) error {
	for _, hash := range hashes {
		name := installation.DocumentPart(hash)
		info, err := os.Stat(filepath.Join(config.Data, filepath.FromSlash(name)))
		switch {
		case errors.Is(err, fs.ErrNotExist) && c.AllowMissing:
			m.Missing = append(m.Missing, hash)
		case errors.Is(err, fs.ErrNotExist):
			return fmt.Errorf("the store names the document %s, and %s has it not: put it back from an older backup, or use --allow-missing", hash, filepath.Join(config.Data, installation.FilesPart))
		case err != nil:
			return fmt.Errorf("look for document: %w", err)
		default:
			m.Parts = append(m.Parts, archive.Part{Name: name, Size: info.Size(), SHA256: hash})
		}
	}
	return nil
}

// filesBeside describes the small files that belong to the data directory.
func filesBeside(config installation.Config) ([]archive.Part, error) {
	names := []string{installation.InstancePart}
	entries, err := os.ReadDir(config.EpochsDir())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("look for kept events: %w", err)
	}
	for _, entry := range entries {
		if entry.Type().IsRegular() && filepath.Ext(entry.Name()) == keptExtension {
			names = append(names, installation.EpochsPart+entry.Name())
		}
	}
	var parts []archive.Part
	for _, name := range names {
		part, err := describe(filepath.Join(config.Data, filepath.FromSlash(name)), name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	return parts, nil
}

func describe(path, name string) (archive.Part, error) {
	file, err := os.Open(path)
	if err != nil {
		return archive.Part{}, fmt.Errorf("read part: %w", err)
	}
	part, err := archive.Describe(name, file)
	return part, errors.Join(err, file.Close())
}

// documents counts the documents in an archive.
func documents(m archive.Manifest) int {
	count := 0
	for _, part := range m.Parts {
		if strings.HasPrefix(part.Name, installation.FilesPart) {
			count++
		}
	}
	return count
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"hejnal/cmd/hejnal/archive"
	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/installation"
	"hejnal/events"
	"hejnal/store"
	"hejnal/store/sqlite"
)

type restoreCommand struct {
	place
	File string `arg:"" help:"The archive that hejnal backup wrote; - for standard input."`
}

// Help says what happens.
func (restoreCommand) Help() string {
	return `The data directory must be empty, or not there. Every part is checked before anything is put into place; a restore that is killed leaves a directory that hejnal serve refuses and that hejnal restore fills anew.

What was accepted after the backup is not in it, and subscribers may have received it. So each stream begins a new epoch: hejnal serve makes the streams from the store, and an event admin.stream_epoch_began tells from which position on they may differ from what was received before.`
}

// Run restores.
func (c restoreCommand) Run(ctx context.Context, io streams) error {
	if c.Database != "" {
		return &useError{reason: notEmbedded}
	}
	from, name := io.in, "standard input"
	if c.File != "-" {
		file, err := os.Open(c.File)
		if err != nil {
			return fmt.Errorf("read archive: %w", err)
		}
		defer file.Close() //nolint:errcheck // it was read
		from, name = file, c.File
	}
	manifest, err := c.restore(ctx, from, io.err)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for _, hash := range manifest.Missing {
		fmt.Fprintf(io.err, "document %s was missing when the backup was made\n", hash)
	}
	_, err = fmt.Fprintf(io.out, "%s: restored from %s, journal to position %d, %d documents; hejnal serve makes the streams\n",
		c.Data, manifest.MadeAt.Format(time.RFC3339), manifest.Head, documents(manifest))
	return err
}

func (c restoreCommand) restore(ctx context.Context, from io.Reader, told io.Writer) (m archive.Manifest, err error) {
	packed, err := archive.Read(from)
	if err != nil {
		return m, err
	}
	m = packed.Manifest
	if err := fits(m); err != nil {
		return m, err
	}
	stage, err := c.config(naming{}, nil).Stage()
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, stage.Close()) }()
	shown := showBytes(told, "restore", m.Size())
	err = packed.Extract(stage.Config.Data, func(n int64) { shown.done.Add(n) })
	shown.end()
	if err != nil {
		return m, err
	}
	if err := checkStore(ctx, stage.Config, m); err != nil {
		return m, err
	}
	if err := beginEpochs(ctx, stage.Config, m); err != nil {
		return m, err
	}
	if err := ctx.Err(); err != nil {
		return m, err
	}
	return m, stage.Place()
}

// fits refuses an archive that this program cannot use.
func fits(m archive.Manifest) error {
	if err := (sqlite.Contents{Needs: m.Needs, Release: m.Release}).Fits(); err != nil {
		return err
	}
	whole := false
	for _, part := range m.Parts {
		if !installation.IsPart(part.Name, part.SHA256) {
			return &archive.DamagedError{Reason: fmt.Sprintf("it holds %q, which belongs to no data directory", part.Name)}
		}
		whole = whole || part.Name == installation.StorePart
	}
	if !whole {
		return &archive.DamagedError{Reason: "it holds no store"}
	}
	return nil
}

// checkStore holds the store against the manifest.
func checkStore(ctx context.Context, staged installation.Config, m archive.Manifest) error {
	holds, err := sqlite.Inspect(ctx, staged.StoreFile())
	if err != nil {
		return err
	}
	if holds.Head != m.Head || holds.PublicHead != m.PublicHead || holds.Needs != m.Needs {
		return &archive.DamagedError{Reason: fmt.Sprintf("its store ends with %d and %d, and its manifest says %d and %d", holds.Head, holds.PublicHead, m.Head, m.PublicHead)}
	}
	return checkDocuments(ctx, staged, m)
}

// checkDocuments sees to it that every document which the store names is there, or known to be missing.
func checkDocuments(ctx context.Context, staged installation.Config, m archive.Manifest) error {
	hashes, err := sqlite.Files(ctx, staged.StoreFile())
	if err != nil {
		return err
	}
	held := map[string]bool{}
	for _, part := range m.Parts {
		held[part.Name] = true
	}
	for _, hash := range hashes {
		if !held[installation.DocumentPart(hash)] && !slices.Contains(m.Missing, hash) {
			return &archive.DamagedError{Reason: fmt.Sprintf("its store names the document %s, which is neither in it nor said to be missing", hash)}
		}
	}
	return nil
}

// beginEpochs journals that the streams may have been published with other events behind what is restored.
func beginEpochs(ctx context.Context, staged installation.Config, m archive.Manifest) (err error) {
	staged.SubjectPrefix, staged.PublicSubjectPrefix = m.Settings.SubjectPrefix, m.Settings.PublicSubjectPrefix
	kept, err := staged.OpenStore(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	if err := staged.SameSubjects(ctx, kept); err != nil {
		return err
	}
	told, err := staged.OpenEngine(ctx, kept, nil)
	if err != nil {
		return err
	}
	for stream, common := range map[string]int64{events.StreamInternal: m.Head, events.StreamPublic: m.PublicHead} {
		name, err := staged.EpochName(stream)
		if err == nil {
			err = beginEpoch(ctx, kept, told, name, common)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func beginEpoch(ctx context.Context, kept store.Epochs, told *engine.Engine, stream string, common int64) error {
	before, err := kept.LastEpoch(ctx, stream)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	epoch := store.Epoch{
		Stream: stream, Number: max(before.Number, 1) + 1, Common: common, EventID: installation.NewID(), Readers: []byte("[]"),
		BeganAt: time.Now().UTC().Truncate(time.Microsecond),
	}
	if err := kept.BeginEpoch(ctx, epoch); err != nil {
		return err
	}
	if err := told.TellEpoch(ctx, epoch); err != nil {
		return err
	}
	return kept.EndEpoch(ctx, stream, epoch.Number)
}

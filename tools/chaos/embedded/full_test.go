package embedded_test

import (
	"context"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hejnal/tools/chaos/embedded"
)

// mounted is a small file system that goes with the test, which is skipped where none can be mounted.
func mounted(t *testing.T, dir string, size int64) *embedded.Disk {
	t.Helper()
	disk, err := embedded.MountDisk(t.Context(), dir, size)
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() {
		if err := disk.Unmount(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	return disk
}

// works lets the clients work for a while.
func works(ctx context.Context, period time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(period):
	}
}

// tells waits until /readyz says something with a status. A store whose log has room goes on for a while on a disk that has none.
func tells(ctx context.Context, t *testing.T, s *embedded.Scene, want int, says string) {
	t.Helper()
	for late := time.Now().Add(2 * time.Minute); ; works(ctx, 100*time.Millisecond) {
		status, text, err := s.Ready(ctx)
		if err == nil && status == want && strings.Contains(text, says) {
			return
		}
		if time.Now().After(late) {
			t.Errorf("/readyz answers %d %s, %v", status, text, err)
			return
		}
	}
}

func TestAFullDiskRefusesAndRecoversByItself(t *testing.T) {
	long(t)
	dir := t.TempDir()
	disk := mounted(t, filepath.Join(dir, "disk"), 64<<20)
	s := newScene(t, filepath.Join(disk.Dir, "data"))
	err := s.Under(t.Context(), func(ctx context.Context) error {
		for _, spare := range []int64{0, 64 << 10} {
			works(ctx, 2*time.Second)
			if err := disk.Fill(spare); err != nil {
				return err
			}
			works(ctx, 3*time.Second)
			tells(ctx, t, s, http.StatusServiceUnavailable, `"state":"full"`)
			if err := disk.Free(); err != nil {
				return err
			}
			if err := s.AwaitReady(ctx, 20*time.Second); err != nil {
				return err
			}
		}
		works(ctx, time.Second)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if counts := s.Counts(); answersWith(counts.Answers, "507 no_room") == 0 || answersWith(counts.Answers, "500") > 0 {
		t.Errorf("the clients were answered %v", counts.Answers)
	}
	judge(t, s, 50)
}

// answersWith is how many answers begin so.
func answersWith(answers map[string]int, begin string) int {
	count := 0
	for answer, n := range answers {
		if strings.HasPrefix(answer, begin) {
			count += n
		}
	}
	return count
}

func TestStreamsWithoutRoomAreFilledWhenThereIsRoom(t *testing.T) {
	long(t)
	data := filepath.Join(t.TempDir(), "data")
	disk := mounted(t, filepath.Join(data, "streams"), 256<<10)
	s := newScene(t, data)
	err := s.Under(t.Context(), func(ctx context.Context) error {
		tells(ctx, t, s, http.StatusOK, `"relay":{"ok":false`)
		works(ctx, 2*time.Second)
		if err := disk.Resize(ctx, 64<<20); err != nil {
			return err
		}
		tells(ctx, t, s, http.StatusOK, `"relay":{"ok":true`)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	judge(t, s, 50)
}

func TestFilesThatMayNotGrowAreRefusedAndNothingIsHalfWritten(t *testing.T) {
	long(t)
	s := newScene(t, "")
	err := s.Under(t.Context(), func(ctx context.Context) error {
		for _, size := range []int64{256 << 10, 64 << 10, 0} {
			works(ctx, time.Second)
			if err := s.LimitFiles(ctx, size); err != nil {
				return err
			}
			works(ctx, 3*time.Second)
			if err := s.LimitFiles(ctx, -1); err != nil {
				return err
			}
			if err := s.AwaitReady(ctx, 20*time.Second); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if counts := s.Counts(); answersWith(counts.Answers, "507 no_room") == 0 || answersWith(counts.Answers, "500") > 0 {
		t.Errorf("the clients were answered %v", counts.Answers)
	}
	judge(t, s, 20)
}

package packet_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"hejnal/cmd/hejnal/web/packet"
)

// shelf keeps files by their hash.
type shelf map[string]string

// Get gives a file, or says that it is gone.
func (s shelf) Get(_ context.Context, sum string) (io.ReadSeekCloser, error) {
	content, ok := s[sum]
	if !ok {
		return nil, errors.New("gone")
	}
	return closing{strings.NewReader(content)}, nil
}

type closing struct{ io.ReadSeeker }

// Close closes nothing.
func (closing) Close() error { return nil }

func sumOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}

var when = time.Date(2026, 3, 2, 10, 0, 0, 123456, time.UTC)

func write(t *testing.T, blobs packet.Blobs, files ...packet.File) (*bytes.Buffer, []packet.Missing) {
	t.Helper()
	var out bytes.Buffer
	w := packet.NewWriter(&out)
	for _, file := range files {
		check(t, w.Document(t.Context(), blobs, file))
	}
	check(t, w.Text("historia.jsonl", when, func(out io.Writer) error {
		_, err := io.WriteString(out, "{}\n")
		return err
	}))
	check(t, w.Close(when, func(missing []packet.Missing) string { return "brak: " + missing[0].Name }))
	return &out, w.Missing()
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, out *bytes.Buffer) map[string]string {
	t.Helper()
	reader, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	check(t, err)
	found := map[string]string{}
	for _, entry := range reader.File {
		file, err := entry.Open()
		check(t, err)
		content, err := io.ReadAll(file)
		check(t, err)
		found[entry.Name] = string(content)
	}
	return found
}

func TestAPacketHoldsEveryFileAndItsSum(t *testing.T) {
	blobs := shelf{sumOf("one"): "one", sumOf("two"): "two"}
	files := []packet.File{{Name: "01-a.pdf", SHA256: sumOf("one"), AttachedAt: when}, {Name: "02-b.pdf", SHA256: sumOf("two"), AttachedAt: when}}
	out, missing := write(t, blobs, files...)
	again, _ := write(t, blobs, files...)
	if !bytes.Equal(out.Bytes(), again.Bytes()) {
		t.Error("the same case gave two packets")
	}
	found := read(t, out)
	if names := slices.Sorted(maps.Keys(found)); !slices.Equal(names, []string{"01-a.pdf", "02-b.pdf", packet.SumsName, "historia.jsonl"}) || missing != nil {
		t.Errorf("in the packet: %v, missing %v", names, missing)
	}
	for name, content := range found {
		if line := sumOf(content) + "  " + name + "\n"; name != packet.SumsName && !strings.Contains(found[packet.SumsName], line) {
			t.Errorf("no sum of %s in:\n%s", name, found[packet.SumsName])
		}
	}
}

func TestAFileThatIsGoneOrDamagedIsNamedAndLeftOut(t *testing.T) {
	for name, blobs := range map[string]shelf{"gone": {}, "damaged": {sumOf("one"): "other"}} {
		t.Run(name, func(t *testing.T) {
			out, missing := write(t, blobs, packet.File{Name: "01-a.pdf", SHA256: sumOf("one")})
			found := read(t, out)
			if _, there := found["01-a.pdf"]; there || found[packet.MissingName] != "brak: 01-a.pdf" || len(missing) != 1 {
				t.Errorf("packet: %v, missing %v", found, missing)
			}
			if strings.Contains(found[packet.SumsName], "01-a.pdf") || !strings.Contains(found[packet.SumsName], packet.MissingName) {
				t.Errorf("sums: %s", found[packet.SumsName])
			}
		})
	}
}

func TestACallerWhoHasGoneEndsThePacket(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := packet.NewWriter(io.Discard).Document(ctx, shelf{}, packet.File{Name: "01-a.pdf", SHA256: sumOf("one")})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error: %v", err)
	}
}

func TestNamesAreSafeAndUnlikeEachOther(t *testing.T) {
	for _, tt := range []struct {
		n, of             int
		kind, title, file string
		want              string
	}{
		{1, 9, "agreement_text", "Umowa: Kraków & Łódź", "Umowa.PDF", "01-agreement-text-umowa-krakow-lodz.pdf"},
		{7, 120, "other", "../../etc/passwd", "x.tar.gz/", "007-other-etc-passwd"},
		{2, 2, "other", "文書", "a.docx", "02-other.docx"},
		{3, 3, "other", strings.Repeat("ż", 300), "a.p.d", "03-other-" + strings.Repeat("z", 60) + ".d"},
		{6, 9, "legal_opinion", "Legal opinion", "o.odt", "06-legal-opinion.odt"},
		{4, 4, "other", "a", "bez rozszerzenia", "04-other-a"},
		{5, 5, "other", "a", "a.wykonywalny", "05-other-a"},
	} {
		if got := packet.Name(tt.n, tt.of, tt.kind, tt.title, tt.file); got != tt.want {
			t.Errorf("%q %q is named %s, want %s", tt.title, tt.file, got, tt.want)
		}
	}
}

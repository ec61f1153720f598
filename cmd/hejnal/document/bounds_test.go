package document_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"hejnal/cmd/hejnal/document"
)

const kraków = "<w:p><w:t>Stołeczne Królewskie Miasto Kraków</w:t></w:p>"

func inspect(t *testing.T, content string) (document.Found, error) {
	t.Helper()
	return document.Inspect(t.Context(), strings.NewReader(content), int64(len(content)))
}

// allocated is how many bytes are asked for while do runs.
func allocated(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func TestTextIsNotReadWhereItsMarkupIsNobodysWriting(t *testing.T) {
	for name, body := range map[string]string{
		"elements deep within one another": strings.Repeat("<w:r>", 400) + kraków + strings.Repeat("</w:r>", 400),
		"many of them that never end":      strings.Repeat("<w:r>", 2<<20),
		"a tag of very many attributes":    "<w:r " + strings.Repeat(`a="" `, 2<<20) + "/>" + kraków,
		"a tag with a very long attribute": `<w:r a="` + strings.Repeat("x", 2<<20) + `"/>` + kraków,
		"a very long comment":              "<!--" + strings.Repeat("x", 2<<20) + "-->" + kraków,
		"an end of what is not open":       kraków + "</w:r>",
	} {
		t.Run(name, func(t *testing.T) {
			// Bytes that do not pack keep the ratio of the whole ordinary.
			content := word(t, "<!--"+noise(200<<10)+"-->"+body)
			asked := allocated(func() {
				found, err := inspect(t, content)
				if err != nil || found.MediaType != document.DOCX || found.NamesCity != document.Unknown {
					t.Errorf("found %+v, %v", found, err)
				}
			})
			if asked > 100<<20 {
				t.Errorf("%d MiB were asked for", asked>>20)
			}
		})
	}
}

// noise is text that does not pack well.
func noise(length int) string {
	chance := rand.NewChaCha8([32]byte{})
	raw := make([]byte, length/2)
	_, _ = chance.Read(raw)
	return hex.EncodeToString(raw)
}

func TestPartsThatTogetherUnpackToTooMuchAreNotRead(t *testing.T) {
	entries := []string{"[Content_Types].xml", "<Types/>", "word/document.xml", "<w>" + kraków + "</w>"}
	for n := range 40 {
		entries = append(entries, fmt.Sprintf("word/header%d.xml", n), "<w><!--"+noise(8<<10)+strings.Repeat("x", 900<<10)+"--></w>")
	}
	if found, err := inspect(t, archive(t, entries...)); err != nil || found.NamesCity != document.Unknown {
		t.Errorf("found %+v, %v", found, err)
	}
	if found, err := inspect(t, archive(t, entries[:12]...)); err != nil || found.NamesCity != document.Yes {
		t.Errorf("of some of them was found %+v, %v", found, err)
	}
}

func TestAPartIsNotReadForLongerThanItSaysOfItself(t *testing.T) {
	var packed bytes.Buffer
	packer, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err == nil {
		_, err = io.WriteString(packer, "<w><!--"+noise(8<<10)+"-->"+strings.Repeat("<!--"+strings.Repeat("x", 900<<10)+"-->", 60)+kraków+"</w>")
	}
	if err == nil {
		err = packer.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	header := &zip.FileHeader{Name: "word/document.xml", Method: zip.Deflate, UncompressedSize64: 1 << 10, CompressedSize64: uint64(packed.Len())}
	content := raw(t, header, packed.Bytes())
	reads := 0
	_, err = document.Inspect(t.Context(), leaving{strings.NewReader(content), func() {}, &reads}, int64(len(content)))
	if whole := len(content) / 4096; err != nil || reads > whole*2/3 {
		t.Errorf("%d of some %d pieces were read, %v", reads, whole, err)
	}
}

func TestALargeDocumentOfManyPagesAndPicturesIsReadWhole(t *testing.T) {
	page := strings.Repeat(`<w:p><w:pPr><w:jc w:val="both"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">Strony ustalają, co następuje. </w:t></w:r></w:p>`, 40)
	picture := `<w:pict><v:shape o:gfxdata="` + noise(500<<10) + `"/></w:pict>`
	entries := []string{"[Content_Types].xml", "<Types/>", "word/document.xml", strings.Replace(wordXML, "%s", strings.Repeat(page, 500)+picture+kraków, 1)}
	for n := range 50 {
		entries = append(entries, fmt.Sprintf("word/header%d.xml", n), "<w:hdr>"+page+"</w:hdr>", fmt.Sprintf("word/media/image%d.png", n), noise(384<<10))
	}
	content := archive(t, entries...)
	if found, err := inspect(t, content); err != nil || found.NamesCity != document.Yes {
		t.Errorf("in %d MiB was found %+v, %v", len(content)>>20, found, err)
	}
}

func TestAnArchiveThatHoldsAPartTwiceIsRefused(t *testing.T) {
	body := strings.Replace(wordXML, "%s", kraków, 1)
	for name, content := range map[string]string{
		"a name twice":             archive(t, "[Content_Types].xml", "<Types/>", "word/document.xml", body, "word/document.xml", body),
		"two names for same bytes": sharing(t, body, "word/document.xml", "word/header1.xml"),
		"one name often for them":  sharing(t, body, "word/document.xml", "word/document.xml", "word/document.xml"),
	} {
		if found, err := inspect(t, content); !errors.Is(err, document.ErrAmbiguous) {
			t.Errorf("%s: %+v, %v", name, found, err)
		}
	}
	if found, err := inspect(t, sharing(t, body, "word/document.xml")); err != nil || found.NamesCity != document.Yes {
		t.Errorf("once: %+v, %v", found, err)
	}
}

// sharing is an archive whose table of contents leads to the same bytes under each of the names.
func sharing(t *testing.T, body string, names ...string) string {
	t.Helper()
	size := uint64(len(body))
	header := &zip.FileHeader{Name: names[0], Method: zip.Store, CRC32: crc32.ChecksumIEEE([]byte(body)), UncompressedSize64: size, CompressedSize64: size}
	return repeated([]byte(raw(t, header, []byte(body))), names)
}

// raw is an archive of a document that has an entry as it is given.
func raw(t *testing.T, header *zip.FileHeader, content []byte) string {
	t.Helper()
	var file bytes.Buffer
	writer := zip.NewWriter(&file)
	types, err := writer.Create("[Content_Types].xml")
	if err == nil {
		_, err = io.WriteString(types, "<Types/>")
	}
	var entry io.Writer
	if err == nil {
		entry, err = writer.CreateRaw(header)
	}
	if err == nil {
		_, err = entry.Write(content)
	}
	if err == nil {
		err = writer.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return file.String()
}

// repeated writes the last record of the table of contents once for each of the names.
func repeated(content []byte, names []string) string {
	end := bytes.LastIndex(content, []byte("PK\x05\x06"))
	last := bytes.LastIndex(content[:end], []byte("PK\x01\x02"))
	table := bytes.Index(content, []byte("PK\x01\x02"))
	record, closing := content[last:end], bytes.Clone(content[end:])
	out := bytes.Clone(content[:last])
	for _, name := range names {
		one := append(bytes.Clone(record[:46]), name...)
		one[28], one[29] = byte(len(name)), 0
		out = append(append(out, one...), record[46+len(names[0]):]...)
	}
	closing[8], closing[10] = byte(1+len(names)), byte(1+len(names))
	size := len(out) - table
	closing[12], closing[13], closing[14], closing[15] = byte(size), byte(size>>8), byte(size>>16), byte(size>>24)
	return string(out) + string(closing)
}

func TestATableOfContentsWithoutEndIsNotReadToItsEnd(t *testing.T) {
	var file bytes.Buffer
	writer := zip.NewWriter(&file)
	for n := range 100_000 {
		if _, err := writer.CreateHeader(&zip.FileHeader{Name: fmt.Sprint(n)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	content := file.String()
	asked := allocated(func() {
		if found, err := inspect(t, content); !errors.Is(err, document.ErrNotAccepted) {
			t.Errorf("found %+v, %v", found, err)
		}
	})
	if asked > 20<<20 {
		t.Errorf("%d MiB were asked for", asked>>20)
	}
}

func TestAnXMLFileIsReadToItsFirstElementAndNotForLong(t *testing.T) {
	for name, content := range map[string]string{
		"a tag of very many attributes": `<?xml version="1.0"?><a ` + strings.Repeat(`a="" `, 2<<20) + "/>",
		"a very long comment before it": `<?xml version="1.0"?><!--` + strings.Repeat("x", 2<<20) + "--><a/>",
	} {
		asked := allocated(func() {
			if found, err := inspect(t, content); !errors.Is(err, document.ErrNotAccepted) {
				t.Errorf("%s: %+v, %v", name, found, err)
			}
		})
		if asked > 100<<20 {
			t.Errorf("%s: %d MiB were asked for", name, asked>>20)
		}
	}
	signature := `<?xml version="1.0"?><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:Object>` + strings.Repeat("QUJD", 4<<20)
	if found, err := inspect(t, signature); err != nil || found.MediaType != document.XML {
		t.Errorf("a signature around a large document: %+v, %v", found, err)
	}
}

// paused is a file that tells when it is read behind its beginning, and waits there.
type paused struct {
	*strings.Reader
	reached chan<- struct{}
	goOn    <-chan struct{}
}

// ReadAt reads from the file.
func (p paused) ReadAt(buffer []byte, at int64) (int, error) {
	if len(buffer) != document.HeadSize {
		p.reached <- struct{}{}
		<-p.goOn
	}
	return p.Reader.ReadAt(buffer, at)
}

func TestTwoFilesAreReadAtATimeAndOthersWaitWhileTheyAreWanted(t *testing.T) {
	content := strings.Repeat("Umowa. ", 4096)
	reached, goOn := make(chan struct{}, 1000), make(chan struct{})
	read := func() (document.Found, error) {
		return document.Inspect(t.Context(), paused{strings.NewReader(content), reached, goOn}, int64(len(content)))
	}
	var readers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			if found, err := read(); err != nil || found.NamesCity != document.No {
				t.Errorf("found %+v, %v", found, err)
			}
		})
		<-reached
	}
	waiting, leave := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer leave()
	if found, err := document.Inspect(waiting, strings.NewReader(content), int64(len(content))); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a third one beside two that are read: %+v, %v", found, err)
	}
	if found, err := inspect(t, "%PDF-1.7\n"); err != nil || found.MediaType != document.PDF {
		t.Errorf("one whose text is not read waits too: %+v, %v", found, err)
	}
	close(goOn)
	readers.Wait()
	if found, err := read(); err != nil || found.NamesCity != document.No {
		t.Errorf("the next one: %+v, %v", found, err)
	}
}

// leaving is a file whose sender leaves when it is read behind a place.
type leaving struct {
	*strings.Reader
	leave context.CancelFunc
	reads *int
}

// ReadAt reads from the file.
func (l leaving) ReadAt(buffer []byte, at int64) (int, error) {
	if *l.reads++; *l.reads == 8 {
		l.leave()
	}
	return l.Reader.ReadAt(buffer, at)
}

func TestAFileIsNotReadOnWhenItsSenderIsGone(t *testing.T) {
	for name, content := range map[string]string{
		"a document": word(t, "<!--"+noise(1<<19)+"-->"+kraków), "text": strings.Repeat("Umowa. ", 1<<18),
	} {
		ctx, leave := context.WithCancel(t.Context())
		reads := 0
		found, err := document.Inspect(ctx, leaving{strings.NewReader(content), leave, &reads}, int64(len(content)))
		if !errors.Is(err, context.Canceled) || reads != 8 {
			t.Errorf("%s: after %d reads %+v, %v", name, reads, found, err)
		}
		leave()
	}
}

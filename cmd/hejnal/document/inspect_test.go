package document_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/document"
)

const wordXML = `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>`

func archive(t *testing.T, entries ...string) string {
	t.Helper()
	var file bytes.Buffer
	writer := zip.NewWriter(&file)
	for i := 0; i < len(entries); i += 2 {
		method := zip.Deflate
		if entries[i] == "mimetype" || strings.HasSuffix(entries[i], ".png") {
			method = zip.Store
		}
		entry, err := writer.CreateHeader(&zip.FileHeader{Name: entries[i], Method: method})
		if err == nil {
			_, err = io.WriteString(entry, entries[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return file.String()
}

func word(t *testing.T, body string) string {
	t.Helper()
	return archive(t, "[Content_Types].xml", "<Types/>", "word/document.xml", strings.Replace(wordXML, "%s", body, 1))
}

func openDocument(t *testing.T, body string) string {
	t.Helper()
	return archive(t, "mimetype", document.ODT, "content.xml", `<office:document-content xmlns:office="o" xmlns:text="t">`+body+`</office:document-content>`)
}

func TestAFileIsKnownByItsBytes(t *testing.T) {
	runs := `<w:p><w:r><w:t>Stołeczne Kró</w:t></w:r><w:r><w:t>lewskie</w:t></w:r><w:r><w:tab/><w:t>Miasto Kraków</w:t></w:r></w:p>`
	for _, c := range []struct{ name, content, media, city string }{
		{"a PDF", "%PDF-1.7\n", document.PDF, document.Unknown},
		{"a PNG", "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR", document.PNG, document.Unknown},
		{"a JPEG", "\xff\xd8\xff\xe0\x00\x10JFIF", document.JPEG, document.Unknown},
		{"a TIFF", "II*\x00\x08\x00\x00\x00", document.TIFF, document.Unknown},
		{"a signature", `<?xml version="1.0"?><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>`, document.XML, document.Unknown},
		{"text", "Umowa.", document.Text, document.No},
		{"a table as text", "a,b\n1,2\n3,4\n", document.Text, document.No},
		{"Word, in runs", word(t, runs), document.DOCX, document.Yes},
		{"Word without text", word(t, "<w:p/>"), document.DOCX, document.Unknown},
		{"Word that took the name out", word(t, `<w:p><w:r><w:delText>Stołeczne Królewskie Miasto Kraków</w:delText><w:t>Gmina</w:t></w:r></w:p>`), document.DOCX, document.No},
		{"Word that is broken", archive(t, "[Content_Types].xml", "<Types/>", "word/document.xml", "<a><b></a>"), document.DOCX, document.Unknown},
		{"OpenDocument", openDocument(t, `<text:p>Stołecznym<text:s/>Królewskim Mieście Krakowie</text:p>`), document.ODT, document.Yes},
	} {
		t.Run(c.name, func(t *testing.T) {
			found, err := document.Inspect(t.Context(), strings.NewReader(c.content), int64(len(c.content)))
			if err != nil || found.MediaType != c.media || found.NamesCity != c.city {
				t.Errorf("found %+v, %v, want %s, %s", found, err, c.media, c.city)
			}
		})
	}
}

func TestTheNameOfTheCityIsFoundInEveryGrammaticalCase(t *testing.T) {
	for text, want := range map[string]string{
		"Stołeczne Królewskie Miasto Kraków":                document.Yes,
		"Stołecznego Królewskiego Miasta Krakowa":           document.Yes,
		"Stołecznemu Królewskiemu Miastu Krakowowi":         document.Yes,
		"ze Stołecznym Królewskim Miastem Krakowem":         document.Yes,
		"w Stołecznym Królewskim Mieście Krakowie":          document.Yes,
		"STOŁECZNE KRÓLEWSKIE MIASTO KRAKÓW":                document.Yes,
		"Stołeczne\u00a0Królewskie\nMiasto  Kraków":         document.Yes,
		"Stołeczne Kro\u0301lewskie Miasto Krako\u0301w":    document.Yes,
		"Królewskie Stołeczne Miasto Kraków":                document.No,
		"Miasto Kraków":                                     document.No,
		"Stołeczne Królewskie Miasto, a w nim także Kraków": document.No,
	} {
		found, err := document.Inspect(t.Context(), strings.NewReader(text), int64(len(text)))
		if err != nil || found.NamesCity != want {
			t.Errorf("%q: %+v, %v, want %s", text, found, err, want)
		}
	}
}

func TestOtherFilesAreNotTaken(t *testing.T) {
	for name, content := range map[string]string{
		"a program": "MZ\x90\x00\x03", "a page": "<!DOCTYPE html><html>", "a drawing": `<svg xmlns="http://www.w3.org/2000/svg">`,
		"a script": "#!/bin/sh\nrm -rf /\n", "an archive": archive(t, "a.txt", "a"), "a spreadsheet": archive(t, "[Content_Types].xml", "<Types/>", "xl/workbook.xml", "<x/>"),
		"a document with macros": archive(t, "[Content_Types].xml", "<Types/>", "word/document.xml", "<a/>", "word/vbaProject.bin", "x"),
		"half an archive":        word(t, "<w:p/>")[:60], "text in another code": "za\xbf\xf3\xb3\xe6", "XML without an element": `<?xml version="1.0"?>`,
	} {
		if found, err := document.Inspect(t.Context(), strings.NewReader(content), int64(len(content))); !errors.Is(err, document.ErrNotAccepted) {
			t.Errorf("%s: %+v, %v", name, found, err)
		}
	}
}

func TestAnArchiveThatUnpacksToTooMuchIsNotRead(t *testing.T) {
	bomb := word(t, strings.Repeat(" ", 40<<20))
	if len(bomb) > 1<<20 {
		t.Fatalf("the archive has %d bytes", len(bomb))
	}
	found, err := document.Inspect(t.Context(), strings.NewReader(bomb), int64(len(bomb)))
	if err != nil || found.NamesCity != document.Unknown {
		t.Errorf("found %+v, %v", found, err)
	}
}

func TestAnExtensionMustAgree(t *testing.T) {
	for _, c := range []struct {
		name, media string
		want        bool
	}{
		{"umowa.pdf", document.PDF, true},
		{"umowa.PDF", document.PDF, true},
		{"umowa", document.PDF, true},
		{"umowa.exe", document.PDF, false},
		{"umowa.pdf.txt", document.PDF, false},
		{"skan.jpeg", document.JPEG, true},
	} {
		if got := document.Fits(c.name, c.media); got != c.want {
			t.Errorf("%s as %s: %t", c.name, c.media, got)
		}
	}
}

func TestTypesAreCalledAsPeopleSayThem(t *testing.T) {
	for mediaType, want := range map[string]string{
		document.PDF: "PDF", document.DOCX: "DOCX", document.XML: "XML", document.JPEG: "JPEG", document.TIFF: "TIFF", document.Text: "TXT", "video/mp4": "video/mp4",
	} {
		if got := document.Short(mediaType); got != want {
			t.Errorf("%s is called %s, want %s", mediaType, got, want)
		}
	}
	for name, want := range map[string]bool{"umowa.pdf": true, "UMOWA.ODT": true, "umowa": true, "new.js": false} {
		if got := document.Known(name); got != want {
			t.Errorf("the extension of %s is known: %v", name, got)
		}
	}
}

func FuzzInspect(f *testing.F) {
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte(`<?xml version="1.0"?><a/>`))
	f.Add([]byte("Stołeczne"))
	f.Fuzz(func(t *testing.T, content []byte) {
		found, err := document.Inspect(t.Context(), bytes.NewReader(content), int64(len(content)))
		if err == nil && (found.MediaType == "" || found.NamesCity == "") {
			t.Errorf("found %+v", found)
		}
	})
}

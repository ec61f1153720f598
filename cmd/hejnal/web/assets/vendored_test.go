package assets_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const folder = "vendored"

// vendored is one file that others wrote, as the manifest tells of it.
type vendored struct {
	File, SHA256, Package, Version, Integrity, Source, Changed, Licence, Notice string
}

func manifest(t *testing.T) []vendored {
	t.Helper()
	var listed []vendored
	if err := json.Unmarshal([]byte(text(t, folder, "manifest.json")), &listed); err != nil {
		t.Fatal(err)
	}
	if len(listed) == 0 {
		t.Fatal("the manifest lists nothing")
	}
	return listed
}

func text(t *testing.T, place ...string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(place...))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestEveryVendoredFileIsAsTheManifestSays(t *testing.T) {
	for _, v := range manifest(t) {
		if got := sha256.Sum256([]byte(text(t, folder, v.File))); hex.EncodeToString(got[:]) != v.SHA256 {
			t.Errorf("%s was changed by hand: run tools/vendor-assets, or change what it does", v.File)
		}
		if !regexp.MustCompile(`^\d+\.\d+\.\d+$`).MatchString(v.Version) {
			t.Errorf("%s: version %q is not an exact one", v.File, v.Version)
		}
		algorithm, digest, _ := strings.Cut(v.Integrity, "-")
		if raw, err := base64.StdEncoding.DecodeString(digest); algorithm != "sha512" || err != nil || len(raw) != 64 {
			t.Errorf("%s: integrity %q is not a SHA-512", v.File, v.Integrity)
		}
		if v.Package == "" || v.Source == "" || v.Licence == "" || len(text(t, folder, v.Notice)) < 200 {
			t.Errorf("%s: package, source, licence or its notice is missing", v.File)
		}
	}
}

func TestNothingIsVendoredOutsideTheManifest(t *testing.T) {
	known := []string{"manifest.json"}
	for _, v := range manifest(t) {
		known = append(known, v.File, v.Notice)
	}
	found, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range found {
		if !slices.Contains(known, entry.Name()) {
			t.Errorf("%s is in no line of the manifest", entry.Name())
		}
	}
}

func TestTheScriptFetchesWhatTheManifestSays(t *testing.T) {
	script := text(t, "..", "..", "..", "..", "tools", "vendor-assets")
	for _, v := range manifest(t) {
		for _, want := range []string{v.Version, v.Integrity, v.Source} {
			if !strings.Contains(script, want) {
				t.Errorf("%s: tools/vendor-assets does not name %s", v.File, want)
			}
		}
	}
}

// foreign is what a style may not hold: the typeface and the signs of another state, and whatever would fetch a file.
var foreign = regexp.MustCompile(`(?i)gds transport|crest|crown|logotype|@font-face|@import|url\(|sourcemappingurl`)

func TestNoStyleHoldsSignsOfAnotherStateOrFetchesAFile(t *testing.T) {
	for _, place := range []string{"hejnal.css", filepath.Join(folder, "govuk-frontend.min.css")} {
		if found := foreign.FindAllString(text(t, place), -1); found != nil {
			t.Errorf("%s holds %q", place, found)
		}
	}
}

func TestNoAssetNamesAnotherServer(t *testing.T) {
	address := regexp.MustCompile(`(https?:)?//[a-z0-9-]+\.[a-z]{2,}[^"'\s]*`)
	for _, place := range []string{"hejnal.css", "hejnal.js", filepath.Join(folder, "govuk-frontend.min.css")} {
		if found := address.FindAllString(text(t, place), -1); found != nil {
			t.Errorf("%s names %q", place, found)
		}
	}
}

func TestForeignSignsAreFound(t *testing.T) {
	for _, style := range []string{
		`a{font-family:GDS Transport,arial}`, `@font-face{font-family:x}`, `.govuk-header__logotype{}`, `.x__crown{}`,
		`a{background:url(/assets/images/govuk-crest.svg)}`, `@import "x.css"`, `/*# sourceMappingURL=x.map */`,
	} {
		if !foreign.MatchString(style) {
			t.Errorf("%s passes", style)
		}
	}
}

package opendata_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"hejnal/cmd/hejnal/web"
	"hejnal/cmd/hejnal/web/pages/pagestest"
	"hejnal/cmd/hejnal/web/published"
	"hejnal/cmd/hejnal/web/publisher"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestThePageSaysWhatThereIs(t *testing.T) {
	h := pagestest.New(t)
	page := h.Visitor().Get("/dane").Want(http.StatusOK).Check()
	page.Says("CSV", "JSON Lines", "Atom", "Licencja", "creativecommons.org/publicdomain/zero", "COOPERATION_PUBLIC", "krakow.public.cooperation.>", "DCAT-AP")
	for _, column := range published.Columns {
		page.Says(column.Name, column.Doc.PL)
	}
	h.Visitor().English().Get("/dane").Want(http.StatusOK).Check().Says("Open data", "Licence", published.Columns[0].Doc.EN)
}

func object(t *testing.T, page *pagestest.Page, kind string) map[string]any {
	t.Helper()
	if got := page.Want(http.StatusOK).Header.Get("Content-Type"); got != kind {
		t.Errorf("%s is %q", page.Path, got)
	}
	var told map[string]any
	if err := json.Unmarshal([]byte(page.Body), &told); err != nil {
		t.Fatal(err)
	}
	return told
}

func TestTheCatalogueNamesDataSetsWithTheirFiles(t *testing.T) {
	h := pagestest.New(t, func(o *web.Options) {
		o.Publisher = publisher.Publisher{Email: "dane@example.pl", Site: "https://example.pl", Licence: "https://example.pl/licencja"}
	})
	told := object(t, h.Visitor().Get("/dane/katalog.jsonld"), "application/ld+json")
	sets, _ := told["dcat:dataset"].([]any)
	if told["@type"] != "dcat:Catalog" || len(sets) != 2 {
		t.Fatalf("%v", told)
	}
	for _, one := range sets {
		set, _ := one.(map[string]any)
		for _, name := range []string{"@id", "dct:title", "dct:description", "dct:publisher", "dcat:theme", "dct:accrualPeriodicity", "dcat:contactPoint"} {
			if set[name] == nil {
				t.Errorf("%v has no %s", set["@id"], name)
			}
		}
		files, _ := set["dcat:distribution"].([]any)
		for _, one := range files {
			file, _ := one.(map[string]any)
			address, _ := file["dcat:accessURL"].(map[string]any)
			licence, _ := file["dct:license"].(map[string]any)
			if text, _ := address["@id"].(string); !strings.HasPrefix(text, h.URL+"/api/v1/") || licence["@id"] != "https://example.pl/licencja" {
				t.Errorf("%v", file)
			}
		}
		if len(files) == 0 {
			t.Errorf("%v has no file", set["@id"])
		}
	}
}

func TestTheColumnsAreDescribedForPrograms(t *testing.T) {
	h := pagestest.New(t)
	told := object(t, h.Visitor().Get("/dane/rejestr.csv-metadata.json"), "application/csvm+json")
	schema, _ := told["tableSchema"].(map[string]any)
	columns, _ := schema["columns"].([]any)
	if len(columns) != len(published.Columns) || told["url"] != h.URL+"/api/v1/register.csv" {
		t.Errorf("%d columns of %v", len(columns), told["url"])
	}
}

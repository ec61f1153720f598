package country

import (
	_ "embed" // the table
	"encoding/csv"
	"slices"
	"strings"
	"sync"

	"hejnal/workflow"
)

// The ids of the continents.
const (
	Africa       = "africa"
	Antarctica   = "antarctica"
	Asia         = "asia"
	Europe       = "europe"
	NorthAmerica = "north_america"
	Oceania      = "oceania"
	SouthAmerica = "south_america"
)

// Country is a country or territory that has a code of its own.
type Country struct {
	Code      string // ISO 3166-1 alpha-2, two capitals
	Name      workflow.Text
	Continent string // one of the ids above
}

//go:embed countries.csv
var written string

// known lists the countries by code.
var known = sync.OnceValue(func() []Country {
	rows, err := csv.NewReader(strings.NewReader(written)).ReadAll()
	if err != nil {
		panic("country: the embedded table cannot be read: " + err.Error())
	}
	var read []Country
	for _, row := range rows[1:] {
		read = append(read, Country{Code: row[0], Name: workflow.Text{PL: row[1], EN: row[2]}, Continent: row[3]})
	}
	return read
})

// All lists every country, by code. The list is the caller's own.
func All() []Country { return slices.Clone(known()) }

// Find returns the country of a code, in capitals or not.
func Find(code string) (Country, bool) {
	countries := known()
	i, found := slices.BinarySearchFunc(countries, strings.ToUpper(code), func(c Country, code string) int {
		return strings.Compare(c.Code, code)
	})
	if !found {
		return Country{}, false
	}
	return countries[i], true
}

// Continents lists the ids of the continents with their names, in alphabetical order of the ids.
func Continents() []workflow.Code {
	return []workflow.Code{
		{ID: Africa, Title: workflow.Text{PL: "Afryka", EN: "Africa"}},
		{ID: Antarctica, Title: workflow.Text{PL: "Antarktyda", EN: "Antarctica"}},
		{ID: Asia, Title: workflow.Text{PL: "Azja", EN: "Asia"}},
		{ID: Europe, Title: workflow.Text{PL: "Europa", EN: "Europe"}},
		{ID: NorthAmerica, Title: workflow.Text{PL: "Ameryka Północna", EN: "North America"}},
		{ID: Oceania, Title: workflow.Text{PL: "Oceania", EN: "Oceania"}},
		{ID: SouthAmerica, Title: workflow.Text{PL: "Ameryka Południowa", EN: "South America"}},
	}
}

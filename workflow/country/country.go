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

type table struct {
	countries []Country // by code
	byName    map[string]int
}

var known = sync.OnceValue(func() table {
	rows, err := csv.NewReader(strings.NewReader(written)).ReadAll()
	if err != nil {
		panic("country: the embedded table cannot be read: " + err.Error())
	}
	read := table{byName: map[string]int{}}
	for i, row := range rows[1:] {
		code, pl, en, continent, also := row[0], row[1], row[2], row[3], row[4]
		read.countries = append(read.countries, Country{
			Code: code, Name: workflow.Text{PL: pl, EN: en}, Continent: continent,
		})
		for _, name := range append(strings.Split(also, ";"), pl, en) {
			if name != "" {
				read.byName[fold(name)] = i
			}
		}
	}
	return read
})

// All lists every country, by code. The list is the caller's own.
func All() []Country { return slices.Clone(known().countries) }

// Find returns the country of a code, in capitals or not.
func Find(code string) (Country, bool) {
	countries := known().countries
	i, found := slices.BinarySearchFunc(countries, strings.ToUpper(code), func(c Country, code string) int {
		return strings.Compare(c.Code, code)
	})
	if !found {
		return Country{}, false
	}
	return countries[i], true
}

// FromName returns the country that an English or Polish name means, as other lists write it: "UK", "Turkey", "Czech
// Republic". Case, surrounding space and "&" for "and" do not matter. The parts of the United Kingdom give GB.
func FromName(name string) (Country, bool) {
	read := known()
	i, found := read.byName[fold(name)]
	if !found {
		return Country{}, false
	}
	return read.countries[i], true
}

func fold(name string) string {
	name = strings.ReplaceAll(strings.ToLower(name), "&", "and")
	name = strings.ReplaceAll(name, "’", "'")
	return strings.Join(strings.Fields(name), " ")
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

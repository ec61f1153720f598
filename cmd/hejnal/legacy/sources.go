package legacy

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"strings"
	"sync"
)

//go:embed sources.csv
var sources []byte

// named are the sources of the City of Kraków's register by the codes that its entries give.
var named = sync.OnceValue(func() map[string]string {
	rows, err := csv.NewReader(bytes.NewReader(sources)).ReadAll()
	if err != nil {
		panic("legacy: the embedded list of sources cannot be read: " + err.Error())
	}
	known := map[string]string{}
	for _, row := range rows[1:] {
		known[row[0]] = row[1]
	}
	return known
})

// Sources gives, of a list of codes separated by commas, the names of the sources; what is no code of a source is its own name.
func Sources(codes string) []string {
	var names []string
	for code := range strings.SplitSeq(codes, ",") {
		code = strings.TrimSpace(code)
		name, known := named()[code]
		if !known {
			name = code
		}
		if name != "" {
			names = append(names, name)
		}
	}
	return names
}

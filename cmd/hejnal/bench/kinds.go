package bench

import (
	"fmt"
	"slices"
	"strings"
)

// kindOf is what kind of question a figure answers: inbox, list, search, proposal, transition.
func kindOf(figure string) string {
	if strings.Contains(figure, "search:") {
		return "search"
	}
	kind, _, _ := strings.Cut(figure, ":")
	kind, _, _ = strings.Cut(kind, " ")
	return kind
}

// byKind tells of each kind of question, in the order in which they were asked first, the median of its ratios and how many
// of them hold.
func byKind(rows []Row) string {
	ratios, holding := map[string][]float64{}, map[string]int{}
	var kinds []string
	for _, row := range rows {
		kind := kindOf(row.Figure)
		if !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
		ratios[kind] = append(ratios[kind], row.Ratio)
		if row.Target.Met(row.Ratio) {
			holding[kind]++
		}
	}
	told := make([]string, len(kinds))
	for i, kind := range kinds {
		told[i] = fmt.Sprintf("%s %.2f (%d of %d hold)", kind, median(ratios[kind]), holding[kind], len(ratios[kind]))
	}
	return strings.Join(told, ", ")
}

package actform

import (
	"slices"
	"strconv"
	"strings"

	"hejnal/workflow"
)

// mistakes are what is wrong in the lines of one list of records.
type mistakes struct {
	at   int // where they are told among all errors
	each []mistake
}

// mistake is one thing that is wrong, with the lines in which it is.
type mistake struct {
	part, says workflow.Text // no part: the line as a whole
	lines      []int
}

// note adds a line to those in which the same is wrong.
func (m *mistakes) note(line int, part, says workflow.Text) {
	i := slices.IndexFunc(m.each, func(one mistake) bool { return one.part == part && one.says == says })
	if i < 0 {
		m.each, i = append(m.each, mistake{part: part, says: says}), len(m.each)
	}
	m.each[i].lines = append(m.each[i].lines, line)
}

// told says everything that is wrong, in the order in which it was found.
func (m *mistakes) told() workflow.Text {
	var pl, en []string
	for _, one := range m.each {
		lines := numbers(one.lines)
		of := workflow.Text{PL: "Wiersz " + lines, EN: "Line " + lines}
		if len(one.lines) > 1 {
			of = workflow.Text{PL: "Wiersze " + lines, EN: "Lines " + lines}
		}
		if !one.part.IsZero() {
			of = workflow.Text{PL: of.PL + ", „" + one.part.PL + "”", EN: of.EN + ", “" + one.part.EN + "”"}
		}
		pl, en = append(pl, of.PL+": "+one.says.PL), append(en, of.EN+": "+one.says.EN)
	}
	return workflow.Text{PL: strings.Join(pl, " "), EN: strings.Join(en, " ")}
}

func numbers(lines []int) string {
	var texts []string
	for _, line := range lines {
		texts = append(texts, strconv.Itoa(line))
	}
	return strings.Join(texts, ", ")
}

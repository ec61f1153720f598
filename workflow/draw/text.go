package draw

import "strings"

// Widths of characters in thousandths of the font size. They are those of the widest sans-serif fonts in use, so that a
// text that fits by them fits in the others too.
const (
	thin     = 340
	narrow   = 430
	ordinary = 640
	capital  = 780
	wide     = 990
	bold     = 1.13 // by how much bold letters are wider
)

func widthOf(r rune) int {
	switch {
	case strings.ContainsRune("iljIłí.,:;'!|  ", r):
		return thin
	case strings.ContainsRune("tfrŁ()[]/-", r):
		return narrow
	case strings.ContainsRune("mwMWOQÓ@%—…", r):
		return wide
	case r >= 'A' && r <= 'Z', strings.ContainsRune("ĄĆĘŃŚŹŻÜÖÄ", r):
		return capital
	case r < 0x250:
		return ordinary
	default:
		return wide
	}
}

// textWidth returns the width of a line in the unit of the font size.
func textWidth(text string, size float64) float64 {
	sum := 0
	for _, r := range text {
		sum += widthOf(r)
	}
	return float64(sum) * size / 1000
}

const maxLines = 3

// wrap breaks a text into at most three lines of the width; what does not fit ends in an ellipsis. Line feeds and other
// control characters count as spaces.
func wrap(text string, size, width float64) []string {
	words := strings.FieldsFunc(text, func(r rune) bool { return r <= ' ' || r == 0x7f })
	var lines []string
	line := ""
	for _, word := range words {
		joined := strings.TrimPrefix(line+" "+word, " ")
		if line != "" && textWidth(joined, size) > width {
			lines = append(lines, line)
			joined = word
		}
		line = joined
	}
	lines = append(lines, line)
	if len(lines) > maxLines {
		lines = lines[:maxLines]
		lines[maxLines-1] += "…"
	}
	for i := range lines {
		lines[i] = cut(lines[i], size, width)
	}
	return lines
}

// cut shortens one line to the width.
func cut(line string, size, width float64) string {
	if textWidth(line, size) <= width {
		return line
	}
	runes := []rune(strings.TrimSuffix(line, "…"))
	for len(runes) > 0 && textWidth(string(runes)+"…", size) > width {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimRight(string(runes), " ") + "…"
}

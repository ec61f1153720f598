package packet

import (
	"fmt"
	"path"
	"strconv"
	"strings"

	"hejnal/store"
)

// mostName is how many letters of a title stand in the name of a file.
const mostName = 60

// Name is the name of the nth of several documents in a packet: NN-kind-title.ext, of small letters, digits and hyphens that
// every system can keep. The number makes it unlike every other.
func Name(n, of int, kind, title, fileName string) string {
	width := max(2, len(strconv.Itoa(of)))
	parts := []string{fmt.Sprintf("%0*d", width, n)}
	for _, part := range []string{kind, title} {
		if plain := Plain(part); plain != "" && plain != parts[len(parts)-1] {
			parts = append(parts, plain)
		}
	}
	return strings.Join(parts, "-") + extension(fileName)
}

// Plain keeps of a text the letters without their marks and the digits, and puts one hyphen for everything between them.
func Plain(text string) string {
	var plain strings.Builder
	gap := false
	for _, letter := range store.Fold(text) {
		if (letter < 'a' || letter > 'z') && (letter < '0' || letter > '9') {
			gap = plain.Len() > 0
			continue
		}
		if plain.Len() >= mostName {
			break
		}
		if gap {
			plain.WriteByte('-')
			gap = false
		}
		plain.WriteRune(letter)
	}
	return plain.String()
}

// extension is the ending of a file's name with its dot; empty where it is none that tells a type.
func extension(fileName string) string {
	ending := strings.ToLower(strings.TrimPrefix(path.Ext(fileName), "."))
	if ending == "" || len(ending) > 5 || Plain(ending) != ending {
		return ""
	}
	return "." + ending
}

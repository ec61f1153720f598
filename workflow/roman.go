package workflow

import (
	"regexp"
	"strconv"
	"strings"
)

var romanDigits = []struct {
	value int
	text  string
}{
	{1000, "M"},
	{900, "CM"},
	{500, "D"},
	{400, "CD"},
	{100, "C"},
	{90, "XC"},
	{50, "L"},
	{40, "XL"},
	{10, "X"},
	{9, "IX"},
	{5, "V"},
	{4, "IV"},
	{1, "I"},
}

// Roman writes a number from 1 to 3999 in Roman numerals; any other gives "".
func Roman(number int) string {
	if number < 1 || number > 3999 {
		return ""
	}
	var text strings.Builder
	for _, digit := range romanDigits {
		for number >= digit.value {
			text.WriteString(digit.text)
			number -= digit.value
		}
	}
	return text.String()
}

// Arabic reads a Roman numeral in its one proper form; anything else gives 0.
func Arabic(roman string) int {
	number, rest := 0, roman
	for _, digit := range romanDigits {
		for strings.HasPrefix(rest, digit.text) {
			number += digit.value
			rest = rest[len(digit.text):]
		}
	}
	if rest != "" || Roman(number) != roman {
		return 0
	}
	return number
}

// ResolutionNumber is the number of a Council resolution: session, running number, year of two digits.
type ResolutionNumber struct {
	Session, Running, Year int
}

var resolutionForm = regexp.MustCompile(`^([IVXLCDM]{1,15}|[0-9]{1,4})/([0-9]{1,5})/([0-9]{2}|[0-9]{4})$`)

// ParseResolutionNumber reads CXXI/1934/14; the session may be Arabic, the year may have four digits, spaces around the
// parts are ignored. It reports false for anything else.
func ParseResolutionNumber(text string) (ResolutionNumber, bool) {
	parts := resolutionForm.FindStringSubmatch(strings.ToUpper(strings.ReplaceAll(text, " ", "")))
	if parts == nil {
		return ResolutionNumber{}, false
	}
	session := Arabic(parts[1])
	if session == 0 {
		session, _ = strconv.Atoi(parts[1])
	}
	running, _ := strconv.Atoi(parts[2])
	year, _ := strconv.Atoi(parts[3])
	if session < 1 || session > 3999 || running < 1 {
		return ResolutionNumber{}, false
	}
	return ResolutionNumber{Session: session, Running: running, Year: year % 100}, true
}

// String writes the number with a Roman session and a year of two digits.
func (n ResolutionNumber) String() string {
	return Roman(n.Session) + "/" + strconv.Itoa(n.Running) + "/" + twoDigits(n.Year)
}

func twoDigits(n int) string {
	text := strconv.Itoa(((n % 100) + 100) % 100)
	if len(text) == 1 {
		return "0" + text
	}
	return text
}

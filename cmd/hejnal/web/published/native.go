package published

import "hejnal/workflow"

// languages are the languages in which places of a country call themselves, where the country has one alone.
var languages = map[string]string{
	"AT": "de", "BR": "pt", "BG": "bg", "CL": "es", "CN": "zh", "CZ": "cs", "DE": "de", "DK": "da", "EC": "es", "ES": "es", "FR": "fr", "GB": "en",
	"GE": "ka", "GR": "el", "HR": "hr", "HU": "hu", "IL": "he", "IS": "is", "IT": "it", "JP": "ja", "KR": "ko", "LT": "lt", "LV": "lv", "MX": "es",
	"NL": "nl", "NO": "no", "PE": "es", "PL": "pl", "PT": "pt", "RO": "ro", "RS": "sr", "RU": "ru", "SE": "sv", "SI": "sl", "SK": "sk", "TR": "tr",
	"UA": "uk", "US": "en",
}

// LanguageOf is the language in which places of a country call themselves; empty where it has several.
func LanguageOf(country string) string { return languages[country] }

var languageNames = map[string]workflow.Text{
	"cs": {PL: "czeski", EN: "Czech"}, "de": {PL: "niemiecki", EN: "German"}, "en": {PL: "angielski", EN: "English"}, "es": {PL: "hiszpański", EN: "Spanish"},
	"fr": {PL: "francuski", EN: "French"}, "hu": {PL: "węgierski", EN: "Hungarian"}, "it": {PL: "włoski", EN: "Italian"}, "ja": {PL: "japoński", EN: "Japanese"},
	"ka": {PL: "gruziński", EN: "Georgian"}, "lt": {PL: "litewski", EN: "Lithuanian"}, "pl": {PL: "polski", EN: "Polish"}, "pt": {PL: "portugalski", EN: "Portuguese"},
	"sk": {PL: "słowacki", EN: "Slovak"}, "sv": {PL: "szwedzki", EN: "Swedish"}, "uk": {PL: "ukraiński", EN: "Ukrainian"}, "zh": {PL: "chiński", EN: "Chinese"},
}

// LanguageName is the name of a language by its ISO 639-1 code, or the code.
func LanguageName(code string) workflow.Text {
	if name, ok := languageNames[code]; ok {
		return name
	}
	return workflow.Text{PL: code, EN: code}
}

package workflow

// Text is a text for people, in Polish and in English. A definition must give both; the zero value is an absent text.
type Text struct {
	PL string `json:"pl" yaml:"pl"`
	EN string `json:"en" yaml:"en"`
}

// IsZero reports whether neither language is given.
func (t Text) IsZero() bool { return t.PL == "" && t.EN == "" }

// Complete reports whether both languages are given.
func (t Text) Complete() bool { return t.PL != "" && t.EN != "" }

// In returns the text in the language lang ("pl" or "en"); any other language gives Polish.
func (t Text) In(lang string) string {
	if lang == "en" {
		return t.EN
	}
	return t.PL
}

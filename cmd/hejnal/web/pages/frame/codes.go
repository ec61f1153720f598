package frame

import (
	"slices"

	"hejnal/workflow"
)

// TitleOf is the title of a code of a list; the code itself where the list has none of it.
func TitleOf(codes []workflow.Code, id string) workflow.Text {
	i := slices.IndexFunc(codes, func(code workflow.Code) bool { return code.ID == id })
	if i < 0 {
		return workflow.Text{PL: id, EN: id}
	}
	return codes[i].Title
}

// OptionsOf are the codes of a list as the options of a field.
func OptionsOf(codes []workflow.Code) []Option {
	var options []Option
	for _, code := range codes {
		options = append(options, Option{Value: code.ID, Title: code.Title})
	}
	return options
}

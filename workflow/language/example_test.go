package language_test

import (
	"fmt"
	"testing/fstest"

	"hejnal/workflow/language"
)

// loaded returns what is said about a form, or nothing.
func loaded(text string) string {
	_, err := language.Load(fstest.MapFS{"forms/x.yaml": {Data: []byte(text)}})
	if err != nil {
		return err.Error()
	}
	return ""
}

func ExampleLoad() {
	_, err := language.Load(fstest.MapFS{
		"forms/visit.yaml": {Data: []byte("form: visit\nversion: 1\nphases: [council]\nordr: 1\n")},
	})
	fmt.Println(err)
	// Output:
	// forms/visit.yaml:4:1: unknown key "ordr"; did you mean "order"?
	//     2 | version: 1
	//     3 | phases: [council]
	//     4 | ordr: 1
	//       | ^
}

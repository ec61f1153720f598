package frame

import (
	"html/template"

	"hejnal/workflow"
)

// Functions are what templates of a language can call.
func Functions(language string, forms ...*workflow.Definition) template.FuncMap {
	return functions(spokenIn(language, forms))
}

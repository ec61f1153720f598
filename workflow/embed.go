package workflow

import (
	"embed"
	"io/fs"
)

//go:embed definitions
var embedded embed.FS

// Definitions is the definitions that are part of the program, laid out as package language reads them.
var Definitions = func() fs.FS {
	rooted, err := fs.Sub(embedded, "definitions")
	if err != nil {
		panic("workflow: the embedded definitions have no root: " + err.Error())
	}
	return rooted
}()

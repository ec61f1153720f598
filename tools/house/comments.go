package house

import "go/ast"

// HasPackageComment tells whether the file carries its package's comment.
func (f File) HasPackageComment() bool {
	return f.syntax.Doc != nil
}

// Undocumented lists the exported names that have no comment: functions,
// methods of exported types, types, constants and variables. The comment of a
// group of constants or variables speaks for all of them.
func (f File) Undocumented() []string {
	var names []string
	for _, declaration := range f.syntax.Decls {
		switch d := declaration.(type) {
		case *ast.FuncDecl:
			receiver := receiverType(d)
			hidden := receiver != "" && !ast.IsExported(receiver)
			if d.Doc == nil && d.Name.IsExported() && !hidden {
				names = append(names, functionName(d))
			}
		case *ast.GenDecl:
			names = append(names, undocumentedSpecs(d)...)
		}
	}
	return names
}

func undocumentedSpecs(group *ast.GenDecl) []string {
	var names []string
	for _, spec := range group.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			alone := !group.Lparen.IsValid() && group.Doc != nil
			if s.Name.IsExported() && s.Doc == nil && !alone {
				names = append(names, s.Name.Name)
			}
		case *ast.ValueSpec:
			if s.Doc != nil || s.Comment != nil || group.Doc != nil {
				continue
			}
			for _, name := range s.Names {
				if name.IsExported() {
					names = append(names, name.Name)
				}
			}
		}
	}
	return names
}

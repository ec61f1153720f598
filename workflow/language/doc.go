// Package language reads definitions: the YAML of forms of cooperation, of the phases and tracks they are composed
// from, of the city and of the invariants. [Load] answers a [Set] of self-contained [workflow.Source] values, or every
// [Problem] it found, each with file, line and an excerpt.
//
// What it refuses is what cannot be read or put together: bad YAML, unknown keys, values of the wrong type, parts that
// do not exist. Whether a form makes sense is for the compiler and the verifier to say; [Set.Locate] shows where.
package language

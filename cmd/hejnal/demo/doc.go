// Package demo walks sample proposals through an installation, as their officials would: by what the case itself says is
// possible, with its first examples, attaching the documents that it asks for.
package demo

// Package workflow is the core of Hejnał: what a procedure is, and what may happen next in it.
//
// A [Source] is the written definition of one form of cooperation, composed from phases and tracks. [Compile] turns it
// into a [Definition]: immutable, content-addressed, with every rule type-checked. [Decide] takes a definition, a
// proposal, facts, a command and a moment, and answers a [Change] or a [Refusal] that explains itself. [Explain] lists
// every transition that the present state offers, with all that blocks it; Decide refuses for the reasons Explain gives.
//
// The package is pure: it reads no clock, no file and no network, starts no goroutine, and gives the same answer to the
// same question. Identifiers and the moment are handed in.
package workflow

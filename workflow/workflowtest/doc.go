// Package workflowtest builds cases for tests and demonstrations: an [Office] with a clock that moves only when told to,
// sequential ids and the definitions of the program, and a [Walker] that moves a case knowing nothing but what
// workflow.Explain answers. It reads no clock and needs no package testing.
package workflowtest

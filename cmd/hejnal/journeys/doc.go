// Package journeys holds tests alone: the program as it is started, with its pages looked at and
// used in a real browser. The matrix looks at every page in both languages and at several
// widths; the journeys do the work of the people of the City from the first contact to the end.
package journeys

// Package engine is the one way to change anything: it loads a case with the facts it may know of, lets the core decide,
// and commits what was decided together with the events that tell the world. A change that lost a race is decided again
// on the new state, three times at most, unless the caller named the version that it had seen.
package engine

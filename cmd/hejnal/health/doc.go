// Package health says how the parts that a server needs fare. Each check looks at one thing and says, where something is
// wrong, what that is and what an operator can do; a board asks them for everybody who wants to know, one look at a time.
package health

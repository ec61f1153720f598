// Package legacy reads register entries that were concluded before the program: agreements, titles, memberships and
// contacts, with their sources and how sure they are. What the sources do not tell stays unknown.
package legacy

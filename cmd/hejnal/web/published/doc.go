// Package published is what anybody may know of a case, for pages, API and feeds alike: its public acts, the documents that may be
// read with them, and what follows from both. Nothing else of a case is in it: no comment, no name of an official, no act that
// its definition does not mark public.
package published

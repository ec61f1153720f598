// Package frame is what every page is made of: the layout in two languages, forms and their errors, who is signed in, and
// which page answers which address. The packages beside it hold the pages themselves, one for each kind of work; none of
// them decides anything that the engine decides.
package frame

// Package store says what the engine and the faces ask of a store, and with which values. Two backends keep the
// contract, store/sqlite and store/postgres; store/storetest holds both against it.
//
// There is one way to write: [Store.Commit] takes a [Change] and commits it all or nothing. A change is checked by
// version (of cases, partners, people, task assignments and fact scopes) and made idempotent by its key. Its journal
// entries get consecutive gapless positions in the order of commits; what was refused leaves no trace and no gap.
// Reads see everything that was committed before they began.
package store

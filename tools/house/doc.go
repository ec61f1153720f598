// Package house reads the repository's own source and measures it, so that the
// rules about its size, its imports and its layout are tests and not wishes.
// The limits, and the reasoned exceptions to them, stand in the tests.
package house

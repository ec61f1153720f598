// Package notice tells people what concerns them. It goes through the journal in order and makes notices of its entries: who is
// told is decided by rules alone, and the notices are kept together with the position that was reached, so that each entry is
// told of once, whatever fails.
package notice

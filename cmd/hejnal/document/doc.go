// Package document looks into files that are attached to cases: what they are by their bytes, and whether their text shows
// the City's party name. It trusts nothing that a file says of itself and bounds everything that it reads.
package document

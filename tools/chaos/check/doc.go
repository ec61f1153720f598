// Package check judges a run by what it left behind: the store, the streams, what subscribers received, and the history
// of what clients did. It shares no code with the program: what it knows of the tables it reads from the migrations, what
// it knows of events and answers from the published contract, and what it knows of a form from the form's definition as
// the program prints it.
//
// The history must hold every write to a case that was made in the run, and no person may use a key twice for different
// things; then whatever stands in the store and was asked for by nobody is found.
package check

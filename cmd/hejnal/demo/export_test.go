package demo

// Readers of the plan, for tests that give them other texts.
var (
	ReadWalks  = readWalks
	ReadPeople = readPeople
)

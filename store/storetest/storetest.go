// Package storetest is what every backend of the store must pass: one conformance suite, run by each with databases of
// its own.
package storetest

import (
	"context"
	"slices"
	"testing"

	"hejnal/store"
)

// Database is one database of a test, empty in the beginning.
type Database struct {
	// Open opens the database once more, as another process would. The test's end closes what is still open.
	Open func(tb testing.TB) store.Store
	// Observed is Open with an observer.
	Observed func(tb testing.TB, observer store.Observer) store.Store
	// TryOpen opens the database where that may fail; the caller closes what it answers.
	TryOpen func(tb testing.TB) (store.Store, error)
	// Exec runs a statement past the store.
	Exec func(ctx context.Context, statement string) error
	// Leaf reads the leaf hash of an entry past the store.
	Leaf func(ctx context.Context, eventID string) ([]byte, error)
	// Migrate brings the empty database to an earlier version of the schema and fills the tables of that version: entry
	// e1 at position 1, case c1 (umowa, Kraków), scope s in version 4, task t1, partner Kyoto, person u1 (anna), the
	// answer 201 under (u1, POST, /p, k), serial 8 of 2026, definition d1 ({}), and the lease relay held by another.
	Migrate func(tb testing.TB, version int64)
	// Location is what a child process opens; see [Child].
	Location string
}

// Factory makes an empty database.
type Factory func(tb testing.TB) Database

// Run holds a backend against the contract. The short run leaves out the subjects that take processes of their own, or many
// rows.
func Run(t *testing.T, factory Factory) {
	t.Helper()
	for _, subject := range subjects {
		t.Run(subject.name, func(t *testing.T) {
			if testing.Short() && slices.Contains(long, subject.name) {
				t.Skip("it takes processes of its own, or many rows")
			}
			t.Parallel()
			subject.run(t, factory(t))
		})
	}
	t.Run("every earlier schema is brought up to date", func(t *testing.T) {
		if testing.Short() {
			t.Skip("it migrates from every version there was")
		}
		t.Parallel()
		migrated(t, factory)
	})
	t.Run("cases of an earlier schema come to the register", func(t *testing.T) {
		t.Parallel()
		backfilled(t, factory)
	})
}

// Lists checks the subjects of lists and searches alone, for a store that finds cases in other ways than by default.
func Lists(t *testing.T, factory Factory) {
	t.Helper()
	for _, subject := range subjects {
		if slices.Contains(lists, subject.name) {
			t.Run(subject.name, func(t *testing.T) {
				t.Parallel()
				subject.run(t, factory(t))
			})
		}
	}
}

// lists are the subjects of lists and searches.
var lists = []string{
	"titles and names sort by Polish rules", "words are found without their diacritics", "a search follows the title", "words begin wherever anything else than letters and digits parts them", "words are found wherever their cases lie in the order",
	"pages are complete under inserts", "cursors that are not understood are refused", "cases are filtered and sorted", "a case is somebody's while it has an open task of theirs", "the register is filtered, sorted and paged",
	"the register follows its cases", "figures count what filters find", "the register is counted",
}

// long are the subjects that the short run leaves out.
var long = []string{
	"readers skip nothing under writers", "readers skip nothing under writers of two processes", "processes may open an empty database at once",
	"pages are complete under inserts", "a lease that many want has one holder", "a killed process loses nothing and leaves nothing half",
}

// subjects are what the contract says, each shown with a database of its own.
var subjects = []struct {
	name string
	run  func(*testing.T, Database)
}{
	{"a change is read back as it was written", readBack},
	{"texts are kept byte for byte", byteExact},
	{"a case that cannot be read is no concern of who reads another", damaged},
	{"a move leaves what a whole change leaves", moveLikeWhole},
	{"of moves that rest on one another one is refused", movesTogether},
	{"what one process does to a case the other reads next", seenByOthers},
	{"nobody reads another's case or partner", nobodyElses},
	{"a case of the same version that is another is read as it is", restoredMeanwhile},
	{"who reads a case that moves reads it whole and fresh", readersOfWhatMoves},
	{"positions follow commits without gaps", positions},
	{"of two writers one wins", oneWinner},
	{"a refused change fails alone in its group", failsAlone},
	{"a key is used once", keyOnce},
	{"a key that another process used is refused at once", keyTwice},
	{"the key of a refused change is free", keyOfRefused},
	{"a key sent twice at once is used once", keyAtOnce},
	{"a stale scope refuses", scopes},
	{"no decision over a scope races", scopeRace},
	{"a closed store answers so", closed},
	{"closing loses no commit", closing},
	{"readers skip nothing under writers", readersOfOne},
	{"readers skip nothing under writers of two processes", readersOfTwo},
	{"processes may open an empty database at once", openAtOnce},
	{"the journal is append-only", appendOnly},
	{"a case's transition has its number alone", oneSeq},
	{"personal values can be erased", erasable},
	{"titles and names sort by Polish rules", collation},
	{"titles may be long", longTitles},
	{"words are found without their diacritics", search},
	{"a search follows the title", searchFollows},
	{"words begin wherever anything else than letters and digits parts them", searchParts},
	{"words are found wherever their cases lie in the order", clustered},
	{"pages are complete under inserts", pagesUnderInserts},
	{"pages are bounded", pageBounds},
	{"comments are read from either end", commentOrders},
	{"cursors that are not understood are refused", badCursors},
	{"cases are filtered and sorted", filters},
	{"a case is somebody's while it has an open task of theirs", waiting},
	{"a task lives until it is closed", taskLife},
	{"tasks are filtered, ordered and paged", taskList},
	{"days are told on which tasks of a rule are due", sessionDays},
	{"the register is filtered, sorted and paged", registerList},
	{"the register follows its cases", registerFollows},
	{"figures count what filters find", figures},
	{"the register is counted", registerCounts},
	{"due tasks and the due date of a case", dueTasks},
	{"what must be unique is refused", exists},
	{"partners and people are replaced by version", replaced},
	{"people are listed by role", people},
	{"tokens and sessions expire and are swept", logins},
	{"answers are kept thirty days", answersKept},
	{"drafts are their owner's until they are old", drafts},
	{"substitutions hold on their days until they are ended", substitutions},
	{"substitutions are listed, the last first", substitutionList},
	{"notices are made once and read by whom they are for", notices},
	{"looks tell who had an act open lately", looks},
	{"serials are drawn once", serials},
	{"definitions are kept by digest", definitions},
	{"epochs of a stream follow one another", epochs},
	{"a schema that needs a newer program is refused untouched", newerSchema},
	{"a lease has one holder", leases},
	{"a lease that many want has one holder", leaseRace},
	{"commits are signalled", signalled},
	{"groups of changes are observed", observed},
	{"what is durable is told of in order", durable},
	{"connections are counted", pools},
	{"what waits is counted up to a limit", counts},
	{"a change that nobody waits for is not committed", cancelled},
	{"a killed process loses nothing and leaves nothing half", crash},
}

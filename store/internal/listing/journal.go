package listing

// MaxJournal bounds one read of the journal.
const MaxJournal = 10_000

// JournalLimit is the number of entries that one read of the journal returns at most; 0 means DefaultLimit.
func JournalLimit(limit int) int64 {
	if limit <= 0 {
		return DefaultLimit
	}
	return int64(min(limit, MaxJournal))
}

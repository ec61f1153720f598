package calendar

// How a limit that ends on a day off moves.
const (
	RollsNext   = "next"   // to the next working day
	RollsBefore = "before" // to the working day before
)

// Limit is a length of time set by law or by an agreement. Days and Months add up; the zero Limit ends on the day on
// which it starts. Any Rolls other than [RollsNext] and [RollsBefore] is a plain date.
type Limit struct {
	Days   int
	Months int
	Rolls  string
}

// Due returns the last day of the limit. Start is the day of the event and is not counted: the day after it is day 1. A
// limit in months ends on the same day of the month, or on the month's last day. The empty date has no due date.
func (l Limit) Due(start Date) Date {
	due := start.PlusMonths(l.Months).PlusDays(l.Days)
	switch l.Rolls {
	case RollsNext:
		return NextWorkingDay(due)
	case RollsBefore:
		return WorkingDayBefore(due)
	default:
		return due
	}
}

package run

import "time"

// Felt is what was felt of one fault.
type Felt struct {
	Fault    string
	Commands time.Duration // the longest time in which no command was accepted
	Sent     time.Duration // the longest time in which the program sent no new event
	Got      time.Duration // the longest time in which the operators' subscriber got nothing new
	Whole    time.Duration // from the undoing until everything said that it was well
}

// measure looks at what happened since the fault began, and a little before, up to now.
func (r *run) measure(name string, began time.Time) Felt {
	var accepted []time.Time
	for _, ack := range r.load.Acks(began.Add(-time.Second)) {
		accepted = append(accepted, ack.At)
	}
	before, now := began.Add(-time.Second), time.Now()
	return Felt{
		Fault: name, Commands: longestGap(accepted, began, now), Sent: longestGap(r.listener.Sent(before), began, now),
		Got: longestGap(r.subscribers[0].News(before), began, now),
	}
}

// longestGap is the longest time between two moments that follow one another, the last before the beginning among them,
// and the end.
func longestGap(moments []time.Time, began, ended time.Time) time.Duration {
	last, longest := began, time.Duration(0)
	for _, moment := range moments {
		if moment.Before(began) {
			last = moment
			continue
		}
		longest = max(longest, moment.Sub(last))
		last = moment
	}
	return max(longest, ended.Sub(last))
}

// brief is a duration that is read at a glance.
func brief(d time.Duration) time.Duration { return d.Round(10 * time.Millisecond) }

package calendar

import (
	_ "embed" // the zone's rules
	"sync"
	"time"
)

// warsawRules is the compiled entry Europe/Warsaw of the IANA time zone database. Days of the law must not depend on
// what a machine has installed.
//
//go:embed warsaw.tzif
var warsawRules []byte

var warsaw = sync.OnceValue(func() *time.Location {
	zone, err := time.LoadLocationFromTZData("Europe/Warsaw", warsawRules)
	if err != nil {
		panic("calendar: the embedded rules of Europe/Warsaw do not load: " + err.Error())
	}
	return zone
})

// Zone returns Europe/Warsaw, from rules that are part of the program. It is never nil.
func Zone() *time.Location { return warsaw() }

// StartOf returns the moment at which the date begins in the zone. The empty date gives the zero time.
func (d Date) StartOf(zone *time.Location) time.Time {
	if d == "" {
		return time.Time{}
	}
	day := d.time()
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, zone)
}

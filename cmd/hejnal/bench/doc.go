// Package bench measures what the program does against the limit that stands beside it: the same rows and bytes written
// the way one would write them by hand, or the same work over a thousandth of the data. Both sides run in turns in one
// run on one machine, so that what counts is the ratio and not the hour of the day.
//
// Everything happens in a temporary directory and in databases that are made for it and dropped again. An installation
// that exists is never touched.
package bench

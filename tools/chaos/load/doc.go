// Package load is what people and systems do to an installation during a fault run: many clients that work on the same few
// proposals through all instances, and subscribers that follow the streams. Everything that they ask and hear is written
// down, for a checker to judge. The load knows no rules: it goes by the actions that the program offers, and now and then
// against them.
package load

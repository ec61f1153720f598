// Package embedded breaks an installation of one machine: one process with its own store, streams and files. It is
// killed, its disk runs full, its stream files are damaged and lost, and afterwards what it left behind is judged.
package embedded

// Package metrics measures a server for Prometheus. What happens often is counted as it happens, by observers that engine
// and store are given; how things stand is looked up when it is asked for, or once a minute where that takes work.
//
// Every label has few values: forms, transitions and roles of the definitions, names of streams, pools and checks. Nothing
// that a caller makes up becomes a label, and no personal data does. docs/operations.md lists every name.
package metrics

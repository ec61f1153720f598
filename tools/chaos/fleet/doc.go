// Package fleet runs what an installation of several machines consists of, as real processes on loopback: instances of
// the program, a PostgreSQL primary with a streaming standby, and three NATS servers that stand together. Between an
// instance and what it talks to stands a proxy for each address, so that its connections can be cut.
//
// Everything lives in one directory. Processes are ended by their own id, and all of them when the fleet is closed.
package fleet

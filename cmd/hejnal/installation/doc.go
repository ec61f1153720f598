// Package installation puts the parts of one installation together: the store, the files, the definitions, the engine,
// NATS and the relays. It decides nothing.
package installation

// Package archive writes and reads the one file that a backup is: a gzip-compressed tar whose first entry, manifest.json,
// names every part with its size and SHA-256, and whose other entries are the parts in that order.
//
// A reader trusts nothing: a part is only what the manifest names, a file with a local name, of the size and with the
// digest named; whatever is missing, doubled or left over makes the archive damaged.
package archive

package main

// keptExtension ends the names of files of kept events.
const keptExtension = ".jsonl"

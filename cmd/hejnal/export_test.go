package main

// Main is the program, for tests that run it.
func Main() { main() }

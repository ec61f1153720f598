package frame

// Functions are what templates of a language can call.
var Functions = functions

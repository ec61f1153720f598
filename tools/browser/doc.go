// Package browser lets tests look at pages as people do: in Debian's Chromium, by what is
// written on them. A [Visitor] is one person with a browser of their own; it opens pages,
// fills in fields by their labels and follows links by their texts, as the browser's own
// accessibility tree names them, with or without scripts.
//
// One Chromium serves all visitors of a test binary, and each has its own cookies. It reaches
// 127.0.0.1 alone. [Main] ends it when the tests have ended. Without a browser a test is
// skipped, or fails where one is required, see [Lookup].
package browser

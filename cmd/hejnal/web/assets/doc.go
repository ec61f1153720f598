// Package assets serves the styles and scripts of the pages. They are embedded, compressed
// once, and addressed by their content: an address that [URL] gave may be kept for ever,
// because a file that changes gets another. The folder vendored holds what others wrote, as
// tools/vendor-assets wrote it; manifest.json there says what it is and where it comes from.
package assets

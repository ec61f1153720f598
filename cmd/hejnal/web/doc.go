// Package web is the HTTP face: the API of /api/v1, its OpenAPI document, the page at the root, health and metrics.
//
// Each operation stands once, in a table that both the router and the OpenAPI document are made from. A handler is a plain
// function that answers or returns an error; one adapter renders the error as a problem document in the caller's language,
// writes one log record and counts the request. Whatever a handler refuses was refused by the core: nothing is decided here.
//
// Requests are judged in one order: unreadable or too large, not signed in, not there, a known idempotency key, a stale
// If-Match, the wrong role, not offered, wrong inputs, rules.
package web

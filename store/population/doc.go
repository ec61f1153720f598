// Package population fills a store with very many proposals, quickly, for measurements and tests. It copies samples: what
// the engine committed for a few proposals, each copy with its own ids, days, partner, title and number. Rows are written
// past the store's contract, in bulk, in the shape in which the store itself would have left them.
package population

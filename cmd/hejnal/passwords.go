package main

import (
	"context"

	"hejnal/cmd/hejnal/installation"
	"hejnal/cmd/hejnal/web/fault"
)

// Bounds of passwords at the same time: each that is computed takes a core and 19 MiB meanwhile, and whoever waits should not
// wait for more than a moment.
const (
	passwordsAtOnce  = 4
	passwordsWaiting = 20
)

// passwords keeps passwords as the installation does, a few at a time.
type passwords struct {
	computed chan struct{} // holds one for each that is computed
	begun    chan struct{} // holds one for each that is computed or waits
}

func newPasswords() passwords {
	return passwords{computed: make(chan struct{}, passwordsAtOnce), begun: make(chan struct{}, passwordsAtOnce+passwordsWaiting)}
}

// Hash gives the hash under which a password is kept.
func (p passwords) Hash(ctx context.Context, password string) (hash string, err error) {
	err = p.inTurn(ctx, func() { hash = installation.HashPassword(password) })
	return hash, err
}

// Verify reports whether the password has the hash.
func (p passwords) Verify(ctx context.Context, hash, password string) (right bool, err error) {
	err = p.inTurn(ctx, func() { right = installation.VerifyPassword(hash, password) })
	return right, err
}

// inTurn computes when others are done. It refuses where too many wait already, and where the caller waits no longer.
func (p passwords) inTurn(ctx context.Context, compute func()) error {
	select {
	case p.begun <- struct{}{}:
		defer func() { <-p.begun }()
	default:
		return fault.ErrCrowded
	}
	select {
	case p.computed <- struct{}{}:
		defer func() { <-p.computed }()
	case <-ctx.Done():
		return fault.ErrCrowded
	}
	compute()
	return nil
}

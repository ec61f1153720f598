package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"hejnal/store"
	"hejnal/store/internal/row"
	"hejnal/store/sqlite/internal/sqlitedb"
)

func (g *group) writePartners(ctx context.Context, change store.Change, rows encoded) error {
	for i, write := range change.Partners {
		if err := g.writePartner(ctx, write.Expect, rows.partners[i]); err != nil {
			return err
		}
	}
	return nil
}

func (g *group) writePartner(ctx context.Context, expect int64, p row.Partner) error {
	var took int64
	var err error
	if expect == 0 {
		took, err = g.InsertPartner(ctx, sqlitedb.InsertPartnerParams{
			ID: p.ID, Version: p.Version, Fold: p.Fold, Country: p.Country, Kind: p.Kind, NameKey: row.Present(p.NameKey), Search: p.Search, Body: p.Body,
		})
	} else {
		took, err = g.UpdatePartner(ctx, sqlitedb.UpdatePartnerParams{
			Version: p.Version, Fold: p.Fold, Country: p.Country, Kind: p.Kind, NameKey: row.Present(p.NameKey), Search: p.Search, Body: p.Body,
			ID: p.ID, Expect: expect,
		})
	}
	if err != nil || took == 1 {
		return err
	}
	return inTheWay("partner", p.ID, expect,
		func() (int64, error) { return g.PartnerVersion(ctx, p.ID) },
		func() (string, error) {
			return g.PartnerInTheWay(ctx, sqlitedb.PartnerInTheWayParams{Fold: p.Fold, Country: p.Country, Kind: p.Kind})
		})
}

func (g *group) writePeople(ctx context.Context, change store.Change, _ encoded) error {
	for _, write := range change.People {
		if err := g.writePerson(ctx, write.Expect, write.Person); err != nil {
			return err
		}
	}
	return nil
}

func (g *group) writePerson(ctx context.Context, expect int64, p store.Person) error {
	var took int64
	var err error
	if expect == 0 {
		took, err = g.InsertPerson(ctx, sqlitedb.InsertPersonParams{
			ID: p.ID, Name: p.Name, FullName: p.FullName, Roles: row.List(p.Roles), PasswordHash: p.PasswordHash,
			MustChange: flag(p.MustChange), Disabled: flag(p.Disabled), Version: p.Version, CreatedAt: row.Micro(p.CreatedAt),
		})
	} else {
		took, err = g.UpdatePerson(ctx, sqlitedb.UpdatePersonParams{
			Name: p.Name, FullName: p.FullName, Roles: row.List(p.Roles), PasswordHash: p.PasswordHash,
			MustChange: flag(p.MustChange), Disabled: flag(p.Disabled), Version: p.Version, CreatedAt: row.Micro(p.CreatedAt),
			ID: p.ID, Expect: expect,
		})
	}
	if err != nil || took == 1 {
		return err
	}
	return inTheWay("person", p.ID, expect,
		func() (int64, error) { return g.PersonVersion(ctx, p.ID) },
		func() (string, error) {
			person, err := g.PersonByName(ctx, p.Name)
			return person.ID, err
		})
}

// inTheWay says why a row was not written: another version of it, or another row with its unique value.
func inTheWay(what, id string, expect int64, version func() (int64, error), other func() (string, error)) error {
	now, err := version()
	switch {
	case errors.Is(err, sql.ErrNoRows) && expect != 0:
		return &store.StaleError{What: what, ID: id}
	case err != nil && !errors.Is(err, sql.ErrNoRows):
		return err
	case err == nil && expect == 0:
		return &store.ExistsError{What: what, ID: id}
	case err == nil && now != expect:
		return &store.StaleError{What: what, ID: id}
	}
	holder, err := other()
	if err != nil {
		return err
	}
	return &store.ExistsError{What: what, ID: holder}
}

// writeLogins writes API tokens and the logins of subscribers.
func (g *group) writeLogins(ctx context.Context, change store.Change, _ encoded) error {
	for _, token := range change.Tokens {
		if err := g.InsertToken(ctx, sqlitedb.InsertTokenParams{
			ID: token.ID, PersonID: token.PersonID, Hash: token.Hash, CreatedAt: row.Micro(token.CreatedAt), ExpiresAt: row.Expiry(token.ExpiresAt),
		}); err != nil {
			return err
		}
	}
	for _, write := range change.Subscribers {
		if err := g.writeSubscriber(ctx, write); err != nil {
			return err
		}
	}
	return nil
}

func (g *group) writeSubscriber(ctx context.Context, write store.SubscriberWrite) error {
	login := sqlitedb.InsertSubscriberParams{
		Name: write.Subscriber.Name, PasswordHash: write.Subscriber.PasswordHash, Allow: row.List(write.Subscriber.Allow),
		Disabled: flag(write.Subscriber.Disabled), CreatedAt: row.Micro(write.Subscriber.CreatedAt),
	}
	if write.Replace {
		return g.ReplaceSubscriber(ctx, sqlitedb.ReplaceSubscriberParams(login))
	}
	took, err := g.InsertSubscriber(ctx, login)
	return tookOr(took, err, &store.ExistsError{What: "subscriber", ID: login.Name})
}

package storetest

import (
	"errors"
	"testing"

	"hejnal/store"
	"hejnal/workflow"
)

// exists writes what must be unique twice.
func exists(t *testing.T, database Database) {
	s := database.Open(t)
	p := opened(t, s, "case")
	kyoto, anna := partner("Kyoto", "JP"), person("anna")
	document := store.DocumentWrite{ProposalID: p.ID, Document: workflow.Document{ID: newID(), Kind: "letter"}}
	bus := store.SubscriberWrite{Subscriber: store.Subscriber{Name: "bus", PasswordHash: "1", CreatedAt: noon}}
	first := store.Change{
		Partners: []store.PartnerWrite{{Partner: kyoto}}, People: []store.PersonWrite{{Person: anna}},
		Documents: []store.DocumentWrite{document}, Subscribers: []store.SubscriberWrite{bus},
	}
	commit(t, s, first)
	again, sameLogin := partner("Kyoto", "JP"), person("anna")
	for _, test := range []struct {
		change store.Change
		want   store.ExistsError
	}{
		{store.Change{Cases: []store.CaseWrite{{Proposal: p}}}, store.ExistsError{What: "case", ID: p.ID}},
		{store.Change{Partners: []store.PartnerWrite{{Partner: again}}}, store.ExistsError{What: "partner", ID: kyoto.ID}},
		{store.Change{Partners: first.Partners}, store.ExistsError{What: "partner", ID: kyoto.ID}},
		{store.Change{People: []store.PersonWrite{{Person: sameLogin}}}, store.ExistsError{What: "person", ID: anna.ID}},
		{store.Change{Documents: first.Documents}, store.ExistsError{What: "document", ID: document.Document.ID}},
		{store.Change{Subscribers: first.Subscribers}, store.ExistsError{What: "subscriber", ID: "bus"}},
	} {
		test.change.At, test.change.Entries = noon, []store.Entry{admin(1)}
		_, err := s.Commit(t.Context(), test.change)
		var taken *store.ExistsError
		if !errors.As(err, &taken) || *taken != test.want || !errors.Is(err, store.ErrExists) {
			t.Errorf("got %v, want %v", err, &test.want)
		}
	}
	elsewhere, region := partner("Kyoto", "US"), partner("Kyoto", "JP")
	region.Kind = "region"
	commit(t, s, store.Change{Partners: []store.PartnerWrite{{Partner: elsewhere}, {Partner: region}}})
	bus.Replace, bus.Subscriber.PasswordHash = true, "2"
	commit(t, s, store.Change{Subscribers: []store.SubscriberWrite{bus}})
	same(t, "subscriber", bus.Subscriber, must[store.Subscriber](t)(s.Subscriber(t.Context(), "bus")))
	same(t, "head", 1, must[int64](t)(s.Head(t.Context())))
}

// replaced writes partners and people in later versions.
func replaced(t *testing.T, database Database) {
	s := database.Open(t)
	kyoto, osaka, anna, jan := partner("Kyoto", "JP"), partner("Osaka", "JP"), person("anna", workflow.Admin), person("jan")
	commit(t, s, store.Change{
		Partners: []store.PartnerWrite{{Partner: kyoto}, {Partner: osaka}}, People: []store.PersonWrite{{Person: anna}, {Person: jan}},
	})
	kyoto.Version, kyoto.Name, kyoto.Fold, kyoto.ContinentReason = 2, "Kyōto", "kyoto", "why"
	anna.Version, anna.Disabled, anna.Roles, anna.MustChange = 2, true, nil, true
	move := store.Change{At: noon, Partners: []store.PartnerWrite{{Expect: 1, Partner: kyoto}}, People: []store.PersonWrite{{Expect: 1, Person: anna}}}
	commit(t, s, move)
	same(t, "partner", kyoto, must[store.Partner](t)(s.Partner(t.Context(), kyoto.ID)))
	same(t, "person", anna, must[store.Person](t)(s.Person(t.Context(), anna.ID)))
	takesName, takesLogin := osaka, jan
	takesName.Version, takesName.Fold = 2, "kyoto"
	takesLogin.Version, takesLogin.Name = 2, "anna"
	for _, test := range []struct {
		change store.Change
		want   error
		text   string
	}{
		{store.Change{Partners: move.Partners}, store.ErrStale, "partner " + kyoto.ID},
		{store.Change{People: move.People}, store.ErrStale, "person " + anna.ID},
		{store.Change{Partners: []store.PartnerWrite{{Expect: 1, Partner: partner("Nara", "JP")}}}, store.ErrStale, "partner"},
		{store.Change{People: []store.PersonWrite{{Expect: 1, Person: person("ola")}}}, store.ErrStale, "person"},
		{store.Change{Cases: []store.CaseWrite{{Expect: 1, Proposal: proposal("none")}}}, store.ErrStale, "case"},
		{store.Change{Partners: []store.PartnerWrite{{Expect: 1, Partner: takesName}}}, store.ErrExists, "partner " + kyoto.ID},
		{store.Change{People: []store.PersonWrite{{Expect: 1, Person: takesLogin}}}, store.ErrExists, "person " + anna.ID},
	} {
		test.change.At = noon
		if _, err := s.Commit(t.Context(), test.change); !errors.Is(err, test.want) {
			t.Errorf("got %v, want %v of %s", err, test.want, test.text)
		}
	}
}

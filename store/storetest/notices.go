package storetest

import (
	"errors"
	"testing"
	"time"

	"hejnal/store"
)

func notice(person string, pos int64) store.Notice {
	return store.Notice{PersonID: person, Pos: pos, EventID: newID(), ProposalID: "c1", Kind: store.NoticeTransition, At: noon.Add(time.Duration(pos) * time.Second)}
}

// notices are kept once each, with the position up to which they were made.
func notices(t *testing.T, database Database) {
	s := database.Open(t)
	ctx := t.Context()
	put := func(from, to int64, notices ...store.Notice) error { return s.PutNotices(ctx, from, to, notices) }
	at := func(want int64) {
		t.Helper()
		same(t, "position", want, must[int64](t)(s.NoticePosition(ctx)))
	}
	at(store.NoNotices)
	if err := put(3, 4, notice("anna", 4)); !errors.Is(err, store.ErrStale) {
		t.Errorf("moved before it began: %v", err)
	}
	if err := put(store.NoNotices, 3); err != nil {
		t.Fatal(err)
	}
	at(3)
	if err := put(store.NoNotices, 9); !errors.Is(err, store.ErrStale) {
		t.Errorf("begun twice: %v", err)
	}
	four, five, piotrs := notice("anna", 4), notice("anna", 5), notice("piotr", 5)
	if err := put(3, 5, four, five, piotrs); err != nil {
		t.Fatal(err)
	}
	if err := put(3, 6, notice("anna", 6)); !errors.Is(err, store.ErrStale) {
		t.Errorf("gone through twice: %v", err)
	}
	if err := put(5, 8); err != nil {
		t.Fatal(err)
	}
	at(8)
	same(t, "unread", 2, int64(must[int](t)(s.CountUnread(ctx, "anna", 99))))
	same(t, "unread up to one", 1, int64(must[int](t)(s.CountUnread(ctx, "anna", 1))))
	first := must[store.Page[store.Notice]](t)(s.ListNotices(ctx, "anna", store.PageRequest{Limit: 1}))
	same(t, "first page", []store.Notice{five}, first.Items)
	for _, upTo := range []int64{4, 1} {
		if err := s.MarkRead(ctx, "anna", upTo); err != nil {
			t.Fatal(err)
		}
	}
	four.Read = true
	second := must[store.Page[store.Notice]](t)(s.ListNotices(ctx, "anna", store.PageRequest{Limit: 1, Cursor: first.Next}))
	same(t, "second page", store.Page[store.Notice]{Items: []store.Notice{four}}, second)
	same(t, "unread", 1, int64(must[int](t)(s.CountUnread(ctx, "anna", 99))))
	same(t, "another's", 1, int64(must[int](t)(s.CountUnread(ctx, "piotr", 99))))
	if _, err := s.ListNotices(ctx, "anna", store.PageRequest{Cursor: "x"}); !errors.Is(err, store.ErrCursor) {
		t.Errorf("a cursor that is none: %v", err)
	}
	if err := s.Sweep(ctx, five.At.Add(store.NoticesKept)); err != nil {
		t.Fatal(err)
	}
	same(t, "swept", []store.Notice{five}, must[store.Page[store.Notice]](t)(s.ListNotices(ctx, "anna", store.PageRequest{})).Items)
}

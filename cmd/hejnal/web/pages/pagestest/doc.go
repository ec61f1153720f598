// Package pagestest lets tests use the pages as people do: a House is the whole face over a real store, with two people of
// every role and a clock that moves only when told to; a Browser is one reader with cookies; a Page is an answer whose
// structure can be asked for and checked; a Form is one of its forms as a browser would send it.
//
//	house := pagestest.New(t)
//	id := house.Bring("sector_agreement", "on_agenda")
//	page := house.SignIn("secretariat").Get("/sprawy/" + id).Want(200)
//	page.Check()
//
// Everything fails the test that it was made for.
package pagestest

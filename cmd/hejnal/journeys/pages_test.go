package journeys_test

import (
	"net/http"

	"hejnal/tools/browser"
)

// look is one state in which a page is looked at.
type look struct {
	name string
	by   string // login; empty: a visitor from the street
	at   func(w *world) string
	// do is done on the page before it is looked at; nil: nothing.
	do     func(v *browser.Visitor)
	status int  // 0: 200
	full   bool // only when every state is asked for
}

func here(path string) func(*world) string { return func(*world) string { return path } }

func ofCase(id func(w *world) string, rest string) func(*world) string {
	return func(w *world) string { return "/sprawy/" + id(w) + rest }
}

func ofDraft(rest string) func(*world) string {
	return func(w *world) string { return w.draft + rest }
}

func ofSession(rest string) func(*world) string {
	return func(w *world) string { return "/sesje/" + w.session + rest }
}

// ofPartner is a page of the partner with whom an agreement is in force.
func ofPartner(rest string) func(*world) string {
	return func(w *world) string { return "/partnerzy/" + w.Case(w.inForce).Partner.ID + rest }
}

// Cases of the world.
func contacts(w *world) string   { return w.contacts }
func assessment(w *world) string { return w.assessment }
func ready(w *world) string      { return w.ready }
func submitted(w *world) string  { return w.submitted }
func agenda(w *world) string     { return w.agenda }
func adopted(w *world) string    { return w.adopted }
func inForce(w *world) string    { return w.inForce }
func rejected(w *world) string   { return w.rejected }
func member(w *world) string     { return w.member }

const refused = http.StatusUnprocessableEntity

// matrix says of every page in which states it is looked at.
var matrix = map[string][]look{
	"/": {{name: "visitor", at: here("/")}, {name: "official", by: "official", at: here("/")}},
	"/logowanie": {
		{name: "empty", at: here("/logowanie")},
		{name: "refused", at: here("/logowanie"), do: press, status: refused},
	},
	"/konto": {{name: "official", by: "official", at: here("/konto")}},
	"/haslo": {
		{name: "empty", by: "official", at: here("/haslo")},
		{name: "refused", by: "official", at: here("/haslo"), do: press, status: refused},
	},
	"/formy/{form}": {
		{name: "sector", at: here("/formy/sector_agreement")},
		{name: "membership", at: here("/formy/association_membership"), full: true},
		{name: "twin", at: here("/formy/twin_city_agreement"), full: true},
	},
	"/sprawy/nowa": {
		{name: "empty", by: "official", at: here("/sprawy/nowa")},
		{name: "refused", by: "official", at: here("/sprawy/nowa"), do: press, status: refused},
		{name: "lawyer", by: "lawyer", at: here("/sprawy/nowa"), status: http.StatusForbidden},
	},
	"/sprawy/nowa/{draft}": {{name: "begun", by: "official", at: ofDraft("")}},
	"/sprawy/nowa/{draft}/partner": {
		{name: "empty", by: "official", at: ofDraft("/partner")},
		{name: "refused", by: "official", at: ofDraft("/partner"), do: press, status: refused},
	},
	"/sprawy/nowa/{draft}/tresc": {
		{name: "empty", by: "official", at: ofDraft("/tresc")},
		{name: "refused", by: "official", at: ofDraft("/tresc"), do: press, status: refused},
	},
	"/sprawy/nowa/{draft}/usun": {{name: "asked", by: "official", at: ofDraft("/usun")}},
	"/sprawy/{id}": {
		{name: "contacts", by: "official", at: ofCase(contacts, "")},
		{name: "assessment", by: "lawyer", at: ofCase(assessment, ""), full: true},
		{name: "ready", by: "president", at: ofCase(ready, ""), full: true},
		{name: "submitted", by: "secretariat", at: ofCase(submitted, ""), full: true},
		{name: "agenda", by: "secretariat", at: ofCase(agenda, "")},
		{name: "adopted", by: "official", at: ofCase(adopted, "")},
		{name: "in-force", by: "auditor", at: ofCase(inForce, "")},
		{name: "rejected", by: "official", at: ofCase(rejected, ""), full: true},
		{name: "member", by: "president", at: ofCase(member, ""), full: true},
		{name: "none", by: "official", at: here("/sprawy/0197a1b2-0000-7000-8000-000000000000"), status: http.StatusNotFound},
	},
	"/sprawy/{id}/historia": {
		{name: "contacts", by: "official", at: ofCase(contacts, "/historia"), full: true},
		{name: "in-force", by: "auditor", at: ofCase(inForce, "/historia")},
	},
	"/sprawy/{id}/dokumenty": {
		{name: "contacts", by: "official", at: ofCase(contacts, "/dokumenty"), full: true},
		{name: "in-force", by: "official", at: ofCase(inForce, "/dokumenty")},
		{name: "refused", by: "official", at: ofCase(contacts, "/dokumenty"), do: press, status: refused},
	},
	"/sprawy/{id}/rozmowa": {
		{name: "empty", by: "official", at: ofCase(contacts, "/rozmowa")},
		{name: "refused", by: "official", at: ofCase(contacts, "/rozmowa"), do: press, status: refused},
	},
	"/sprawy/{id}/dane": {
		{name: "assessment", by: "official", at: ofCase(assessment, "/dane")},
	},
	"/sprawy/{id}/czynnosci/{transition}": {
		{name: "contact", by: "official", at: ofCase(contacts, "/czynnosci/record_contact")},
		{name: "refused", by: "official", at: ofCase(contacts, "/czynnosci/record_contact"), do: press, status: refused},
		{name: "propose", by: "official", at: ofCase(contacts, "/czynnosci/propose"), full: true},
		{name: "opinion", by: "lawyer", at: ofCase(assessment, "/czynnosci/give_legal_opinion"), full: true},
		{name: "blocked", by: "official", at: ofCase(assessment, "/czynnosci/complete_draft")},
		{name: "submit", by: "president", at: ofCase(ready, "/czynnosci/submit_to_council"), full: true},
		{name: "print", by: "secretariat", at: ofCase(submitted, "/czynnosci/register_print"), full: true},
		{name: "return", by: "secretariat", at: ofCase(submitted, "/czynnosci/return_for_correction")},
		{name: "vote", by: "secretariat", at: ofCase(agenda, "/czynnosci/record_vote")},
		{name: "number", by: "secretariat", at: ofCase(adopted, "/czynnosci/number_resolution"), full: true},
		{name: "correct", by: "official", at: ofCase(inForce, "/czynnosci/correct_entry"), full: true},
		{name: "renew", by: "president", at: ofCase(inForce, "/czynnosci/renew"), full: true},
	},
	"/sprawy/{id}/czynnosci/{transition}/wykonano": {
		{name: "proposed", by: "official", at: func(w *world) string { return w.done }},
	},
	"/sprawy": {
		{name: "official", by: "official", at: here("/sprawy")},
		{name: "narrowed", by: "lawyer", at: here("/sprawy?q=nic-takiego&etap=council&sort=title")},
	},
	"/szukaj": {
		{name: "visitor", at: here("/szukaj")},
		{name: "found", by: "official", at: here("/szukaj?q=bordeaux")},
		{name: "nothing", by: "auditor", at: here("/szukaj?q=nic-takiego"), full: true},
	},
	"/partnerzy": {
		{name: "official", by: "official", at: here("/partnerzy")},
		{name: "nothing", by: "auditor", at: here("/partnerzy?kraj=JP&q=nic-takiego"), full: true},
	},
	"/partnerzy/nowy": {
		{name: "empty", by: "official", at: here("/partnerzy/nowy")},
		{name: "refused", by: "official", at: here("/partnerzy/nowy"), do: press, status: refused},
	},
	"/partnerzy/{id}":       {{name: "official", by: "official", at: ofPartner("")}},
	"/partnerzy/{id}/zmien": {{name: "official", by: "official", at: ofPartner("/zmien")}},
	"/powiadomienia":        {{name: "official", by: "official", at: here("/powiadomienia")}},
	"/zastepstwa":           {{name: "official", by: "official", at: here("/zastepstwa")}},
	"/zastepstwa/nowe": {
		{name: "admin", by: "admin", at: here("/zastepstwa/nowe")},
		{name: "refused", by: "lawyer", at: here("/zastepstwa/nowe"), do: press, status: refused},
	},
	"/pomoc":                  {{name: "visitor", at: here("/pomoc")}},
	"/zadania":                {{name: "official", by: "official", at: here("/zadania")}, {name: "president", by: "president", at: here("/zadania")}, {name: "auditor", by: "auditor", at: here("/zadania"), full: true}},
	"/zadania/grupa":          {{name: "official", by: "official", at: here("/zadania/grupa")}, {name: "auditor", by: "auditor", at: here("/zadania/grupa"), full: true}},
	"/zadania/{id}/przydziel": {{name: "official", by: "official", at: func(w *world) string { return "/zadania/" + w.task(w.submitted).ID + "/przydziel" }}},
	"/sekretariat":            {{name: "secretariat", by: "secretariat", at: here("/sekretariat")}, {name: "auditor", by: "auditor", at: here("/sekretariat"), full: true}},
	"/sekretariat/ogloszenia": {{name: "secretariat", by: "secretariat", at: here("/sekretariat/ogloszenia")}},
	"/sesje/{date}":           {{name: "secretariat", by: "secretariat", at: ofSession("")}},
	"/zmiany":                 {{name: "visitor", at: here("/zmiany")}},
	"/dane":                   {{name: "visitor", at: here("/dane")}},
	"/deklaracja-dostepnosci": {{name: "visitor", at: here("/deklaracja-dostepnosci")}},
	"/rejestr":                {{name: "all", at: here("/rejestr")}, {name: "nothing", at: here("/rejestr?q=nigdzie"), full: true}},
	"/kraje":                  {{name: "visitor", at: here("/kraje")}},
	"/kraje/linia-czasu":      {{name: "visitor", at: here("/kraje/linia-czasu")}},
	"/kraje/{country}":        {{name: "france", at: here("/kraje/FR")}},
	"/miasta/{id}":            {{name: "visitor", at: func(w *world) string { return "/miasta/" + w.partner }}},
	"/pulpit":                 {{name: "auditor", by: "auditor", at: here("/pulpit")}, {name: "president", by: "president", at: here("/pulpit"), full: true}},
	"/pulpit/linia-czasu":     {{name: "auditor", by: "auditor", at: here("/pulpit/linia-czasu")}},
	"/pulpit/po-terminie":     {{name: "auditor", by: "auditor", at: here("/pulpit/po-terminie")}},
	"/pulpit/wygasajace":      {{name: "auditor", by: "auditor", at: here("/pulpit/wygasajace")}},
	"/sesje":                  {{name: "secretariat", by: "secretariat", at: here("/sesje")}},
	"/rejestr/{id}": {
		{name: "in-force", at: func(w *world) string { return "/rejestr/" + w.inForce }},
		{name: "agenda", at: func(w *world) string { return "/rejestr/" + w.agenda }},
		{name: "member", at: func(w *world) string { return "/rejestr/" + w.member }, full: true},
		{name: "unknown", at: func(w *world) string { return "/rejestr/" + w.contacts }, status: http.StatusNotFound},
	},
	"/sesje/{date}/glosowania": {{name: "secretariat", by: "secretariat", at: ofSession("/glosowania")}},
}

// press presses the button of the page's form that does the act.
func press(v *browser.Visitor) { v.Send() }

package events_test

import (
	"encoding/json"
	"fmt"
	"time"

	"hejnal/events"
)

func ExampleEnvelope() {
	stored, err := events.Envelope{
		ID: "e-1", Source: "urn:hejnal:krakow", Type: events.TypeAdmin,
		Time: time.Date(2026, 11, 22, 8, 30, 0, 0, time.UTC), Data: json.RawMessage(`{"event":"user_added"}`),
	}.Stored()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(string(events.Published(stored, 7)))
	// Output:
	// {"sequence":"00000000000000000007","specversion":"1.0","id":"e-1","source":"urn:hejnal:krakow","type":"pl.krakow.cooperation.admin.v1","time":"2026-11-22T08:30:00.000000Z","datacontenttype":"application/json","data":{"event":"user_added"}}
}

func ExampleSubjects() {
	var subjects events.Subjects
	subject, err := subjects.Task("secretariat", "opened", "twin_city_agreement", "p-1")
	fmt.Println(subject, err)
	// Output:
	// krakow.cooperation.task.secretariat.opened.twin_city_agreement.p-1 <nil>
}

func ExampleWithin() {
	allowed := []string{"krakow.cooperation.task.secretariat.>"}
	fmt.Println(events.Within(allowed, "krakow.cooperation.task.secretariat.opened.*.*"))
	fmt.Println(events.Within(allowed, "krakow.cooperation.task.>"))
	// Output:
	// true
	// false
}

package row

import (
	"encoding/json"
	"fmt"

	"hejnal/store"
	"hejnal/workflow"
)

// List is a list of strings as a JSON array; an empty one is "[]".
func List[T ~string](items []T) string {
	if len(items) == 0 {
		return "[]"
	}
	text, err := json.Marshal(items)
	if err != nil {
		panic("strings always encode: " + err.Error())
	}
	return string(text)
}

// ToList is the list that was stored; an empty one is nil.
func ToList[T ~string](text string) ([]T, error) {
	var items []T
	if err := json.Unmarshal([]byte(text), &items); err != nil {
		return nil, fmt.Errorf("decode list: %w", err)
	}
	if len(items) == 0 {
		items = nil
	}
	return items, nil
}

// ToPerson fills in what a row of the table people holds in another form.
func ToPerson(person store.Person, roles string, createdAt int64) (store.Person, error) {
	person.CreatedAt = Moment(createdAt)
	var err error
	if person.Roles, err = ToList[workflow.Role](roles); err != nil {
		return person, fmt.Errorf("read person %s: %w", person.ID, err)
	}
	return person, nil
}

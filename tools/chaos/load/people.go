package load

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
)

// Person is somebody who may sign in.
type Person struct{ Name, Role, Token string }

// Runner runs a command of the program on the installation.
type Runner func(ctx context.Context, args ...string) (string, error)

// staff is how many people have each role: several, because some acts ask for four eyes.
var staff = []struct {
	role string
	many int
}{{"official", 4}, {"president", 3}, {"lawyer", 2}, {"secretariat", 2}, {"auditor", 1}}

// Hire enters the people and makes their tokens.
func Hire(ctx context.Context, run Runner) ([]Person, error) {
	var people []Person
	for _, of := range staff {
		for n := range of.many {
			person := Person{Name: fmt.Sprintf("%s.%d", of.role, n+1), Role: of.role}
			if _, err := run(ctx, "user", "add", person.Name, "--role", person.Role); err != nil {
				return nil, err
			}
			var err error
			if person.Token, err = run(ctx, "token", "create", "--user", person.Name); err != nil {
				return nil, err
			}
			people = append(people, person)
		}
	}
	return people, nil
}

// in picks somebody who has one of the roles, or, with not, somebody who has none of them.
func in(random *rand.Rand, people []Person, roles []string, not bool) (Person, bool) {
	var fit []Person
	for _, person := range people {
		if slices.Contains(roles, person.Role) != not {
			fit = append(fit, person)
		}
	}
	if len(fit) == 0 {
		return Person{}, false
	}
	return fit[random.IntN(len(fit))], true
}

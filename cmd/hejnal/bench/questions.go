package bench

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// question is something that people ask all day. Asked again, it may be about another proposal.
type question struct {
	name string
	ask  func(n int) (method, path, body string)
}

const (
	proposalsPath = "/api/v1/proposals"
	tasksPath     = "/api/v1/tasks"
)

func get(name, path string, parameters ...string) question {
	values := url.Values{}
	for i := 0; i+1 < len(parameters); i += 2 {
		values.Set(parameters[i], parameters[i+1])
	}
	whole := path
	if len(values) > 0 {
		whole += "?" + values.Encode()
	}
	return question{name, func(int) (string, string, string) { return http.MethodGet, whole, "" }}
}

// shown is what the questions need to know of a proposal.
type shown struct {
	ID        string `json:"id"`
	CreatedAt string `json:"created_at"`
	Title     string `json:"title"`
	Partner   struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	} `json:"partner"`
}

type shownList struct {
	Items []shown `json:"items"`
	Next  string  `json:"next_cursor"`
}

func (c *city) list(ctx context.Context, parameters ...string) (shownList, error) {
	var list shownList
	_, path, _ := get("", proposalsPath, parameters...).ask(0)
	err := c.look(ctx, path, &list)
	return list, err
}

// questionsTo are the questions to the API.
func questionsTo(ctx context.Context, c *city) ([]question, error) {
	filters, err := c.filters(ctx)
	if err != nil {
		return nil, err
	}
	questions := []question{
		get("inbox: mine", tasksPath, "mine", "true", "state", "open"),
		get("inbox: of a role", tasksPath, "role", "lawyer", "state", "open"),
		get("inbox: of a role and form", tasksPath, "role", "secretariat", "form", "sector_agreement", "state", "open"),
		get("inbox: all that is open", tasksPath, "state", "open"),
		get("inbox: due soon", tasksPath, "state", "open", "due_before", "2030-01-01"),
		get("inbox: completed by a role", tasksPath, "role", "lawyer", "state", "completed"),
		get("inbox: every state", tasksPath),
	}
	for _, sort := range []string{"-updated_at", "updated_at", "-created_at", "created_at", "-number", "number", "-title", "title", "-due_on", "due_on"} {
		for _, filter := range filters {
			parameters := append(slices.Clone(filter.parameters), "sort", sort)
			questions = append(questions, get("list "+sort+": "+filter.name, proposalsPath, parameters...))
		}
	}
	pages, err := c.pages(ctx)
	if err != nil {
		return nil, err
	}
	acts, err := c.acts(ctx)
	return slices.Concat(questions, pages, acts), err
}

type listFilter struct {
	name       string
	parameters []string
}

// filters are what lists are narrowed by.
func (c *city) filters(ctx context.Context) ([]listFilter, error) {
	partner, name, err := c.ordinaryPartner(ctx)
	if err != nil {
		return nil, err
	}
	beginning, err := c.ordinaryBeginning(ctx)
	if err != nil {
		return nil, err
	}
	return []listFilter{
		{"all", nil},
		{"of a form", []string{"form", "sector_agreement"}},
		{"in an open state", []string{"state", "contacts"}},
		{"in an end", []string{"state", "lapsed"}},
		{"in an open stage", []string{"stage", "council"}},
		{"in force", []string{"stage", "life"}},
		{"of a common country", []string{"country", "DE"}},
		{"of a rare country", []string{"country", "MT"}},
		{"with a partner", []string{"partner", partner}},
		{"overdue", []string{"overdue", "true"}},
		{"mine", []string{"mine", "true"}},
		{"of a country, mine", []string{"country", "DE", "mine", "true"}},
		{"of a form in a stage", []string{"form", "sector_agreement", "stage", "preparation"}},
		{"of a country, overdue", []string{"country", "DE", "overdue", "true"}},
		{"of a form, search: a common word", []string{"form", "twin_city_agreement", "q", "wspolpraca"}},
		{"search: a common word", []string{"q", "współpraca"}},
		{"search: a rare word", []string{"q", name}},
		{"search: two words", []string{"q", "umowa " + name}},
		{"search: without diacritics", []string{"q", "zol"}},
		{"search: the beginning of some names", []string{"q", beginning}},
		{"search: the beginning of a share of all names", []string{"q", "zolw"}},
		{"search: a year", []string{"q", strconv.Itoa(time.Now().Year() - 10)}},
		{"search: a number", []string{"q", "17/2019"}},
		{"search: one letter", []string{"q", "a"}},
		{"search: two letters", []string{"q", "ow"}},
		{"search: one rare letter", []string{"q", "ß"}},
		{"search: two letters in nothing", []string{"q", "qx"}},
		{"search: a word in nothing", []string{"q", "qqzzxx"}},
		{"search: a common word and two letters in nothing", []string{"q", "wspolpraca qx"}},
	}, nil
}

// page is how many proposals a page has.
const page = 50

// ordinary is about how many proposals an ordinary partner has, in a small city as in a large one.
const ordinary = 10

// ordinaryPartner is a partner who has some proposals, neither few nor many.
func (c *city) ordinaryPartner(ctx context.Context) (id, name string, err error) {
	newest, err := c.list(ctx, "limit", "200")
	if err != nil {
		return "", "", err
	}
	nearest := math.MaxInt
	for _, item := range newest.Items[:min(len(newest.Items), 80)] {
		of, err := c.list(ctx, "partner", item.Partner.ID, "limit", "200")
		if err != nil {
			return "", "", err
		}
		if off := max(len(of.Items)-ordinary, ordinary-len(of.Items)); off < nearest {
			nearest, id, name = off, item.Partner.ID, item.Partner.Name
		}
	}
	if id == "" {
		return "", "", fmt.Errorf("the city has no proposals, and no partner in any")
	}
	return id, name, nil
}

// ordinaryBeginning is the beginning of partners' names that more proposals answer than a page has but no more than some
// pages, or as many as there are where none is answered by more.
func (c *city) ordinaryBeginning(ctx context.Context) (beginning string, err error) {
	newest, err := c.list(ctx, "limit", "200")
	if err != nil {
		return "", err
	}
	most := 0
	for _, item := range newest.Items {
		name := []rune(strings.Fields(item.Partner.Name)[0])
		for length := 3; length < len(name) && most <= page; length++ {
			of, err := c.list(ctx, "q", string(name[:length]), "limit", "200")
			if err != nil {
				return "", err
			}
			if of.Next == "" && len(of.Items) > most {
				most, beginning = len(of.Items), string(name[:length])
			}
		}
	}
	return beginning, nil
}

// pages are the second page, and one in the middle of everything: the cursor of a partner's page serves any list.
func (c *city) pages(ctx context.Context) ([]question, error) {
	first, err := c.list(ctx)
	if err != nil {
		return nil, err
	}
	questions := []question{get("list: the second page", proposalsPath, "cursor", first.Next)}
	for _, sort := range []string{"created_at", "-updated_at", "title", "-number"} {
		middle, err := c.list(ctx, "country", "HU", "sort", sort, "limit", "30")
		if err != nil {
			return nil, err
		}
		questions = append(questions,
			get("list "+sort+": a page behind the first", proposalsPath, "sort", sort, "cursor", middle.Next),
			get("list "+sort+": a page behind the first, of a form", proposalsPath, "sort", sort, "cursor", middle.Next, "form", "twin_city_agreement"))
	}
	return questions, nil
}

// acts are looking at a proposal, and moving it.
func (c *city) acts(ctx context.Context) ([]question, error) {
	var some []shown
	for _, sort := range []string{"-updated_at", "title", "created_at"} {
		list, err := c.list(ctx, "sort", sort, "limit", "40")
		if err != nil {
			return nil, err
		}
		some = append(some, list.Items...)
	}
	contacts, err := c.list(ctx, "form", "informal_cooperation", "state", "contacts", "limit", "50")
	if err != nil {
		return nil, err
	}
	if len(contacts.Items) == 0 || len(some) == 0 {
		return nil, fmt.Errorf("the city has no proposals to move")
	}
	look := func(name, behind string) question {
		return question{name, func(n int) (string, string, string) {
			return http.MethodGet, proposalsPath + "/" + some[n%len(some)].ID + behind, ""
		}}
	}
	return []question{
		look("proposal: the page", ""), look("proposal: history", "/transitions"), look("proposal: documents", "/documents"), look("proposal: comments", "/comments"),
		{"transition: record_contact", func(n int) (string, string, string) {
			return http.MethodPost, proposalsPath + "/" + contacts.Items[n%len(contacts.Items)].ID + "/transitions", contactBody
		}},
	}, nil
}

const contactBody = `{"transition": "record_contact", "inputs": {"note": "Spotkanie w sprawie możliwych dziedzin współpracy"}}`

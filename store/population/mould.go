package population

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"hejnal/workflow"
)

// slot is what a place in a text is filled with.
type slot int

const (
	slotID slot = iota
	slotPerson
	slotDay
	slotClock
	slotTitle
	slotPartnerID
	slotPartnerName
	slotNativeName
	slotCountry
	slotContinent
	slotNumber
	slotSerial
	slotDigest
	slotReference
)

// piece is some text and the slot that follows it; the last has none.
type piece struct {
	before string
	slot   slot
	index  int // of an id, a person or a digest; days since 1970 of a day
	none   bool
}

// mould is a text of a sample with its slots.
type mould []piece

// caster cuts the texts of one sample into moulds.
type caster struct {
	proposal   workflow.Proposal
	people     map[string][]string
	find       *regexp.Regexp
	ids        []string
	persons    []string
	digests    []string
	references []string
}

const (
	idPattern    = `[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`
	dayPattern   = `[12][0-9]{3}-[01][0-9]-[0-3][0-9]`
	clockPattern = `T10:00:00Z`
)

func newCaster(p workflow.Proposal, sample Sample, people map[string][]string) *caster {
	quoted := regexp.QuoteMeta
	patterns := []string{
		"(" + idPattern + ")", "(" + dayPattern + ")", "(" + clockPattern + ")", "(" + quoted(p.Title) + ")",
		oneOf(given(p.Partner.Name)), oneOf(given(p.Partner.NativeName)),
		`"country":"(` + quoted(p.Partner.Country) + `)"`, `country:(` + quoted(p.Partner.Country) + `)`,
		`"continent":"(` + quoted(p.Partner.Continent) + `)"`,
		`"number":"(` + quoted(p.Number) + `)"`, `"serial":(` + strconv.Itoa(p.Serial) + `)\b`,
	}
	c := &caster{proposal: p, people: people}
	for _, document := range p.Documents {
		c.digests = append(c.digests, document.SHA256)
	}
	c.references = referencesOf(sample)
	patterns = append(patterns, oneOf(c.digests), oneOf(c.references))
	c.find = regexp.MustCompile(strings.Join(patterns, "|"))
	return c
}

// given is a list of the text, unless it is empty.
func given(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

// oneOf is the pattern of any of the texts; of none it is one that nothing has.
func oneOf(texts []string) string {
	if len(texts) == 0 {
		return `([^\s\S])`
	}
	quoted := []string{}
	for _, text := range texts {
		quoted = append(quoted, regexp.QuoteMeta(text))
	}
	return "(" + strings.Join(quoted, "|") + ")"
}

// referencesOf lists what a sample holds that is one proposal's alone, such as the number of a resolution.
func referencesOf(sample Sample) []string {
	var found []string
	for _, change := range sample {
		for _, hold := range change.Holds {
			if kind, name, ok := strings.Cut(hold.Scope, ":"); ok && kind != "country" && kind != "partner" && kind != "organisation" {
				place(&found, name)
			}
		}
	}
	return found
}

// slots are the slots of the patterns, in their order.
var slots = []slot{
	slotID, slotDay, slotClock, slotTitle, slotPartnerName, slotNativeName, slotCountry, slotCountry, slotContinent, slotNumber, slotSerial, slotDigest,
	slotReference,
}

// cast makes the mould of a text.
func (c *caster) cast(text string) mould {
	var m mould
	at := 0
	for _, found := range c.find.FindAllStringSubmatchIndex(text, -1) {
		for group := 1; group < len(found)/2; group++ {
			from, to := found[2*group], found[2*group+1]
			if from < 0 || from == to {
				continue
			}
			slot, index := c.filling(slots[group-1], text[from:to])
			m = append(m, piece{before: text[at:from], slot: slot, index: index})
			at = to
		}
	}
	return append(m, piece{before: text[at:], none: true})
}

func (c *caster) filling(s slot, found string) (slot, int) {
	switch s {
	case slotID:
		switch {
		case found == c.proposal.Partner.ID:
			return slotPartnerID, 0
		case c.people[found] != nil:
			return slotPerson, place(&c.persons, found)
		}
		return slotID, place(&c.ids, found)
	case slotDay:
		day, err := time.Parse(time.DateOnly, found)
		if err != nil {
			panic(fmt.Sprintf("the pattern of days found %q", found))
		}
		return slotDay, int(day.Unix() / secondsOfDay)
	case slotDigest:
		return slotDigest, place(&c.digests, found)
	case slotReference:
		return slotReference, place(&c.references, found)
	default:
		return s, 0
	}
}

// place finds a text in a list, to which it is added when it is new.
func place(list *[]string, text string) int {
	if i := slices.Index(*list, text); i >= 0 {
		return i
	}
	*list = append(*list, text)
	return len(*list) - 1
}

const secondsOfDay = 24 * 60 * 60

// fill appends the text of a copy.
func (m mould) fill(text []byte, c *copied) []byte {
	for i := range m {
		text = append(text, m[i].before...)
		if !m[i].none {
			text = c.append(text, m[i].slot, m[i].index)
		}
	}
	return text
}

func (m mould) text(c *copied) string { return string(m.fill(make([]byte, 0, m.size()), c)) }

// size is about how long a text of the mould is.
func (m mould) size() int {
	size := 0
	for i := range m {
		size += len(m[i].before) + 40
	}
	return size
}

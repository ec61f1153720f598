package population

import (
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
	literals   [256][]literal // by their first byte
	ids        []string
	persons    []string
	digests    []string
	references []string
}

// literal is a text that a slot takes the place of, where it stands between two others.
type literal struct {
	before, text, after string
	slot                slot
	index               int
}

const (
	idLength  = 36
	dayLength = len(time.DateOnly)
)

func newCaster(p workflow.Proposal, sample Sample, people map[string][]string) *caster {
	c := &caster{proposal: p, people: people, references: referencesOf(sample)}
	c.stands("", p.Title, "", slotTitle, 0)
	c.stands("", p.Partner.Name, "", slotPartnerName, 0)
	c.stands("", p.Partner.NativeName, "", slotNativeName, 0)
	c.stands(`"country":"`, p.Partner.Country, `"`, slotCountry, 0)
	c.stands("country:", p.Partner.Country, "", slotCountry, 0)
	c.stands(`"continent":"`, p.Partner.Continent, `"`, slotContinent, 0)
	c.stands(`"number":"`, p.Number, `"`, slotNumber, 0)
	c.stands(`"serial":`, strconv.Itoa(p.Serial), ",", slotSerial, 0)
	c.stands("", "T10:00:00Z", "", slotClock, 0)
	for _, document := range p.Documents {
		c.stands("", document.SHA256, "", slotDigest, place(&c.digests, document.SHA256))
	}
	for i, reference := range c.references {
		c.stands("", reference, "", slotReference, i)
	}
	return c
}

// stands says that a slot takes the place of a text; an empty one has none.
func (c *caster) stands(before, text, after string, s slot, index int) {
	if text != "" {
		first := (before + text)[0]
		c.literals[first] = append(c.literals[first], literal{before, text, after, s, index})
	}
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

// cast makes the mould of a text.
func (c *caster) cast(text string) mould {
	var m mould
	from := 0
	for at := 0; at < len(text); {
		skip, length, slot, index := c.at(text[at:])
		if length == 0 {
			at++
			continue
		}
		m = append(m, piece{before: text[from : at+skip], slot: slot, index: index})
		at += skip + length
		from = at
	}
	return append(m, piece{before: text[from:], none: true})
}

// at finds what stands at the beginning of a text, behind so many bytes that stay; a length of 0 says that nothing does.
func (c *caster) at(text string) (skip, length int, s slot, index int) {
	if isID(text) {
		id := text[:idLength]
		switch {
		case id == c.proposal.Partner.ID:
			return 0, idLength, slotPartnerID, 0
		case c.people[id] != nil:
			return 0, idLength, slotPerson, place(&c.persons, id)
		}
		return 0, idLength, slotID, place(&c.ids, id)
	}
	for _, l := range c.literals[text[0]] {
		rest, ok := strings.CutPrefix(text, l.before)
		if ok && strings.HasPrefix(rest, l.text) && strings.HasPrefix(rest[len(l.text):], l.after) {
			return len(l.before), len(l.text), l.slot, l.index
		}
	}
	if day, ok := dayAt(text); ok {
		return 0, dayLength, slotDay, day
	}
	return 0, 0, 0, 0
}

// isID reports whether a text begins with a UUID.
func isID(text string) bool {
	if len(text) < idLength || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-' {
		return false
	}
	for i := range idLength {
		hex := text[i] >= '0' && text[i] <= '9' || text[i] >= 'a' && text[i] <= 'f'
		if !hex && (i != 8 && i != 13 && i != 18 && i != 23) {
			return false
		}
	}
	return true
}

// dayAt reads the day with which a text begins, in days since 1970. Days so far away that they stand for none stay.
func dayAt(text string) (int, bool) {
	if len(text) < dayLength || text[0] != '1' && text[0] != '2' || text[4] != '-' || text[7] != '-' {
		return 0, false
	}
	day, err := time.Parse(time.DateOnly, text[:dayLength])
	return int(day.Unix() / secondsOfDay), err == nil
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

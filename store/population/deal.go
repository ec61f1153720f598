package population

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"hejnal/store"
	"hejnal/store/internal/row"
	"hejnal/workflow"
)

// dealer deals out what the copies of a population are made of, from the oldest to the youngest.
type dealer struct {
	plan     Plan
	random   *rand.Rand
	moulds   []*proposalMould
	weights  []float64 // of the moulds up to this one, together
	partners []store.Partner
	groups   map[string][]int // places in partners
	serials  map[int]int      // by year
	done     int
}

func newDealer(plan Plan) (*dealer, error) {
	plan = plan.withDefaults()
	d := &dealer{plan: plan, random: rand.New(rand.NewPCG(plan.Seed, 1)), groups: map[string][]int{}, serials: map[int]int{}}
	for _, sample := range plan.Samples {
		m, err := castSample(sample, plan.People)
		if err != nil {
			return nil, err
		}
		d.moulds = append(d.moulds, m)
		d.weigh(m)
	}
	if len(d.moulds) == 0 {
		return nil, errNoSamples
	}
	d.makePartners()
	for _, m := range d.moulds {
		if p := m.proposal.Partner; len(d.groups[groupOf(p.Kind, p.Continent)]) == 0 {
			return nil, fmt.Errorf("fill store: no partner is %s, as in a sample", groupOf(p.Kind, p.Continent))
		}
	}
	return d, nil
}

// next deals the next copy; nil when all are dealt.
func (d *dealer) next() *copied {
	if d.done == d.plan.Count {
		return nil
	}
	age, waits := d.age()
	d.done++
	m := d.choose(age, waits)
	start := d.plan.Today.UTC().Truncate(24*time.Hour).AddDate(0, 0, -max(age, m.length()))
	c := &copied{mould: m, seconds: d.random.IntN(600)}
	c.days = int(start.Sub(m.first.Truncate(24*time.Hour)) / (24 * time.Hour))
	c.partner = d.partner(m)
	c.title = titleFor(d.random, c.partner.Name)
	d.serials[start.Year()]++
	c.serial = d.serials[start.Year()]
	c.number = fmt.Sprintf("%d/%d", c.serial, start.Year())
	for _, born := range m.born {
		c.ids = append(c.ids, newID(d.random, c.moment(born)))
	}
	for range m.digests {
		c.digests = append(c.digests, newDigest(d.random))
	}
	for _, person := range m.persons {
		among := d.plan.People[person]
		c.persons = append(c.persons, among[d.random.IntN(len(among))])
	}
	return c
}

// stuck is the share of old proposals that are still open, where nobody says how many are.
const stuck = 0.02

// idles is over how many days a proposal is likely to wait, and young over how many those are opened that are said to wait.
const (
	idles = 60
	young = 365
)

// age is how many days ago the next proposal was opened, and whether it waits still where nothing has happened for so many days.
func (d *dealer) age() (days int, waits func(idle int) bool) {
	span, from, count := float64(d.plan.Years)*365.25, 0, d.plan.Count
	stays := d.random.Float64() < stuck
	waits = func(idle int) bool { return stays || idle < idles }
	if d.plan.Waiting > 0 {
		settled := max(count-d.plan.Waiting, 0)
		open := d.done >= settled
		waits = func(int) bool { return open }
		if open {
			span, from, count = young, settled, count-settled
		} else {
			count = settled
		}
	}
	return int(span * (1 - (float64(d.done-from)+0.5)/float64(count))), waits
}

// choose finds a sample that may lie so many days back and waits, or does not, as it should. No task is past its day without
// having been marked.
func (d *dealer) choose(age int, waits func(idle int) bool) *proposalMould {
	var fits *proposalMould
	for range 200 {
		m := d.draw()
		idle := age - m.length()
		if idle < 0 || m.due != "" && m.slack() < idle {
			continue
		}
		if fits = m; m.open == waits(idle) {
			return m
		}
	}
	if fits == nil {
		fits = d.shortest()
	}
	return fits
}

// weigh gives a sample its weight: the more has happened in a proposal, the fewer there are like it, unless all are alike.
func (d *dealer) weigh(m *proposalMould) {
	weight := 1.0
	if d.plan.Waiting == 0 {
		weight /= float64(max(len(m.entries), 1) * max(len(m.entries), 1))
	}
	if n := len(d.weights); n > 0 {
		weight += d.weights[n-1]
	}
	d.weights = append(d.weights, weight)
}

// draw draws a sample by the weights.
func (d *dealer) draw() *proposalMould {
	at := d.random.Float64() * d.weights[len(d.weights)-1]
	place, _ := slices.BinarySearch(d.weights, at)
	return d.moulds[min(place, len(d.moulds)-1)]
}

func (d *dealer) shortest() *proposalMould {
	least := d.moulds[0]
	for _, m := range d.moulds {
		if m.length() < least.length() {
			least = m
		}
	}
	return least
}

// length is over how many days the sample stretches.
func (m *proposalMould) length() int { return int(m.last.Sub(m.first) / (24 * time.Hour)) }

// slack is how many days after the sample's end its first task becomes overdue.
func (m *proposalMould) slack() int {
	due, err := time.Parse(time.DateOnly, string(m.due))
	if err != nil {
		return 0
	}
	return int(due.Sub(m.last.Truncate(24*time.Hour)) / (24 * time.Hour))
}

// partner deals a partner of the kind that the sample's is; some have more proposals than others.
func (d *dealer) partner(m *proposalMould) workflow.Partner {
	group := d.groups[groupOf(m.proposal.Partner.Kind, m.proposal.Partner.Continent)]
	share := d.random.Float64()
	return d.partners[group[int(share*share*float64(len(group)))]].Partner
}

// heading is what of a copy's row depends on its title, number and partner.
func (c *copied) heading() (numberKey string, titleKey []byte, search string) {
	p := workflow.Proposal{
		Number: c.number, Serial: c.serial, Title: c.title, Partner: c.partner,
		CreatedAt: time.UnixMicro(c.moment(c.mould.proposal.CreatedAt)).UTC(),
	}
	return row.NumberKey(p), store.CollationKey(p.Title), row.Search(p)
}

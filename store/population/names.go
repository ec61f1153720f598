package population

import (
	"fmt"
	"math/rand/v2"
	"time"

	"hejnal/store"
	"hejnal/workflow"
)

var (
	beginnings = []string{
		"Nor", "Żół", "Łęk", "Mont", "San", "Vel", "Kyo", "Brn", "Lip", "Edyn", "Gren", "Sol", "Pécs", "Frank", "Göte", "Świ", "Bor", "Tal", "Ver", "Ost",
		"Char", "Lwo", "Cór", "Fes", "Ist", "Zag", "Lju", "Rij", "Utr", "Gdyń", "Málag", "Åre", "Ñan", "Köl", "Tirg", "Dże", "Hua", "Qing", "Wien", "Ypr",
	}
	middles = []string{"a", "e", "o", "ber", "den", "lin", "mar", "ni", "ra", "sto", "tor", "ul", "va", "wi", "zy", "ój", "ću", "ïs", "ang", "em"}
	endings = []string{
		"burg", "ville", "ów", "owo", "grad", "polis", "berg", "stadt", "holm", "ice", "ona", "ia", "ton", "ford", "mouth", "sk", "no", "ava", "ęcin", "łódź",
		"ham", "dorf", "by", "vik", "nes", "mond", "ac", "eaux", "iga", "uela", "ana", "ola", "ero", "ado", "ense", "ik", "ovo", "any", "este", "ura",
	}
	titles = []string{
		"Współpraca z miastem %s", "%s: wymiana kulturalna i edukacyjna", "Umowa o współpracy — %s", "Partnerstwo na rzecz klimatu, %s",
		"Zrównoważony transport w mieście %s", "Młodzież i sport: %s", "Kraków i %s, dziedzictwo Światowej Listy UNESCO",
	}
	countries = []struct{ code, continent string }{
		{"DE", "europe"},
		{"FR", "europe"},
		{"UA", "europe"},
		{"US", "north_america"},
		{"IT", "europe"},
		{"CN", "asia"},
		{"HU", "europe"},
		{"CZ", "europe"},
		{"ES", "europe"},
		{"JP", "asia"},
		{"GB", "europe"},
		{"SK", "europe"},
		{"LT", "europe"},
		{"BR", "south_america"},
		{"SE", "europe"},
		{"IL", "asia"},
		{"NL", "europe"},
		{"PT", "europe"},
		{"RO", "europe"},
		{"KR", "asia"},
		{"PE", "south_america"},
		{"AT", "europe"},
		{"HR", "europe"},
		{"BE", "europe"},
		{"MX", "north_america"},
		{"FI", "europe"},
		{"GE", "asia"},
		{"NO", "europe"},
		{"SI", "europe"},
		{"CA", "north_america"},
		{"BG", "europe"},
		{"AR", "south_america"},
		{"RS", "europe"},
		{"DK", "europe"},
		{"TR", "asia"},
		{"IN", "asia"},
		{"LV", "europe"},
		{"GR", "europe"},
		{"EE", "europe"},
		{"CH", "europe"},
		{"UZ", "asia"},
		{"ZA", "africa"},
		{"MA", "africa"},
		{"EG", "africa"},
		{"IE", "europe"},
		{"AU", "oceania"},
		{"CL", "south_america"},
		{"BO", "south_america"},
		{"UY", "south_america"},
		{"MD", "europe"},
		{"BA", "europe"},
		{"AL", "europe"},
		{"MK", "europe"},
		{"IS", "europe"},
		{"VN", "asia"},
		{"TH", "asia"},
		{"NZ", "oceania"},
		{"KE", "africa"},
		{"CU", "north_america"},
		{"KZ", "asia"},
		{"LU", "europe"},
		{"MT", "europe"},
	}
)

// casesOfPartner is how many proposals there are for a partner.
const casesOfPartner = 25

// partners makes the partners of a population: most of a few countries, some of each.
func (d *dealer) makePartners() {
	count := max(d.plan.Count/casesOfPartner, len(countries)*2)
	at := d.plan.Today.AddDate(-d.plan.Years, 0, -1).UTC().Truncate(24 * time.Hour)
	for n := range count {
		of := countries[n%len(countries)]
		if n >= 2*len(countries) {
			share := d.random.Float64()
			of = countries[int(share*share*float64(len(countries)))]
		}
		kind := "city"
		if n/len(countries)%2 == 1 {
			kind = "organisation"
		}
		name := nameOf(n)
		d.partners = append(d.partners, store.Partner{
			Partner: workflow.Partner{
				ID: newID(d.random, at.UnixMicro()+int64(n)*1000), Name: name, NativeName: name, Country: of.code, Kind: kind, Continent: of.continent,
			},
			Fold: store.Fold(name), Version: 1, CreatedAt: at, UpdatedAt: at,
		})
		group := groupOf(kind, of.continent)
		d.groups[group] = append(d.groups[group], n)
	}
}

// nameOf makes up the name of a place; two numbers never have one.
func nameOf(n int) string {
	i := n * 7919 % (len(beginnings) * len(middles) * len(endings))
	name := beginnings[i%len(beginnings)] + middles[i/len(beginnings)%len(middles)] + endings[i/len(beginnings)/len(middles)]
	if round := n / (len(beginnings) * len(middles) * len(endings)); round > 0 {
		name += fmt.Sprintf(" %d", round+1)
	}
	return name
}

// groupOf is the group of partners among which a sample's partner may be exchanged: rules look at kind and continent.
func groupOf(kind, continent string) string {
	if continent == "europe" {
		return kind + " in europe"
	}
	return kind + " elsewhere"
}

func titleFor(random *rand.Rand, partner string) string {
	return fmt.Sprintf(titles[random.IntN(len(titles))], partner)
}

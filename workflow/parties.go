package workflow

// The names of the City that a form may use.
const (
	cityName    = "name"
	legalPerson = "legal_person"
)

// CityAs gives the name under which the City agrees what is of this form. Where there are no parties it acts as the legal person.
func (d *Definition) CityAs() string {
	city, parties := d.Source.City, d.Source.Parties
	if parties != nil && parties.City == cityName || city.LegalPerson == "" {
		return city.Name
	}
	return city.LegalPerson
}

// parties checks what the form says of its parties.
func (c *compiler) parties(origin Origin) {
	parties := c.source.Parties
	if parties == nil {
		return
	}
	c.translated(origin, "parties.title", parties.Title)
	switch {
	case parties.City != cityName && parties.City != legalPerson:
		c.report("parties", origin, "parties.city", "the City is named by %q; use name or legal_person", parties.City)
	case parties.City == legalPerson && c.source.City.LegalPerson == "":
		c.report("parties", Origin{File: "city.yaml", Path: "$"}, "", "the form %s names the City as a legal person, and city.yaml has no legal_person", c.source.Form)
	}
}

package register

import (
	"encoding/json"
	"fmt"
	"net/http"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/cmd/hejnal/web/published"
)

// object is a JSON object that is being written.
type object = map[string]any

// linked gives an entry as linked data in the words of schema.org, for programs that gather them.
func (p *pages) linked(w http.ResponseWriter, r *http.Request) error {
	c, err := p.find(r)
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(linkedData(c, p.Base(r), p.Publisher.Body().In(call.Polish), p.Publisher.LicenceURL()), "", "  ")
	if err != nil {
		return fmt.Errorf("write linked data: %w", err)
	}
	w.Header().Set("Content-Type", "application/ld+json")
	status := http.StatusOK
	if c.Standing == published.Ended {
		status = http.StatusGone
	}
	frame.ServeOpen(w, r, status, text)
	return nil
}

func linkedData(c published.Case, base, publisher, licence string) object {
	address := base + Path + "/" + c.ID
	partner := object{"@type": "Organization", "name": c.Partner.Name}
	if c.Partner.Kind == "city" {
		partner = object{"@type": "City", "name": c.Partner.Name, "containedInPlace": object{"@type": "Country", "identifier": c.Partner.Country}}
	}
	if c.Partner.NativeName != "" {
		partner["alternateName"] = c.Partner.NativeName
	}
	if c.Partner.Wikidata != "" {
		partner["sameAs"] = "https://www.wikidata.org/entity/" + c.Partner.Wikidata
	}
	written := object{
		"@context": "https://schema.org", "@type": "DigitalDocument", "@id": address, "url": address, "identifier": c.Number, "name": c.Title,
		"inLanguage": "pl", "genre": c.InForce.Title.PL, "license": licence, "dateModified": c.Changed().UTC(),
		"about":     []object{{"@type": "GovernmentOrganization", "name": c.InForce.CityAs()}, partner},
		"publisher": object{"@type": "GovernmentOrganization", "name": publisher},
	}
	if since := c.Since(); since != "" && c.Standing == published.Agreed {
		written["temporalCoverage"] = since + "/" + c.Until()
		if c.Until() == "" {
			written["temporalCoverage"] = since + "/.."
		}
	}
	var files []object
	for _, d := range c.Documents {
		files = append(files, object{
			"@type": "MediaObject", "name": d.Title, "contentUrl": address + "/dokumenty/" + d.ID, "encodingFormat": d.MediaType,
			"contentSize": d.Size, "sha256": d.SHA256,
		})
	}
	if len(files) > 0 {
		written["associatedMedia"] = files
	}
	return written
}

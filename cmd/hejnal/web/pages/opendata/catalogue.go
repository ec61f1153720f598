package opendata

import (
	"net/http"

	"hejnal/cmd/hejnal/web/call"
)

// The vocabularies of the European Union that the catalogue speaks.
const (
	fileTypes   = "http://publications.europa.eu/resource/authority/file-type/"
	frequencies = "http://publications.europa.eu/resource/authority/frequency/"
	languages   = "http://publications.europa.eu/resource/authority/language/"
	themes      = "http://publications.europa.eu/resource/authority/data-theme/"
	countries   = "http://publications.europa.eu/resource/authority/country/"
	mediaTypes  = "https://www.iana.org/assignments/media-types/"
)

func id(address string) object { return object{"@id": address} }

func said(pl, en string) []object {
	return []object{{"@value": pl, "@language": call.Polish}, {"@value": en, "@language": call.English}}
}

// catalogue describes the data sets as DCAT-AP 3 has it, for portals that gather such descriptions.
func (p *pages) catalogue(w http.ResponseWriter, r *http.Request) error {
	base, licence := p.Base(r), p.Publisher.LicenceURL()
	body := p.Publisher.Body()
	publisher := object{"@id": base + Path + "#publisher", "@type": "foaf:Agent", "foaf:name": said(body.PL, body.EN)}
	if p.Publisher.Site != "" {
		publisher["foaf:homepage"] = id(p.Publisher.Site)
	}
	file := func(name, address, kind, media, pl, en string) object {
		return object{
			"@id": base + Path + "#" + name, "@type": "dcat:Distribution", "dct:title": said(pl, en), "dcat:accessURL": id(base + address),
			"dcat:downloadURL": id(base + address), "dct:format": id(fileTypes + kind), "dcat:mediaType": id(mediaTypes + media), "dct:license": id(licence),
		}
	}
	set := func(name, page, frequency string, title, description []object, files ...object) object {
		told := object{
			"@id": base + Path + "#" + name, "@type": "dcat:Dataset", "dct:title": title, "dct:description": description, "dct:publisher": id(base + Path + "#publisher"),
			"dcat:landingPage": id(base + page), "dct:accrualPeriodicity": id(frequencies + frequency), "dct:language": id(languages + "POL"),
			"dcat:theme": id(themes + "GOVE"), "dct:spatial": id(countries + "POL"), "dcat:distribution": files,
			"dcat:keyword": said("miasta partnerskie", "partner cities"),
		}
		if p.Publisher.Email != "" {
			told["dcat:contactPoint"] = object{"@type": "vcard:Organization", "vcard:fn": body.PL, "vcard:hasEmail": id("mailto:" + p.Publisher.Email)}
		}
		return told
	}
	return p.serve(w, r, "application/ld+json", object{
		"@context": object{
			"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/", "vcard": "http://www.w3.org/2006/vcard/ns#",
		},
		"@id": base + Path + "/katalog.jsonld", "@type": "dcat:Catalog", "foaf:homepage": id(base + Path), "dct:publisher": publisher, "dct:license": id(licence),
		"dct:title":       said("Otwarte dane: współpraca międzynarodowa Krakowa", "Open data: international cooperation of Kraków"),
		"dct:description": said("Umowy, tytuły i członkostwa Miasta Krakowa oraz jawny przebieg spraw.", "Agreements, titles and memberships of the City of Kraków, and the public course of its cases."),
		"dct:language":    []object{id(languages + "POL"), id(languages + "ENG")},
		"dcat:dataset": []object{
			set("rejestr", "/rejestr", "CONT", said("Rejestr współpracy międzynarodowej", "Register of international cooperation"),
				said("Obowiązujące i zakończone umowy, tytuły i członkostwa, z partnerem, podstawą i datami.", "Current and past agreements, titles and memberships, with partner, basis and dates."),
				file("rejestr-csv", "/api/v1/register.csv", "CSV", "text/csv", "Rejestr, CSV", "Register, CSV"),
				file("rejestr-jsonl", "/api/v1/register.jsonl", "JSON", "application/jsonl", "Rejestr, JSON Lines", "Register, JSON Lines"),
				file("rejestr-atom", "/api/v1/register.atom", "ATOM", "application/atom+xml", "Rejestr, Atom", "Register, Atom")),
			set("zmiany", "/zmiany", "CONT", said("Jawne zmiany", "Public changes"),
				said("Każda jawna czynność w sprawach współpracy, od najnowszej.", "Every public act in the cases of cooperation, the newest first."),
				file("zmiany-atom", "/api/v1/feed.atom", "ATOM", "application/atom+xml", "Zmiany, Atom", "Changes, Atom")),
		},
	})
}

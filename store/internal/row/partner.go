package row

import (
	"encoding/json"
	"fmt"

	"hejnal/store"
)

// Partner is a partner as a row of the table partners.
type Partner struct {
	ID, Fold, Country, Kind string
	Version                 int64
	NameKey                 []byte
	Search                  string
	Body                    string
}

// OfPartner makes the row of a partner.
func OfPartner(p store.Partner) (Partner, error) {
	body, err := json.Marshal(p)
	if err != nil {
		return Partner{}, fmt.Errorf("encode partner %s: %w", p.ID, err)
	}
	return Partner{
		ID: p.ID, Fold: p.Fold, Country: p.Country, Kind: p.Kind, Version: p.Version,
		NameKey: store.CollationKey(p.Name),
		Search:  store.WordsOf(p.Name + " " + p.NativeName),
		Body:    string(body),
	}, nil
}

// ToPartner makes a partner of its row.
func ToPartner(fold, body string) (store.Partner, error) {
	partner := store.Partner{}
	if err := json.Unmarshal([]byte(body), &partner); err != nil {
		return partner, fmt.Errorf("decode partner: %w", err)
	}
	partner.Fold = fold
	return partner, nil
}

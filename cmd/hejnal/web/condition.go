package web

import (
	"net/http"
	"strconv"
	"strings"

	"hejnal/cmd/hejnal/web/fault"
)

// expected reads If-Match: the version that the caller has seen, 0 when any will do, −1 for a tag that no version has.
func expected(r *http.Request) (int64, error) {
	values := r.Header.Values("If-Match")
	if len(values) == 0 {
		return 0, nil
	}
	tag := strings.TrimSpace(strings.Join(values, ","))
	if tag == "*" {
		return 0, nil
	}
	tag = strings.TrimPrefix(tag, "W/")
	quoted := len(tag) >= 2 && tag[0] == '"' && tag[len(tag)-1] == '"'
	if quoted {
		tag = tag[1 : len(tag)-1]
	}
	version, err := strconv.ParseInt(tag, 10, 64)
	if err == nil && version > 0 {
		return version, nil
	}
	if err != nil && (!quoted || strings.ContainsAny(tag, `"`)) {
		return 0, fault.Unreadable(`If-Match ma postać "7": jedna wersja w cudzysłowie, albo *.`, `If-Match has the form "7": one version in quotes, or *.`)
	}
	return -1, nil
}

// tag writes a version as an entity tag.
func tag(version int64) string { return strconv.Quote(strconv.FormatInt(version, 10)) }

package events

import "strings"

// Within answers whether every subject that filter matches is matched by one
// and the same pattern of allowed. Both may hold the NATS wildcards * (one
// token) and > (one or more tokens, at the end). A filter that only several
// patterns together cover is not within, and neither is a malformed one.
func Within(allowed []string, filter string) bool {
	if !validPattern(filter) {
		return false
	}
	for _, pattern := range allowed {
		if validPattern(pattern) && covers(strings.Split(pattern, "."), strings.Split(filter, ".")) {
			return true
		}
	}
	return false
}

// Overlap answers whether some subject is matched by both patterns.
func Overlap(a, b string) bool {
	if !validPattern(a) || !validPattern(b) {
		return false
	}
	return overlaps(strings.Split(a, "."), strings.Split(b, "."))
}

func covers(pattern, filter []string) bool {
	for i, token := range pattern {
		if i >= len(filter) {
			return false
		}
		switch {
		case token == ">":
			return true
		case filter[i] == ">":
			return false
		case token != "*" && token != filter[i]:
			return false
		}
	}
	return len(pattern) == len(filter)
}

func overlaps(a, b []string) bool {
	for i := 0; i < len(a) && i < len(b); i++ {
		switch {
		case a[i] == ">" || b[i] == ">":
			return true
		case a[i] != "*" && b[i] != "*" && a[i] != b[i]:
			return false
		}
	}
	return len(a) == len(b)
}

func validPattern(pattern string) bool {
	tokens := strings.Split(pattern, ".")
	for i, token := range tokens {
		switch {
		case token == ">":
			if i != len(tokens)-1 {
				return false
			}
		case token == "*":
		case !validSubjectToken(token):
			return false
		}
	}
	return true
}

func validSubjectToken(token string) bool {
	return token != "" && !strings.ContainsAny(token, "*> \t\r\n\f\x00")
}

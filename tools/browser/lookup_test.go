package browser_test

import (
	"errors"
	"slices"
	"testing"

	"hejnal/tools/browser"
)

func TestABrowserIsFoundSkippedOrRequiredAsTheEnvironmentSays(t *testing.T) {
	for _, test := range []struct {
		name        string
		environment map[string]string
		short       bool
		installed   []string
		program     string
		err         error
	}{
		{"none", nil, false, nil, "", browser.ErrMissing},
		{"none, required", map[string]string{"HEJNAL_REQUIRE_BROWSER": "1"}, false, nil, "", browser.ErrRequired},
		{"none, continuous integration", map[string]string{"CI": "true"}, false, nil, "", browser.ErrRequired},
		{"short run of a required one", map[string]string{"CI": "true"}, true, nil, "", browser.ErrShort},
		{"short run though there is one", nil, true, []string{"chromium"}, "", browser.ErrShort},
		{"Debian's", nil, false, []string{"chromium", "google-chrome"}, "chromium", nil},
		{"another", nil, false, []string{"google-chrome"}, "google-chrome", nil},
		{"named", map[string]string{"HEJNAL_BROWSER": "mine"}, false, []string{"chromium", "mine"}, "mine", nil},
		{"named and not there", map[string]string{"HEJNAL_BROWSER": "mine"}, false, []string{"chromium"}, "", browser.ErrMissing},
	} {
		t.Run(test.name, func(t *testing.T) {
			find := func(name string) (string, error) {
				if slices.Contains(test.installed, name) {
					return name, nil
				}
				return "", errors.New("not found")
			}
			program, err := browser.Lookup(func(name string) string { return test.environment[name] }, find, test.short)
			if program != test.program || !errors.Is(err, test.err) {
				t.Errorf("got %q, %v; want %q, %v", program, err, test.program, test.err)
			}
		})
	}
}

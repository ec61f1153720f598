package browser

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
)

// PrintedFaults gives what the page shows on paper and should not: navigation, buttons, and what begins only on a screen.
func (v *Visitor) PrintedFaults() []string {
	v.t.Helper()
	tell(v, "look at it on paper", emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	var faults []string
	v.eval(`[...document.querySelectorAll("nav, button, input[type=submit], .govuk-skip-link")].filter((e) => e.checkVisibility({visibilityProperty: true})).map((e) => "printed: " + e.outerHTML.slice(0, 120))`, &faults)
	tell(v, "look at it on the screen", emulation.SetEmulatedMedia, screen)
	return faults
}

// Links are the addresses within the site that the page leads to, each once, without what stands behind #.
func (v *Visitor) Links() []string {
	v.t.Helper()
	var links []string
	v.eval(`[...document.querySelectorAll("a[href]")].filter((a) => a.origin === location.origin).map((a) => a.pathname + a.search)`, &links)
	slices.Sort(links)
	return slices.Compact(links)
}

// Answers asks for an address of the site as the visitor would, without opening it, and gives the status.
func (v *Visitor) Answers(path string) int {
	v.t.Helper()
	kept := tell(v, "read cookies", network.GetCookies, network.GetCookiesParams{URLs: []string{v.base}})
	request, err := http.NewRequestWithContext(v.ctx, http.MethodGet, v.base+path, http.NoBody)
	v.must("ask for "+path, err)
	request.Header.Set("Accept", "text/html")
	for _, cookie := range kept.Cookies {
		request.AddCookie(&http.Cookie{Name: cookie.Name, Value: cookie.Value})
	}
	client := http.Client{Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(request)
	v.must("ask for "+path, err)
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	v.must("ask for "+path, err)
	return response.StatusCode
}

// Dead gives the links of the page that lead nowhere. Known are addresses that were asked for before; it learns new ones.
func (v *Visitor) Dead(known map[string]int) []string {
	v.t.Helper()
	var dead []string
	for _, link := range v.Links() {
		status, ok := known[link]
		if !ok {
			status = v.Answers(link)
			known[link] = status
		}
		if status >= 400 && status != http.StatusGone { // what is gone has a page that says so
			dead = append(dead, fmt.Sprintf("the link to %s is answered with %d", link, status))
		}
	}
	return dead
}

// SummaryFaults gives what is wrong with the summary of errors: that it is not there, has not the focus, or that its links
// lead to no field.
func (v *Visitor) SummaryFaults() []string {
	v.t.Helper()
	var summary struct {
		There, Focused bool
		Lost           []string
	}
	v.eval(`(() => {
  const s = document.querySelector(".govuk-error-summary");
  if (!s) return {There: false, Focused: false, Lost: []};
  return {There: true, Focused: document.activeElement === s, Lost: [...s.querySelectorAll("a")].filter((a) => {
    const field = document.getElementById(a.getAttribute("href").slice(1));
    return !field || !["INPUT", "SELECT", "TEXTAREA"].includes(field.tagName);
  }).map((a) => a.outerHTML)};
})()`, &summary)
	var faults []string
	if !summary.There {
		return []string{"there is no summary of errors"}
	}
	if v.scripts && !summary.Focused {
		faults = append(faults, "the summary of errors has not the focus, but "+v.Focused())
	}
	for _, link := range summary.Lost {
		faults = append(faults, "no field is where the summary leads: "+strings.TrimSpace(link))
	}
	return faults
}

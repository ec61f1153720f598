package browser

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
)

// thing is something on the page as the browser's accessibility tree tells of it to those who do not see the page.
type thing struct {
	role, name string
	focused    bool
	node       cdp.BackendNodeID
	under      []string // names of the groups that it stands in, the nearest first
}

// String describes a thing: button "Wyślij".
func (t thing) String() string { return fmt.Sprintf("%s %q", t.role, t.name) }

// Roles of the things that a visitor uses.
var (
	pressed = []string{"link", "button", "DisclosureTriangle", "DisclosureTriangleGrouped", "menuitem", "tab"}
	filled  = []string{"textbox", "searchbox", "spinbutton", "Date", "DateTime", "InputTime"}
	chosen  = []string{"radio", "checkbox", "switch"}
	lists   = []string{"combobox", "listbox", "ComboBoxMenuButton", "ComboBoxSelect"}
	groups  = []string{"group", "radiogroup", "region", "form", "navigation", "row", "article", "listitem"}
)

// things lists what is on the page, in the order of the page.
func (v *Visitor) things() ([]thing, error) {
	tree, err := ask(v, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		return nil, fmt.Errorf("read what is on the page: %w", err)
	}
	byID := map[accessibility.NodeID]*accessibility.Node{}
	for _, node := range tree.Nodes {
		byID[node.NodeID] = node
	}
	var found []thing
	for _, node := range tree.Nodes {
		if !node.Ignored {
			found = append(found, thingOf(node, byID))
		}
	}
	return found, nil
}

func thingOf(node *accessibility.Node, byID map[accessibility.NodeID]*accessibility.Node) thing {
	t := thing{role: textOf(node.Role), name: textOf(node.Name), node: node.BackendDOMNodeID}
	for _, property := range node.Properties {
		if property.Name == accessibility.PropertyNameFocused {
			t.focused = textOf(property.Value) == "true"
		}
	}
	for above := byID[node.ParentID]; above != nil; above = byID[above.ParentID] {
		role, name := textOf(above.Role), textOf(above.Name)
		switch {
		case above.Ignored:
		case role == "main":
			t.under = append(t.under, role)
		case name != "" && slices.Contains(groups, role):
			t.under = append(t.under, name)
		}
	}
	return t
}

// textOf writes a value of the tree as text, with single spaces.
func textOf(value *accessibility.Value) string {
	if value == nil || len(value.Value) == 0 {
		return ""
	}
	var text string
	if json.Unmarshal(value.Value, &text) != nil {
		text = string(value.Value)
	}
	return plain(text)
}

// plain writes every run of white space, and those that must not break, as one space.
func plain(text string) string { return strings.Join(strings.Fields(text), " ") }

// find gives the one thing of the roles that has the name. A name may be told more nearly by the group that the thing stands
// in, as "group > name"; what stands in the page's main part is in the group main. What has exactly the name goes before what only begins with it, and that before what holds it.
func (v *Visitor) find(name string, roles ...[]string) thing {
	v.t.Helper()
	all, err := v.things()
	if err != nil {
		v.t.Fatalf("look for %q: %v (at %s)", name, err, v.seen.address())
	}
	wanted := slices.Concat(roles...)
	all = slices.DeleteFunc(all, func(t thing) bool { return !slices.Contains(wanted, t.role) })
	found := match(all, name)
	switch len(found) {
	case 1:
		return found[0]
	case 0:
		v.t.Fatalf("nothing is called %q at %s; there are:\n%s", name, v.seen.address(), listed(all))
	default:
		v.t.Fatalf("%d things are called %q at %s:\n%s", len(found), name, v.seen.address(), listed(found))
	}
	return thing{}
}

func match(all []thing, name string) []thing {
	group, within, nested := strings.Cut(name, " > ")
	if !nested {
		group, within = "", name
	}
	within = plain(within)
	for _, test := range []func(text, part string) bool{
		func(text, part string) bool { return text == part }, strings.HasPrefix, strings.Contains,
	} {
		var found []thing
		for _, t := range all {
			inGroup := group == "" || slices.ContainsFunc(t.under, func(name string) bool { return strings.Contains(name, plain(group)) })
			if inGroup && test(t.name, within) {
				found = append(found, t)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

func listed(all []thing) string {
	var text strings.Builder
	for _, t := range all {
		fmt.Fprintf(&text, "  %s", t)
		if len(t.under) > 0 {
			fmt.Fprintf(&text, " in %q", t.under[0])
		}
		text.WriteString("\n")
	}
	return text.String()
}

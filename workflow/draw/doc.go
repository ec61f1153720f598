// Package draw makes pictures of a form of cooperation: SVG for pages and print, Mermaid, DOT and BPMN for other tools.
// The same [Graph] gives the same bytes.
//
// The SVG is laid out from top to bottom. The states of a strand that lead on stand in one column, one per layer; what
// ends the case stands in a lane to the right of it. A step to the next state is an arrow down, a step back runs to the
// left of the column, a step over states and into the lane to the right of it. Equal steps from several states run
// together and are labelled once, where they arrive. Tracks are drawn below the route, each by itself.
package draw

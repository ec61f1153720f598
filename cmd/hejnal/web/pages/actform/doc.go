// Package actform makes the form of a transition out of its definition, and reads it back as the transition's inputs. It
// knows types of inputs and no transition by name: what is asked, in which order and words, is the definition's.
package actform

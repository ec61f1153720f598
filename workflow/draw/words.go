package draw

// words are what a drawing says besides the titles of the definition.
type words struct {
	here, done, goal                      string
	step, of, finished, possible, nothing string
	states, ends, tracks                  string
}

func wordsIn(lang string) words {
	if lang == "en" {
		return words{
			here: "you are here", done: "done", goal: "goal",
			step: "Step", of: "of", finished: "Done", possible: "Possible next", nothing: "nothing",
			states: "States", ends: "Ends", tracks: "Beside the route",
		}
	}
	return words{
		here: "tu jesteś", done: "zakończone", goal: "cel",
		step: "Krok", of: "z", finished: "Zakończone", possible: "Możliwe dalej", nothing: "nic",
		states: "Stany", ends: "Zakończenia", tracks: "Obok drogi",
	}
}

package actform

import (
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// Beside are the fields that every act has besides its inputs: its date, a remark, and the justification that passes warnings.
// The justification is asked for where warnings are known to stand against the act.
func Beside(action workflow.Action, today calendar.Date, warned bool) []frame.Field {
	date := frame.Field{
		Name: OccurredOn, Kind: frame.Date, Label: workflow.Text{PL: "Data czynności", EN: "Date of the act"}, Value: string(today),
		Last: string(today), Least: string(action.EarliestOn),
		Hint: workflow.Text{PL: "Dzień, w którym to naprawdę się stało.", EN: "The day on which it really happened."},
	}
	if action.EarliestOn != "" {
		date.Hint = joined(date.Hint, workflow.Text{PL: "Najwcześniej " + frame.WordsOf("pl").Day(action.EarliestOn) + ".", EN: "At the earliest " + frame.WordsOf("en").Day(action.EarliestOn) + "."})
	}
	return []frame.Field{
		date,
		{
			Name: Justification, Kind: frame.Area, Label: workflow.Text{PL: "Uzasadnienie mimo ostrzeżeń", EN: "Justification in spite of warnings"}, Optional: !warned, Most: maxRemark,
			Hint: workflow.Text{PL: "Potrzebne, gdy program ostrzega. Zostaje w historii sprawy.", EN: "Needed where the program warns. It stays in the history of the case."},
		},
		{
			Name: Comment, Kind: frame.Area, Label: workflow.Text{PL: "Uwaga do wpisu", EN: "Remark on the entry"}, Optional: true, Most: maxRemark,
			Hint: workflow.Text{PL: "Widzą ją osoby prowadzące sprawę i kontrola.", EN: "Those who work on the case and the auditors see it."},
		},
	}
}

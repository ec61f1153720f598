package help

// terms are the words that the pages use, in alphabetical order of the Polish ones.
func terms() []term {
	return []term{
		{text("czynność", "act"), text("Krok w sprawie, który zmienia jej stan albo coś w niej zapisuje: opinia, przekazanie Radzie, podpis.", "A step that changes the state of a case or records something in it: an opinion, passing it to the Council, a signature.")},
		{text("cztery oczy", "four eyes"), text("Zasada, że niektórych dwóch czynności nie może wykonać ta sama osoba.", "The rule that the same person must not make certain two acts.")},
		{text("forma współpracy", "form of cooperation"), text("Rodzaj umowy, tytułu lub członkostwa. Każda forma ma własny przebieg, dokumenty i podstawę prawną.", "The kind of agreement, title or membership. Each has its own procedure, documents and legal basis.")},
		{text("nadzór wojewody", "supervision by the voivode"), text("Badanie uchwały po jej podjęciu: 7 dni na przekazanie, 30 dni na rozstrzygnięcie.", "The review of a resolution after its adoption: 7 days to deliver it, 30 days to rule.")},
		{text("partner", "partner"), text("Miasto, region albo organizacja za granicą.", "A city, region or organisation abroad.")},
		{text("przeszkoda", "blocker"), text("Powód, dla którego czynności nie można wykonać, z podstawą i z tym, kto może go usunąć.", "A reason why an act cannot be made, with its basis and who can clear it.")},
		{text("rejestr", "register"), text("Publiczny wykaz tego, co zawarto: umów, tytułów i członkostw, obecnych i dawnych.", "The public list of what was agreed: agreements, titles and memberships, current and past.")},
		{text("runda", "round"), text("Który raz sprawa przechodzi ten sam etap po zwrocie do poprawy.", "How many times a case has gone through the same stage after it was sent back.")},
		{text("sprawa", "case"), text("Jedna propozycja współpracy z całą historią, dokumentami i zadaniami. Ma znak, na przykład 17/2026.", "One proposal of cooperation with its whole history, documents and tasks. It has a number, such as 17/2026.")},
		{text("zadanie", "task"), text("Prośba do roli o wykonanie czynności, często z terminem. Kończy się, gdy czynność zostanie wykonana.", "A request to a role to make an act, often with a due date. It is completed once the act is made.")},
		{text("zastępstwo", "substitution"), text("Działanie za osobę nieobecną w podanych dniach. W historii widać obie osoby.", "Acting for somebody absent on given days. The history shows both people.")},
	}
}

package help

import "hejnal/workflow"

// topics are the readers, those of the City first.
func topics() []topic {
	return []topic{official(), lawyer(), president(), secretariat(), auditor(), everybody(), resident()}
}

func official() topic {
	return topic{
		ID: "urzednik", Title: text("Biuro współpracy międzynarodowej", "International-cooperation office"),
		Steps: []workflow.Text{
			text("Otwórz sprawę: wybierz „Nowa propozycja”, formę współpracy i partnera. Wpisany tekst jest zachowywany, możesz wrócić do niego później.", "Open a case: choose “New proposal”, the form of cooperation and the partner. What you type is kept, so that you can come back to it."),
			text("Dołącz dokumenty na stronie sprawy. Widać tam, czego brakuje i do której czynności jest potrzebne.", "Attach documents on the page of the case. It shows what is missing and which act needs it."),
			text("Wykonaj czynność, którą sprawa podaje jako następną. Jeśli coś stoi na przeszkodzie, strona mówi, co to jest i kto może to usunąć.", "Make the act that the case names as the next one. Where something stands in the way, the page says what it is and who can clear it."),
			text("Pomyłkę popraw nowym wpisem. Niczego się nie usuwa, a poprawka wskazuje to, co poprawia.", "Correct a mistake by a new entry. Nothing is deleted; a correction points at what it corrects."),
		},
		Links: []link{{text("Nowa propozycja", "New proposal"), "/sprawy/nowa"}, {text("Sprawy", "Cases"), "/sprawy"}, {text("Partnerzy", "Partners"), "/partnerzy"}},
	}
}

func lawyer() topic {
	return topic{
		ID: "prawnik", Title: text("Radcy prawni", "Lawyers"),
		Steps: []workflow.Text{
			text("Prośby o opinię są w „Moich zadaniach”, od najpilniejszej. „Weź” pokazuje innym, że pracujesz nad zadaniem.", "Requests for an opinion are in “My tasks”, the most urgent first. “Take” shows others that you work on it."),
			text("Dołącz opinię do sprawy, a potem ją wydaj. Gdy projekt albo tekst umowy jest nowszy niż opinia, program mówi o tym przy niej: dodaj wtedy nowszą wersję opinii.", "Attach the opinion to the case, then give it. When the draft or the text of the agreement is newer than the opinion, the program says so beside it: attach a newer version of the opinion then."),
			text("Opinia prawna liczy się tylko wtedy, gdy dołączył ją radca. Bez niej nie można ukończyć projektu uchwały.", "A legal opinion counts only where a lawyer attached it. Without it the draft resolution cannot be completed."),
		},
		Links: []link{{text("Moje zadania", "My tasks"), "/zadania"}},
	}
}

func president() topic {
	return topic{
		ID: "prezydent", Title: text("Gabinet Prezydenta", "President's office"),
		Steps: []workflow.Text{
			text("„Do podpisu i decyzji” u góry „Moich zadań” zbiera to, co czeka na Prezydenta: dokumenty, braki i przeszkody.", "“For signature and decision” at the top of “My tasks” gathers what waits for the President: documents, gaps and obstacles."),
			text("Przeszkodę „Ostrzeżenie” można pominąć z pisemnym uzasadnieniem. Przeszkodę „Blokuje” trzeba usunąć.", "An obstacle marked “Warning” passes with a written justification. One marked “Blocks” has to be cleared."),
			text("Niektórych czynności nie może wykonać ta sama osoba: kto ukończył projekt, nie przekazuje go Radzie, a kto przygotował podpisanie, nie podpisuje umowy. Strona sprawy mówi o tym przed czynnością.", "Some acts cannot be made by one person: who completed a draft does not submit it to the Council, and who prepared the signing does not sign the agreement. The page of the case says so before the act."),
			text("Nieobecność zgłoś w „Zastępstwach”. W aktach widać wtedy, kto działał i za kogo.", "Set an absence under “Substitutions”. The record then shows who acted and for whom."),
		},
		Links: []link{{text("Moje zadania", "My tasks"), "/zadania"}, {text("Zastępstwa", "Substitutions"), "/zastepstwa"}},
	}
}

func secretariat() topic {
	return topic{
		ID: "kancelaria", Title: text("Kancelaria Rady", "Council secretariat"),
		Steps: []workflow.Text{
			text("Tablica Rady pokazuje projekty według etapu i ile zostało z 90 dni na porządek obrad.", "The board of the Council shows drafts by their stage and what is left of the 90 days for the agenda."),
			text("Wpisz liczby głosów. O wyniku rozstrzygają reguły formy: kworum, większość i skład ustawowy.", "Enter the numbers of votes. The rules of the form decide the outcome: quorum, majority and statutory composition."),
			text("Po podjęciu uchwały nadaj jej numer i zapisz ogłoszenie. Wojewodzie przedkłada ją w ciągu 7 dni biuro współpracy międzynarodowej.", "Once a resolution is adopted, give it its number and record its publication. The international-cooperation office delivers it to the voivode within 7 days."),
		},
		Links: []link{{text("Rada", "Council"), "/sekretariat"}},
	}
}

func auditor() topic {
	return topic{
		ID: "kontrola", Title: text("Kontrola i archiwum", "Audit and archive"),
		Steps: []workflow.Text{
			text("Czytasz wszystko i niczego nie zmieniasz. Historia sprawy pokazuje, kto, kiedy, na jakiej podstawie i na jakich dokumentach zdecydował.", "You read everything and change nothing. The history of a case shows who decided, when, on which basis and on which documents."),
			text("Każdy dokument ma skrót SHA-256. Zgodny skrót oznacza, że to ten sam plik.", "Every document has a SHA-256 hash. The same hash means the same file."),
			text("Całą sprawę pobierzesz jako jeden pakiet ze strony sprawy.", "The whole of a case can be downloaded as one packet from its page."),
		},
		Links: []link{{text("Sprawy", "Cases"), "/sprawy"}, {text("Pulpit", "Dashboard"), "/pulpit"}},
	}
}

func everybody() topic {
	return topic{
		ID: "wszyscy", Title: text("Każdy, kto się loguje", "Everybody who signs in"),
		Steps: []workflow.Text{
			text("„Szukaj” znajduje sprawy i partnerów po początku słowa albo znaku. „Lodz” znajdzie też „Łódź”.", "“Search” finds cases and partners by the beginning of a word or number. “Lodz” finds “Łódź” too."),
			text("Filtry i kolejność są w adresie strony: możesz go zapisać w zakładkach albo wysłać współpracownikowi.", "Filters and order are in the address of the page: keep it as a bookmark or send it to a colleague."),
			text("Jeśli sesja wygaśnie podczas pisania, po zalogowaniu formularz wróci z Twoim tekstem.", "Where the session ends while you write, the form comes back with your text after signing in."),
			text("Jeśli ktoś zmienił sprawę w tym samym czasie, strona powie, kto i co zrobił, a Twój tekst zostanie.", "Where somebody changed the case at the same time, the page says who did what, and your text stays."),
		},
		Links: []link{{text("Szukaj", "Search"), "/szukaj"}, {text("Zastępstwa", "Substitutions"), "/zastepstwa"}, {text("Twoje konto", "Your account"), "/konto"}},
	}
}

func resident() topic {
	return topic{
		ID: "mieszkancy", Title: text("Mieszkańcy", "Residents"),
		Steps: []workflow.Text{
			text("Rejestr współpracy jest jawny i nie wymaga logowania. Pokazuje, z kim Kraków współpracuje, od kiedy i na jakiej podstawie.", "The register of cooperation is public and needs no signing in. It shows whom Kraków cooperates with, since when and on which basis."),
			text("„Zmiany” pokazują, co się ostatnio stało. Można je też odbierać w czytniku kanałów.", "“Changes” shows what happened lately. It can also be followed in a feed reader."),
			text("„Otwarte dane” to cały rejestr do pobrania i do użytku przez programy.", "“Open data” is the whole register to download and for programs to use."),
		},
		Links: []link{{text("Rejestr", "Register"), "/rejestr"}, {text("Zmiany", "Changes"), "/zmiany"}, {text("Otwarte dane", "Open data"), "/dane"}},
	}
}

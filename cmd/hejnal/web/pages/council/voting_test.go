package council_test

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/cmd/hejnal/web/pages/pagestest"
)

const votesPage = "/sesje/" + sessionDay + "/glosowania"

func TestAVoteIsRecordedAndItsOutcomeSaidInWords(t *testing.T) {
	for name, test := range map[string]struct {
		form  string
		vote  count
		state string
		says  string
	}{
		"carried":                            {"sector_agreement", count{30, 5, 3, 38}, "resolution_adopted", "Rada Miasta Krakowa podjęła uchwałę"},
		"a tie":                              {"sector_agreement", count{20, 20, 0, 40}, "resolution_rejected", "Rada Miasta Krakowa odrzuciła projekt uchwały"},
		"no quorum":                          {"sector_agreement", count{21, 0, 0, 21}, "print_registered", "Brak kworum, uchwały nie podjęto"},
		"21 for a membership are too few":    {"association_membership", count{21, 0, 22, 43}, "print_registered", "Brak wymaganej większości, uchwały nie podjęto"},
		"22 for a membership are a majority": {"association_membership", count{22, 21, 0, 43}, "resolution_adopted", "Rada Miasta Krakowa podjęła uchwałę"},
	} {
		t.Run(name, func(t *testing.T) {
			house := pagestest.New(t)
			id := placed(house, test.form, "1204")
			task := taskOf(t, house, id)
			page := house.SignIn("secretariat").Get(votesPage).Want(http.StatusOK).Check()
			done := press(fill(page.Form(votesPage), map[string]count{task: test.vote}), task).Follow().Want(http.StatusOK).Check()
			done.Says("Zapisano: "+test.says, "Głosy za: ", "Sprostuj wpis")
			if state := house.Case(id).State; state != test.state {
				t.Errorf("the case is in %s, want %s", state, test.state)
			}
			if act := lastOf(t, house, id); string(act.OccurredOn) != sessionDay {
				t.Errorf("dated %s", act.OccurredOn)
			}
			if done.HasForm(votesPage) && done.Form(votesPage).Has(task+".in.for") {
				t.Error("what was voted can be voted again")
			}
		})
	}
}

func TestAWrongVoteLosesNothingOfTheOthers(t *testing.T) {
	house := pagestest.New(t)
	first, second, third := placed(house, "sector_agreement", "11"), placed(house, "partnership_agreement", "12"), placed(house, "honorary_twin_title", "13")
	tasks := []string{taskOf(t, house, first), taskOf(t, house, second), taskOf(t, house, third)}
	form := house.SignIn("secretariat").Get(votesPage).Form(votesPage)
	page := press(fill(form, map[string]count{tasks[0]: {30, 5, 3, 38}, tasks[1]: {30, 10, 5, 40}, tasks[2]: {"trzydzieści", 1, 2, 33}}), "wszystkie")
	page.Want(http.StatusUnprocessableEntity).Check().Says("Zapisano: Rada Miasta Krakowa podjęła uchwałę")
	if text := page.Text(); !strings.Contains(text, "Zapisano 1 z 3: 1. Druk 11") || strings.Index(text, "Zapisano 1 z 3") > strings.Index(text, "Popraw, aby iść dalej") {
		t.Errorf("what was recorded is not said first: %s", text)
	}
	if !strings.HasPrefix(page.Title(), "Błąd:") {
		t.Errorf("title %q", page.Title())
	}
	if errors := strings.Join(page.Errors(), "\n"); !strings.Contains(errors, "Druk 12 (2/2026), Obecni radni: ") || !strings.Contains(errors, "Druk 13 (3/2026), Głosy za: ") || strings.Contains(errors, "Druk 11") {
		t.Errorf("told wrong:\n%s", errors)
	}
	again := page.Form(votesPage)
	if again.Wrong(tasks[1]+".in.present") == "" || again.Wrong(tasks[2]+".in.for") == "" {
		t.Error("nothing stands beside the fields that are wrong")
	}
	for name, want := range map[string]string{tasks[1] + ".in.for": "30", tasks[1] + ".in.present": "40", tasks[2] + ".in.for": "trzydzieści", tasks[2] + ".in.against": "1"} {
		if got := again.Values.Get(name); got != want {
			t.Errorf("%s came back as %q, want %q", name, got, want)
		}
	}
	if house.Case(first).State != "resolution_adopted" || house.Case(second).State != "on_agenda" || house.Case(third).State != "on_agenda" {
		t.Error("the wrong ones were recorded")
	}
	again.Set(tasks[1]+".in.present", "45")
	press(again, tasks[1]).Want(http.StatusUnprocessableEntity).Says("Obecnych jest więcej, niż wynosi ustawowy skład Rady")
}

func TestWhatIsTypedForOthersStaysWhenOneIsRecorded(t *testing.T) {
	house := pagestest.New(t)
	first, second := placed(house, "sector_agreement", "11"), placed(house, "sector_agreement", "12")
	one, other := taskOf(t, house, first), taskOf(t, house, second)
	form := house.SignIn("secretariat").Get(votesPage).Form(votesPage)
	page := press(fill(form, map[string]count{one: {30, 5, 3, 38}, other: {25, nil, nil, nil}}), one).Want(http.StatusOK).Check()
	page.Says("Zapisano: Rada")
	if kept := page.Form(votesPage).Values.Get(other + ".in.for"); kept != "25" || house.Case(second).State != "on_agenda" {
		t.Errorf("kept %q, the other case is in %s", kept, house.Case(second).State)
	}
}

func TestTheSecondOfTwoClerksIsToldAndKeepsTheNumbers(t *testing.T) {
	house := pagestest.New(t)
	id := placed(house, "sector_agreement", "11")
	task := taskOf(t, house, id)
	mine, theirs := house.SignIn("secretariat").Get(votesPage).Form(votesPage), house.SignIn("secretariat-2").Get(votesPage).Form(votesPage)
	press(fill(theirs, map[string]count{task: {30, 5, 3, 38}}), task).Want(http.StatusSeeOther)
	lost := press(fill(mine, map[string]count{task: {28, 7, 3, 38}}), "wszystkie").Want(http.StatusUnprocessableEntity).Check()
	lost.Says("Ten punkt zapisał już ktoś inny", "secretariat-2 Nowak", "Rada Miasta Krakowa podjęła uchwałę", "Głosy za: 28", "Głosy za: 30")
}

func TestOfTwoClerksAtTheSameMomentOneRecords(t *testing.T) {
	house := pagestest.New(t)
	id := placed(house, "sector_agreement", "11")
	task := taskOf(t, house, id)
	votes := []count{{30, 5, 3, 38}, {28, 7, 3, 38}}
	forms, pages := make([]*pagestest.Form, len(votes)), make([]*pagestest.Page, len(votes))
	for i, login := range []string{"secretariat", "secretariat-2"} {
		forms[i] = fill(house.SignIn(login).English().Get(votesPage).Form(votesPage), map[string]count{task: votes[i]})
		forms[i].Values.Set("zapisz", "wszystkie")
	}
	before := house.Case(id).Seq
	var together sync.WaitGroup
	for i := range forms {
		together.Go(func() { pages[i] = forms[i].Send() })
	}
	together.Wait()
	first, second := pages[0], pages[1]
	if first.Status != http.StatusSeeOther {
		first, second = second, first
	}
	first.Follow().Says("Recorded: Resolution adopted by the City Council")
	second.Want(http.StatusUnprocessableEntity).Check().Says("Somebody else has recorded this item already", "What was typed is kept:", "Votes for: ")
	if after := house.Case(id).Seq; after != before+1 {
		t.Errorf("%d acts were made", after-before)
	}
}

func TestAVoteOnACaseThatMovedIsAskedForAgain(t *testing.T) {
	house := pagestest.New(t)
	id := placed(house, "sector_agreement", "11")
	task := taskOf(t, house, id)
	form := fill(house.SignIn("secretariat").Get(votesPage).Form(votesPage), map[string]count{task: {30, 5, 3, 38}})
	house.Do(id, "record_amendment")
	page := press(form, task).Want(http.StatusUnprocessableEntity).Check().Says("Sprawę zmienił tymczasem ktoś inny", "Odnotowano poprawkę")
	if house.Case(id).State != "on_agenda" {
		t.Fatal("it was recorded on a version that nobody saw")
	}
	press(page.Form(votesPage), task).Follow().Says("Zapisano: Rada Miasta Krakowa podjęła uchwałę")
}

func TestAVoteThatDoesNotSayWhatItIsOnIsNotRecorded(t *testing.T) {
	house := pagestest.New(t)
	id := placed(house, "sector_agreement", "11")
	task := taskOf(t, house, id)
	for _, version := range []string{"", "0", "-1", "x"} {
		form := fill(house.SignIn("secretariat").Get(votesPage).Form(votesPage), map[string]count{task: {30, 5, 3, 38}})
		form.Values.Set(task+"."+frame.VersionField, version)
		press(form, task).Want(http.StatusBadRequest).Says("Otwórz go jeszcze raz")
		if house.Case(id).State != "on_agenda" {
			t.Fatalf("version %q: recorded on a version that nobody saw", version)
		}
	}
}

func TestAVoteThatIsSentTwiceCountsOnce(t *testing.T) {
	house := pagestest.New(t)
	id := placed(house, "sector_agreement", "11")
	task := taskOf(t, house, id)
	form := fill(house.SignIn("secretariat").Get(votesPage).Form(votesPage), map[string]count{task: {30, 5, 3, 38}})
	var together sync.WaitGroup
	pages := make([]*pagestest.Page, 3)
	form.Values.Set("zapisz", task)
	for i := range pages {
		together.Go(func() { pages[i] = form.Send() })
	}
	together.Wait()
	for _, page := range slices.Concat(pages, []*pagestest.Page{form.Send()}) {
		page.Follow().Says("Zapisano: Rada Miasta Krakowa podjęła uchwałę")
	}
	if seq := lastOf(t, house, id); seq.Transition != "record_vote" {
		t.Errorf("the last act is %s", seq.Transition)
	}
}

func TestVotesCanBeCheckedWithoutRecordingThem(t *testing.T) {
	house := pagestest.New(t)
	id := placed(house, "association_membership", "11")
	task := taskOf(t, house, id)
	form := fill(house.SignIn("secretariat").Get(votesPage).Form(votesPage), map[string]count{task: {21, 0, 22, 43}})
	page := press(form, "sprawdz").Want(http.StatusOK).Check().Says("Wynik będzie: Brak wymaganej większości")
	if house.Case(id).State != "on_agenda" || page.Form(votesPage).Values.Get(task+".in.for") != "21" {
		t.Error("checking recorded something, or lost what was typed")
	}
}

func TestNothingTypedIsSaidToBeNothing(t *testing.T) {
	house := pagestest.New(t)
	placed(house, "sector_agreement", "11")
	page := press(house.SignIn("secretariat").Get(votesPage).Form(votesPage), "wszystkie").Want(http.StatusUnprocessableEntity).Check()
	if errors := page.Errors(); len(errors) != 1 || !strings.HasPrefix(errors[0], "Nie wpisano żadnego wyniku") {
		t.Errorf("told %q", errors)
	}
}

func TestNumbersAreCountedFromARollCall(t *testing.T) {
	house := pagestest.New(t)
	id := placed(house, "sector_agreement", "11")
	task := taskOf(t, house, id)
	form := house.SignIn("secretariat").Get(votesPage).Form(votesPage)
	var lines []string
	for i, vote := range strings.Fields(strings.Repeat("za ", 24) + strings.Repeat("PRZECIW ", 4)) {
		lines = append(lines, "Radny "+string(rune('A'+i))+"; "+vote)
	}
	lines = append(lines, "Anna Nowak\tWstrzymał się", "Ewa Lis, nieobecny")
	form.Set(task+".in.roll_call", strings.Join(lines, "\n"))
	done := press(form, task).Follow().Check().Says("Głosy za: 24, Głosy przeciw: 4, Głosy wstrzymujące się: 1, Obecni radni: 29").Silent("Ewa Lis")
	if house.Case(id).State != "resolution_adopted" {
		t.Errorf("%s", done.Text())
	}
}

func TestARollCallThatDisagreesIsRefusedWithItsLine(t *testing.T) {
	house := pagestest.New(t)
	id := placed(house, "sector_agreement", "11")
	task := taskOf(t, house, id)
	form := house.SignIn("secretariat").Get(votesPage).Form(votesPage)
	form.Set(task+".in.roll_call", "Jan Kowalski; za\nAnna Nowak; może")
	page := press(form, task).Want(http.StatusUnprocessableEntity).Check()
	if wrong := page.Form(votesPage).Wrong(task + ".in.roll_call"); !strings.Contains(wrong, "Wiersz 2") || !strings.Contains(wrong, "„za”, „przeciw”") || strings.Contains(wrong, "against") {
		t.Errorf("told %q", wrong)
	}
	again := fill(page.Form(votesPage), map[string]count{task: {30, 5, 3, 38}}).Set(task+".in.roll_call", "Jan Kowalski; za")
	page = press(again, task).Want(http.StatusUnprocessableEntity)
	if wrong := page.Form(votesPage).Wrong(task + ".in.for"); !strings.Contains(wrong, "nie zgadza się z wykazem") {
		t.Errorf("told %q", wrong)
	}
	if house.Case(id).State != "on_agenda" {
		t.Error("it was recorded")
	}
}

func TestTheFirstOfTwoReadingsIsReadAndNotVoted(t *testing.T) {
	house := pagestest.New(t)
	id := placed(house, "partnership_agreement", "11", twoReadings)
	task := taskOf(t, house, id)
	secretariat := house.SignIn("secretariat")
	page := secretariat.Get(votesPage).Check().Says("pierwsze czytanie", "Do czytania, nie do głosowania")
	if page.Form(votesPage).Has(task + ".in.for") {
		t.Error("a first reading can be voted")
	}
	secretariat.Get("/sesje/" + sessionDay).Check().Says("Do czytania pierwsze czytanie")
	house.Do(id, "hold_first_reading")
	house.Do(id, "place_on_agenda", pagestest.Inputs{"session_number": 42, "session_date": sessionDay})
	task = taskOf(t, house, id)
	page = secretariat.Get(votesPage).Check().Says("Odbyło się pierwsze czytanie", "drugie czytanie")
	press(fill(page.Form(votesPage), map[string]count{task: {30, 5, 3, 38}}), task).Follow().Says("Zapisano: Rada Miasta Krakowa podjęła uchwałę")
}

func TestWhoMayRecordVotesAndWhen(t *testing.T) {
	house := pagestest.New(t)
	task := taskOf(t, house, placed(house, "sector_agreement", "11"))
	for login, may := range map[string]bool{"secretariat": true, "everybody": true, "official": false, "auditor": false, "president": false} {
		page := house.SignIn(login).Get(votesPage).Want(http.StatusOK).Check()
		if has := page.Form(votesPage).Has(task + ".in.for"); has != may {
			t.Errorf("%s: a form %v, want %v", login, has, may)
		}
	}
	form := house.SignIn("secretariat").Get(votesPage).Form(votesPage)
	refused := house.SignIn("auditor").Post(votesPage, fill(form, map[string]count{task: {30, 5, 3, 38}}).Values)
	if refused.Status == http.StatusSeeOther {
		t.Error("an auditor recorded a vote")
	}
	house.SignIn("subscriber").Get(votesPage).Want(http.StatusForbidden)
	if house.Visitor().Get(votesPage).Location() == "" {
		t.Error("a visitor is not asked to sign in")
	}
}

func TestAVoteIsNotRecordedBeforeItsSession(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "print_registered")
	house.Do(id, "place_on_agenda", pagestest.Inputs{"session_number": 43, "session_date": "2026-03-18"})
	page := house.SignIn("secretariat").Get("/sesje/2026-03-18/glosowania").Want(http.StatusOK).Check().Says("Sesja jeszcze się nie odbyła")
	if page.Form("/glosowania").Has(taskOf(t, house, id) + ".in.for") {
		t.Error("a vote that is to come can be recorded")
	}
	house.Wait("2026-03-18")
	if page := house.SignIn("secretariat").Get("/sesje/2026-03-18/glosowania"); !page.Form("/glosowania").Has(taskOf(t, house, id) + ".in.for") {
		t.Error("on its day the vote cannot be recorded")
	}
}

func TestVotesAreAskedForInEnglishToo(t *testing.T) {
	house := pagestest.New(t)
	placed(house, "association_membership", "1204")
	placed(house, "sector_agreement", "1205")
	page := house.SignIn("secretariat").English().Get(votesPage).Want(http.StatusOK).Check()
	page.Says("Quorum: at least 22 of 43 councillors present. Absolute majority of the statutory composition: at least 22 votes for.", "Simple majority: more votes for than against; a tie does not carry.", "Votes for", "Record everything that is filled in")
	house.SignIn("secretariat").Get(votesPage).Says("Kworum: co najmniej 22 obecnych z 43 radnych.", "co najmniej 22 głosy za", "Większość zwykła")
}

func TestARollCallThatIsCorrectedIsCountedAnew(t *testing.T) {
	house := pagestest.New(t)
	id := placed(house, "sector_agreement", "11")
	task := taskOf(t, house, id)
	var lines []string
	for i := range 23 {
		lines = append(lines, "Radny "+string(rune('A'+i))+"; za")
	}
	bad := slices.Concat(lines, []string{"Anna Nowak; może", "Ewa Lis", "Jan Kowal; może"})
	form := house.SignIn("secretariat").Get(votesPage).Form(votesPage).Set(task+".in.roll_call", strings.Join(bad, "\n"))
	page := press(form, task).Want(http.StatusUnprocessableEntity).Check()
	again := page.Form(votesPage)
	for _, name := range []string{"for", "against", "abstained", "present"} {
		if got := again.Values.Get(task + ".in." + name); got != "" || again.Wrong(task+".in."+name) != "" {
			t.Errorf("%s came back as %q with %q", name, got, again.Wrong(task+".in."+name))
		}
	}
	if wrong := again.Wrong(task + ".in.roll_call"); !strings.Contains(wrong, "Wiersze 24, 26, „Głos”: ") || !strings.Contains(wrong, "Wiersz 25") {
		t.Errorf("told %q", wrong)
	}
	again.Set(task+".in.roll_call", strings.Join(slices.Concat(lines, []string{"Anna Nowak; wstrzymała się"}), "\n"))
	look := press(again, "sprawdz").Want(http.StatusOK).Check().Says("Policzono z wykazu: Głosy za: 23, Głosy przeciw: 0, Głosy wstrzymujące się: 1, Obecni radni: 24")
	if got := look.Form(votesPage).Values.Get(task + ".in.for"); got != "" {
		t.Errorf("the number came back as %q", got)
	}
	press(look.Form(votesPage), task).Follow().Want(http.StatusOK).Says("Zapisano: Rada Miasta Krakowa podjęła uchwałę")
}

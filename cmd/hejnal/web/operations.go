package web

import (
	"net/http"

	"hejnal/cmd/hejnal/engine"
	"hejnal/store"
	"hejnal/workflow"
)

const (
	get   = http.MethodGet
	post  = http.MethodPost
	patch = http.MethodPatch

	api      = "/api/v1"
	proposed = api + "/proposals/{id}"
)

var paging = []parameter{
	{Name: "limit", Doc: "rows of the page, 1 to 200", Type: "integer"},
	{Name: "cursor", Doc: "next_cursor of the page before"},
}

func paged(parameters ...parameter) []parameter { return append(parameters, paging...) }

// operations lists every call that the face answers.
func (s *server) operations() []operation {
	operations := []operation{
		{Method: get, Path: "/healthz", ID: "healthz", Tag: "installation", Summary: "The process lives", Status: 200, Answer: status{}, handle: s.healthz},
		{Method: get, Path: "/readyz", ID: "readyz", Tag: "installation", Summary: "The process can do its work, and how its parts fare", Status: 200, Answer: readiness{}, handle: s.readyz},
		{Method: get, Path: "/metrics", ID: "metrics", Tag: "installation", Summary: "Measurements for Prometheus", Status: 200, Media: "text/plain", handle: s.serveMetrics},
		{Method: get, Path: "/openapi.json", ID: "openapi", Tag: "installation", Summary: "This document", Status: 200, Media: "application/json", handle: s.serveOpenAPI},
	}
	for _, group := range [][]operation{s.knowledge(), s.partnerOperations(), s.proposalOperations(), s.besideOperations(), s.taskOperations(), s.substitutionOperations(), s.eventOperations(), s.registerOperations()} {
		operations = append(operations, group...)
	}
	return operations
}

func (s *server) knowledge() []operation {
	return []operation{
		{Method: get, Path: api + "/me", ID: "me", Tag: "people", Summary: "Who I am and what I may", Access: signedIn, Status: 200, Answer: me{}, handle: s.me},
		{
			Method: get, Path: api + "/people", ID: "listPeople", Tag: "people", Summary: "Whom a task can be assigned to", Access: readers,
			Query: paged(parameter{Name: "role", Doc: "only people of this role", Values: roleNames()}), Status: 200, Answer: list[personAnswer]{}, handle: s.listPeople,
		},
		{Method: get, Path: api + "/forms", ID: "listForms", Tag: "forms", Summary: "The forms of cooperation, and the codes of fields, tools and documents", Access: signedIn, Status: 200, Answer: formsAnswer{}, handle: s.listForms},
		{Method: get, Path: api + "/workflows/{form}", ID: "showWorkflow", Tag: "forms", Summary: "The definition in force, as data", Access: signedIn, Status: 200, Answer: workflowAnswer{}, handle: s.showWorkflow},
		{Method: get, Path: api + "/workflows/{form}/diagram.svg", ID: "drawWorkflow", Tag: "forms", Summary: "The definition in force, as a picture", Access: signedIn, Status: 200, Media: "image/svg+xml", handle: s.drawWorkflow},
	}
}

func (s *server) partnerOperations() []operation {
	return []operation{
		{
			Method: post, Path: api + "/partners", ID: "enterPartner", Tag: "partners", Summary: "Enter a partner, or get the one that is known already",
			Access: signedIn, Body: engine.NewPartner{}, Writes: true, Status: 201, Also: 200, Answer: store.Partner{}, handle: s.enterPartner,
		},
		{
			Method: get, Path: api + "/partners", ID: "listPartners", Tag: "partners", Summary: "Partners, by name", Access: readers,
			Query: paged(
				parameter{Name: "q", Doc: "beginnings of words of the names; three letters or more are looked for inside words where no word begins with them"}, parameter{Name: "country", Doc: "ISO 3166-1 alpha-2"},
				parameter{Name: "kind", Doc: "kind of partner", Values: partnerKinds},
			), Status: 200, Answer: list[store.Partner]{}, handle: s.listPartners,
		},
		{Method: get, Path: api + "/partners/{id}", ID: "showPartner", Tag: "partners", Summary: "A partner", Access: readers, Status: 200, Answer: store.Partner{}, handle: s.showPartner},
		{
			Method: patch, Path: api + "/partners/{id}", ID: "amendPartner", Tag: "partners", Summary: "Change a partner",
			Access: signedIn, Body: engine.PartnerPatch{}, Writes: true, Status: 200, Answer: store.Partner{}, handle: s.amendPartner,
		},
	}
}

func (s *server) proposalOperations() []operation {
	return []operation{
		{
			Method: post, Path: api + "/proposals", ID: "propose", Tag: "proposals", Summary: "Open a proposal",
			Access: signedIn, Body: newProposal{}, Writes: true, Status: 201, Answer: proposal{}, handle: s.propose,
		},
		{
			Method: get, Path: api + "/proposals", ID: "listProposals", Tag: "proposals", Summary: "Proposals, the last changed first", Access: readers,
			Query: paged(s.proposalFilters()...), Status: 200, Answer: list[proposalItem]{}, handle: s.listProposals,
		},
		{Method: get, Path: proposed, ID: "showProposal", Tag: "proposals", Summary: "A proposal, with everything that its state offers", Access: readers, Status: 200, Answer: proposal{}, handle: s.showProposal},
		{
			Method: patch, Path: proposed, ID: "amendProposal", Tag: "proposals", Summary: "Change a proposal's own data, where the state allows",
			Access: signedIn, Body: proposalPatch{}, Writes: true, Status: 200, Answer: proposal{}, handle: s.amendProposal,
		},
		{
			Method: post, Path: proposed + "/transitions", ID: "advance", Tag: "transitions", Summary: "Make a transition; with dry_run see what it would do",
			Access: signedIn, Body: newTransition{}, Writes: true, Status: 201, Also: 200, Answer: made{}, AlsoAnswer: rehearsed{}, handle: s.advance,
		},
		{
			Method: get, Path: proposed + "/transitions", ID: "listTransitions", Tag: "transitions", Summary: "The history, oldest first", Access: readers,
			Query: paged(), Status: 200, Answer: list[entry]{}, handle: s.listTransitions,
		},
		{Method: get, Path: proposed + "/transitions/{transition}", ID: "showTransition", Tag: "transitions", Summary: "One entry of the history", Access: readers, Status: 200, Answer: entry{}, handle: s.showTransition},
	}
}

func (s *server) besideOperations() []operation {
	return []operation{
		{
			Method: post, Path: proposed + "/documents", ID: "attachDocument", Tag: "documents", Summary: "Attach a document, 25 MiB at most",
			Access: signedIn, Upload: true, Writes: true, Status: 201, Answer: attached{}, handle: s.attach,
		},
		{
			Method: get, Path: proposed + "/documents", ID: "listDocuments", Tag: "documents", Summary: "Documents, oldest first", Access: readers,
			Query: paged(parameter{Name: "kind", Doc: "only of this kind", Values: codeIDs(s.city().Documents)}), Status: 200, Answer: list[workflow.Document]{}, handle: s.listDocuments,
		},
		{
			Method: get, Path: proposed + "/documents/{document}/content", ID: "readDocument", Tag: "documents", Summary: "The bytes of a document", Access: readers,
			Status: 200, Media: "*/*", handle: s.readDocument,
		},
		{
			Method: post, Path: proposed + "/comments", ID: "comment", Tag: "comments", Summary: "Say something about a proposal",
			Access: signedIn, Body: newComment{}, Writes: true, Status: 201, Answer: store.Comment{}, handle: s.comment,
		},
		{
			Method: get, Path: proposed + "/comments", ID: "listComments", Tag: "comments", Summary: "What was said, oldest first; not for administrators", Access: readers,
			Query: paged(), Status: 200, Answer: list[store.Comment]{}, handle: s.listComments,
		},
	}
}

func (s *server) taskOperations() []operation {
	return []operation{
		{
			Method: get, Path: api + "/tasks", ID: "listTasks", Tag: "tasks", Summary: "Tasks, the first due first", Access: readers,
			Query: paged(
				parameter{Name: "role", Doc: "asked of this role", Values: roleNames()}, parameter{Name: "mine", Doc: "mine, or free and asked of my roles", Type: "boolean"},
				parameter{Name: "on_behalf_of", Doc: "in place of mine: id or login; of the user whom I stand in for today, or free and asked of the roles that I am lent"},
				parameter{Name: "state", Doc: "open or completed", Values: taskStates}, parameter{Name: "form", Doc: "of this form", Values: s.formIDs()},
				parameter{Name: "due_before", Doc: "due before this day", Type: "date"},
			), Status: 200, Answer: list[task]{}, handle: s.listTasks,
		},
		{Method: post, Path: api + "/tasks/{id}/claim", ID: "claimTask", Tag: "tasks", Summary: "Take a task", Access: signedIn, Body: nothing{}, Optional: true, Writes: true, Status: 200, Answer: task{}, handle: s.claim},
		{Method: post, Path: api + "/tasks/{id}/release", ID: "releaseTask", Tag: "tasks", Summary: "Give a task back", Access: signedIn, Body: nothing{}, Optional: true, Writes: true, Status: 200, Answer: task{}, handle: s.release},
		{Method: post, Path: api + "/tasks/{id}/assign", ID: "assignTask", Tag: "tasks", Summary: "Give a task to somebody of its role", Access: signedIn, Body: assignment{}, Writes: true, Status: 200, Answer: task{}, handle: s.assign},
	}
}

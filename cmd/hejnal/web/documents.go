package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/intake"
	"hejnal/store"
	"hejnal/workflow"
)

// attached is a document that was attached.
type attached struct {
	workflow.Document
	ProposalID      string `json:"proposal_id"`
	ProposalVersion int64  `json:"proposal_version"`
}

func (s *server) attach(w http.ResponseWriter, r *http.Request) error {
	id, err := call.ID(r, "id")
	if err != nil {
		return err
	}
	early, err := s.request(r, []byte{})
	if err != nil {
		return err
	}
	if early.Key != nil {
		early.Expect = 0 // a known key comes before a stale version
	}
	if _, err := s.Engine.MayAttach(r.Context(), early, id); err != nil {
		return err
	}
	file, err := s.receive(r)
	if err != nil {
		return err
	}
	body, err := json.Marshal(file)
	if err != nil {
		return fmt.Errorf("write parts: %w", err)
	}
	return s.commit(w, r, change{
		body: body,
		make: func(request engine.Request) (engine.Result, error) {
			return s.Engine.Attach(r.Context(), request, id, file)
		},
		answer: func(result engine.Result) (store.Answer, error) {
			p, d := result.Proposal, result.Document
			shown := attached{Document: d, ProposalID: p.ID, ProposalVersion: p.Version}
			return answer(http.StatusCreated, api+"/proposals/"+p.ID+"/documents/"+d.ID+"/content", tag(p.Version), shown)
		},
		created: func(result engine.Result) string { return result.Document.ID },
	})
}

func (s *server) listDocuments(w http.ResponseWriter, r *http.Request) error {
	id, err := call.ID(r, "id")
	if err != nil {
		return err
	}
	p, err := s.Store.Case(r.Context(), id)
	if err != nil {
		return fmt.Errorf("load case: %w", err)
	}
	q, err := queryOf(r)
	if err != nil {
		return err
	}
	kind, asked := q.oneOf("kind", codeIDs(s.city().Documents)), q.page(usualPage)
	after, err := position(asked.Cursor)
	if err != nil {
		return err
	}
	if err := q.err(); err != nil {
		return err
	}
	documents := slices.DeleteFunc(given(p.Documents), func(d workflow.Document) bool { return kind != "" && d.Kind != kind })
	begin := min(int(after), len(documents))
	end := min(begin+asked.Limit, len(documents))
	shown := list[workflow.Document]{Items: documents[begin:end]}
	if end < len(documents) {
		shown.NextCursor = strconv.Itoa(end)
	}
	return writeJSON(w, r, shown)
}

func (s *server) readDocument(w http.ResponseWriter, r *http.Request) error {
	id, err := call.ID(r, "id")
	if err != nil {
		return err
	}
	p, err := s.Store.Case(r.Context(), id)
	if err != nil {
		return fmt.Errorf("load case: %w", err)
	}
	document, err := call.ID(r, "document")
	if err != nil {
		return err
	}
	i := slices.IndexFunc(p.Documents, func(d workflow.Document) bool { return d.ID == document })
	if i < 0 {
		return store.ErrNotFound
	}
	return intake.Serve(w, r, s.Blobs, p.Documents[i], "private, no-cache")
}

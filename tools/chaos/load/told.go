package load

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"hejnal/tools/chaos/history"
)

// tell notes in a call what the answer says.
func tell(call *history.Call, status int, header http.Header, body []byte) {
	var said struct {
		ID         string `json:"id"`
		ProposalID string `json:"proposal_id"`
		Seq        int64  `json:"seq"`
		Title      string `json:"title"`
		Code       string `json:"code"`
	}
	readable := json.Unmarshal(body, &said) == nil
	if status >= http.StatusBadRequest {
		if call.Problem = said.Code; said.Code == "" {
			call.Problem = said.Title
		}
		if status < http.StatusInternalServerError {
			call.Status = status
		} else {
			call.Problem = strconv.Itoa(status) + " " + call.Problem
		}
		return
	}
	call.Status = status
	if version, err := strconv.ParseInt(strings.Trim(header.Get("ETag"), `"`), 10, 64); err == nil {
		call.VersionAfter = version
	}
	if call.Method == http.MethodGet || !readable {
		return
	}
	call.ActID = said.ID
	if call.Transition != "" {
		call.Seq = said.Seq
	}
	if call.Proposal == "" {
		call.Proposal = said.ProposalID
	}
	if call.Path == proposals {
		call.Proposal = said.ID
	}
}

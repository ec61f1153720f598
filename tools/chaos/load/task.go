package load

import (
	"encoding/json"
	"fmt"
	"net/http"

	"hejnal/tools/chaos/history"
)

// takeTask reads the open tasks of a role and claims one of them, or gives it back; now and then as somebody of another role.
func (c *client) takeTask() error {
	by := c.person("official", "lawyer", "president", "secretariat")
	read, err := c.get(tasks+"?state=open&limit=20&role="+by.Role, "", by)
	if err != nil || read.status != http.StatusOK {
		return err
	}
	var list struct {
		Items []struct {
			ID         string  `json:"id"`
			ProposalID string  `json:"proposal_id"`
			Assignee   *string `json:"assignee"`
		} `json:"items"`
	}
	if err := json.Unmarshal(read.body, &list); err != nil {
		return fmt.Errorf("read the tasks: %w", err)
	}
	if len(list.Items) == 0 {
		return nil
	}
	task := list.Items[c.random.IntN(len(list.Items))]
	what := "claim"
	if task.Assignee != nil {
		what = "release"
	}
	if c.random.IntN(12) == 0 {
		by = c.outsider([]string{by.Role})
	}
	_, err = c.post(request{by: by, media: "application/json", body: []byte("{}"), Call: history.Call{
		Path: tasks + "/" + task.ID + "/" + what, Proposal: task.ProposalID, Key: c.key(),
	}})
	return err
}

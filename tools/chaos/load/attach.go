package load

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"

	"hejnal/tools/chaos/history"
)

// attach attaches a document of the kind, and returns the version of the proposal after it; 0 when it was not accepted.
func (c *client) attach(now shown, kind string, by []string) (int64, error) {
	if len(by) == 0 {
		by = []string{"official"}
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	text := fmt.Sprintf("Dokument przykładowy: %s\nSprawa: %s\nStrona: Stołeczne Królewskie Miasto Kraków\nEgzemplarz %d\n", kind, now.ID, c.random.IntN(1e6))
	err := form.WriteField("kind", kind)
	if err == nil {
		err = form.WriteField("language", "pl")
	}
	if err == nil {
		part, failed := form.CreateFormFile("file", kind+".txt")
		if err = failed; err == nil {
			_, err = part.Write([]byte(text))
		}
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		return 0, fmt.Errorf("write an upload: %w", err)
	}
	got, err := c.post(request{by: c.person(by...), media: form.FormDataContentType(), body: body.Bytes(), Call: history.Call{
		Path: proposals + "/" + now.ID + "/documents", Proposal: now.ID, Key: c.key(), VersionBefore: now.Version,
	}})
	if err != nil || got.status != http.StatusCreated {
		return 0, err
	}
	return got.call.VersionAfter, nil
}

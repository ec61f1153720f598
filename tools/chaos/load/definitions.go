package load

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// WriteDefinitions writes what the program prints of every form into a directory, as the checker reads it.
func WriteDefinitions(ctx context.Context, dir string, run Runner) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make a directory for definitions: %w", err)
	}
	listed, err := run(ctx, "workflow", "list", "--json")
	if err != nil {
		return err
	}
	var forms []struct{ Form string }
	if err := json.Unmarshal([]byte(listed), &forms); err != nil {
		return fmt.Errorf("read the list of forms: %w", err)
	}
	for _, form := range forms {
		shown, err := run(ctx, "workflow", "show", "--json", form.Form)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, form.Form+".json"), []byte(shown), 0o600); err != nil {
			return fmt.Errorf("write a definition: %w", err)
		}
	}
	return nil
}

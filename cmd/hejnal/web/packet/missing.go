package packet

import (
	"context"
	"log/slog"
	"strings"

	"hejnal/workflow"
)

// Missing is a document that could not be put in, and why.
type Missing struct {
	File
	Err error
}

// Lacking tells readers which documents a packet of something lacks.
func Lacking(of string, missing []Missing) workflow.Text {
	var list strings.Builder
	for _, one := range missing {
		list.WriteString(one.SHA256 + "  " + one.Name + "\n")
	}
	rest := "\n\n" + of + "\n\n" + list.String()
	return workflow.Text{
		PL: "Ten pakiet jest niekompletny. Poniższych plików nie udało się dołączyć: nie ma ich w magazynie plików albo ich treść nie zgadza się ze skrótem SHA-256 zapisanym w sprawie. Przekaż ten plik administratorowi." + rest,
		EN: "This packet is not complete. The files below could not be put in: they are not in the store of files, or their bytes do not agree with the SHA-256 that their case holds. Hand this file to the administrator." + rest,
	}
}

// Log tells the operator which documents a packet lacks, and why; of says what the packet is of.
func Log(ctx context.Context, log *slog.Logger, of slog.Attr, missing []Missing) {
	for _, one := range missing {
		log.LogAttrs(ctx, slog.LevelError, "document missing from packet", of, slog.String("sha256", one.SHA256), slog.String("error", one.Err.Error()))
	}
}

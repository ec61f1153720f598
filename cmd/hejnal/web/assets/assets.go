package assets

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"sync"
)

// Prefix begins the path of every asset; the name follows.
const Prefix = "/assets/"

//go:embed hejnal.css hejnal.js favicon.svg
//go:embed vendored/govuk-frontend.min.css vendored/govuk-frontend.LICENSE.txt
var embedded embed.FS

// A file is one asset, ready to be sent.
type file struct {
	plain, packed []byte
	media         string
	version       string // begins the SHA-256 of plain, in hexadecimal digits
}

// files are all assets by name.
var files = sync.OnceValue(func() map[string]file {
	all := map[string]file{}
	err := fs.WalkDir(embedded, ".", func(place string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := embedded.ReadFile(place)
		if err != nil {
			return err
		}
		all[path.Base(place)], err = newFile(place, content)
		return err
	})
	if err != nil {
		panic(fmt.Sprintf("read embedded assets: %v", err))
	}
	return all
})

func newFile(name string, content []byte) (file, error) {
	packed, err := pack(content)
	if err != nil {
		return file{}, err
	}
	digest := sha256.Sum256(content)
	return file{plain: content, packed: packed, media: media(name), version: hex.EncodeToString(digest[:8])}, nil
}

// media does not ask the machine, whose table of types may differ from its neighbour's.
func media(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".txt":
		return "text/plain; charset=utf-8"
	}
	return "application/octet-stream"
}

func pack(content []byte) ([]byte, error) {
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(content); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}

// URL is the address of the asset with this name, such as "hejnal.css", with its version. It
// may be given to templates as a function: a name that does not exist stops them.
func URL(name string) (string, error) {
	f, ok := files()[name]
	if !ok {
		return "", fmt.Errorf("address asset: there is no %q", name)
	}
	return Prefix + name + "?v=" + f.version, nil
}

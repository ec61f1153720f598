package embedded

import (
	"errors"
	"fmt"
	"os"
)

// roomy is how much must find room beside the streams before they are opened again, in bytes.
const roomy = 1 << 20

// Reopen closes the streams and opens them again from their files. Connections stay, and so do consumers. After a write
// that failed, as on a full disk, the server takes nothing into a stream until then. It is an error, and nothing happens,
// while there is no room for more. The server opens one stream after another and answers of those to come that they are not
// there: nobody must make one meanwhile.
func (s *Server) Reopen() error {
	if err := s.tryRoom(); err != nil {
		return fmt.Errorf("open the streams again: %w", err)
	}
	home, err := s.ns.LookupAccount(internalAccount)
	if err != nil {
		return fmt.Errorf("open the streams again: %w", err)
	}
	if err := home.DisableJetStream(); err != nil {
		return fmt.Errorf("close the streams: %w", err)
	}
	if err := home.EnableJetStream(nil, nil); err != nil {
		return fmt.Errorf("open the streams again: %w", err)
	}
	return nil
}

// tryRoom writes a file and removes it.
func (s *Server) tryRoom() error {
	file, err := os.CreateTemp(s.opts.Dir, "room-*")
	if err != nil {
		return err
	}
	_, err = file.Write(make([]byte, roomy))
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close(), os.Remove(file.Name()))
}

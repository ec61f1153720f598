package installation

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// Parameters of argon2id for new passwords: passes, memory in KiB, lanes.
const (
	passes = 2
	memory = 19 * 1024
	lanes  = 1
	length = 32
)

// HashPassword gives the argon2id hash of a password in PHC form.
func HashPassword(password string) string {
	salt := make([]byte, 16)
	rand.Read(salt)
	sum := argon2.IDKey([]byte(password), salt, passes, memory, lanes, length)
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, memory, passes, lanes, encode(salt), encode(sum))
}

// VerifyPassword reports whether the password has the hash; it takes the time of a verification for an unreadable hash too.
func VerifyPassword(hash, password string) bool {
	read, readable := readHash(hash)
	got := argon2.IDKey([]byte(password), read.salt, read.passes, read.memory, read.lanes, length)
	return subtle.ConstantTimeCompare(got, read.sum) == 1 && readable
}

// hashed is what an argon2id hash in PHC form says.
type hashed struct {
	memory, passes uint32
	lanes          uint8
	salt, sum      []byte
}

// most are the largest parameters of a hash that are still computed; a larger one would only keep the server busy.
var most = hashed{memory: 1 << 20, passes: 16, lanes: 16}

// readHash reads a hash. For one that cannot be read it answers the parameters of new passwords, and false.
func readHash(hash string) (hashed, bool) {
	decoy := hashed{memory: memory, passes: passes, lanes: lanes, salt: make([]byte, 16), sum: make([]byte, length)}
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return decoy, false
	}
	var h hashed
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &h.memory, &h.passes, &h.lanes); err != nil {
		return decoy, false
	}
	var saltErr, sumErr error
	h.salt, saltErr = base64.RawStdEncoding.DecodeString(parts[4])
	h.sum, sumErr = base64.RawStdEncoding.DecodeString(parts[5])
	within := h.memory > 0 && h.memory <= most.memory && h.passes > 0 && h.passes <= most.passes && h.lanes > 0 && h.lanes <= most.lanes
	if saltErr != nil || sumErr != nil || len(h.sum) != length || !within {
		return decoy, false
	}
	return h, true
}

// letters are 32, so that the remainder of a random byte favours none of them.
const letters = "abcdefghijkmnpqrstuvwxyz23456789"

// Secret draws a secret of 160 bits in letters and digits that are not mistaken for one another.
func Secret() string {
	raw := make([]byte, 32)
	rand.Read(raw)
	for i, b := range raw {
		raw[i] = letters[int(b)%len(letters)]
	}
	return string(raw)
}

// HashToken gives the hash that an API token is kept under.
func HashToken(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

package installation_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/crypto/argon2"

	"hejnal/cmd/hejnal/installation"
)

func TestAPasswordHasItsHashAndNoOther(t *testing.T) {
	for _, password := range []string{"", "hejnał", strings.Repeat("z", 1000), installation.Secret()} {
		hash := installation.HashPassword(password)
		if !installation.VerifyPassword(hash, password) {
			t.Errorf("the password %q does not have its hash %s", password, hash)
		}
		if installation.VerifyPassword(hash, password+" ") {
			t.Errorf("another password has the hash of %q", password)
		}
		if hash == installation.HashPassword(password) {
			t.Errorf("the password %q has the same hash twice, so that there is no salt", password)
		}
	}
}

func TestAHashIsWrittenInPHCForm(t *testing.T) {
	parts := strings.Split(installation.HashPassword("x"), "$")
	if len(parts) != 6 || strings.Join(parts[:4], "$") != "$argon2id$v=19$m=19456,t=2,p=1" || len(parts[4]) != 22 || len(parts[5]) != 43 {
		t.Errorf("it is %q", parts)
	}
}

func TestHashesWithOtherParametersAreRead(t *testing.T) {
	encode := base64.RawStdEncoding.EncodeToString
	salt := []byte("somesalt")
	hash := "$argon2id$v=19$m=64,t=3,p=4$" + encode(salt) + "$" + encode(argon2.IDKey([]byte("password"), salt, 3, 64, 4, 32))
	if !installation.VerifyPassword(hash, "password") || installation.VerifyPassword(hash, "passwort") {
		t.Errorf("%s is not read", hash)
	}
}

func TestAnUnreadableHashFitsNoPassword(t *testing.T) {
	good := installation.HashPassword("")
	parts := strings.Split(good, "$")
	with := func(i int, part string) string {
		changed := append([]string(nil), parts...)
		changed[i] = part
		return strings.Join(changed, "$")
	}
	for _, hash := range []string{
		"", "$", "$$$$$", "plain", good[1:], good + "$", with(1, "argon2i"), with(1, "bcrypt"), with(2, "v=16"), with(3, "m=0,t=2,p=1"),
		with(3, "m=19456,t=0,p=1"), with(3, "m=19456,t=2,p=0"), with(3, "m=4294967295,t=2,p=1"), with(3, "m=19456,t=4294967295,p=1"),
		with(3, "m=19456,t=2,p=256"), with(3, "t=2"), with(4, "!"), with(5, "!"), with(5, ""), with(5, parts[5][:42]), with(5, parts[5]+parts[5]),
		with(5, strings.Repeat("A", 43)),
	} {
		if installation.VerifyPassword(hash, "") {
			t.Errorf("the empty password has the hash %q", hash)
		}
	}
}

func TestASecretIsDrawnEvenlyFromLettersThatAreNotMistaken(t *testing.T) {
	count := map[rune]int{}
	seen := map[string]bool{}
	const secrets = 4000
	for range secrets {
		secret := installation.Secret()
		if len(secret) != 32 || seen[secret] {
			t.Fatalf("the secret %q", secret)
		}
		seen[secret] = true
		for _, letter := range secret {
			count[letter]++
		}
	}
	if len(count) != 32 {
		t.Errorf("%d letters are in use, so that a secret has not 160 bits", len(count))
	}
	for letter, n := range count {
		if strings.ContainsRune("lo01", letter) || n < secrets*8/10 || n > secrets*12/10 { // each is expected as often as there are secrets
			t.Errorf("%c is in use %d times among %d secrets", letter, n, secrets)
		}
	}
}

func TestATokenIsKeptUnderItsSHA256(t *testing.T) {
	if got := installation.HashToken("abc"); got != "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" {
		t.Error(got)
	}
}

func ExampleVerifyPassword() {
	hash := installation.HashPassword("hejnał z wieży")
	fmt.Println(installation.VerifyPassword(hash, "hejnał z wieży"), installation.VerifyPassword(hash, "hejnał"))
	// Output: true false
}

package catalogue

import (
	_ "embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"aead.dev/minisign"
)

// A person may trust other publishers of catalogues than the program was built with,
// such as a help desk: their public keys stand in the data folder, in a file as minisign
// writes it, one after the other. Which of them signed the packs that were installed
// stands beside it. Who can write there can replace the catalogue itself, so the file
// needs no more protection than that.
const (
	trustedName = "catalogue-publishers.pub"
	signersName = "catalogue-signers.txt"
	maxKeyFile  = 4096 // bytes; a public key has about a hundred
	comment     = "untrusted comment:"
)

// Why a key is not taken.
var (
	ErrNoPublicKey  = refusal{"no_public_key", "not a public key as minisign writes it"}
	ErrPrivateKey   = refusal{"private_key", "this is a signing key; want the public one"}
	ErrNotTrusted   = refusal{"not_trusted", "no publisher with this key is trusted"}
	ErrBuiltInTrust = refusal{"trusted_already", "the program was built with this key"}
)

// A Publisher signs packs. Its name is what the file with its key says, and proves
// nothing: the key does.
type Publisher struct {
	Name    string
	Key     minisign.PublicKey
	BuiltIn bool // the program was built with its key
}

// ID is the key's, as minisign shows it: "0123456789ABCDEF".
func (p Publisher) ID() string { return fmt.Sprintf("%016X", p.Key.ID()) }

// File is a publisher's public key as minisign writes it to a file, for others to trust.
func (p Publisher) File() string {
	return fmt.Sprintf("%s %s\n%s\n", comment, cleanName(p.Name), p.Key)
}

// releaseKeys are the public keys that the program was built with, as minisign writes them.
//
//go:embed release.pub
var releaseKeys string

// builtIn returns the publishers that the program was built with.
func builtIn() []Publisher {
	out := parseKeys(releaseKeys)
	for i := range out {
		out[i].Name, out[i].BuiltIn = "Houdbaar", true
	}
	return out
}

// Publishers returns whose packs are taken: those that the program was built with, then
// those that the person trusts, whose keys stand in dir.
func Publishers(dir string) ([]Publisher, error) {
	more, err := readTrusted(dir)
	return append(builtIn(), more...), err
}

// trusted is Publishers, and ErrNoKey where there is none: in a program of somebody who
// emptied the file with its keys, until a person trusts a publisher.
func trusted(dir string) ([]Publisher, error) {
	all, err := Publishers(dir)
	if err == nil && len(all) == 0 {
		err = ErrNoKey
	}
	return all, err
}

func readTrusted(dir string) ([]Publisher, error) {
	if dir == "" {
		return nil, nil
	}
	text, err := os.ReadFile(filepath.Join(dir, trustedName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("trusted publishers: %w", err)
	}
	return parseKeys(string(text)), nil
}

// parseKeys reads keys, each with the comment before it; what is none is passed over.
func parseKeys(text string) []Publisher {
	var out []Publisher
	name := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if after, ok := strings.CutPrefix(line, comment); ok {
			name = cleanName(after)
			continue
		}
		var key minisign.PublicKey
		if line != "" && key.UnmarshalText([]byte(line)) == nil {
			out = append(out, Publisher{Name: name, Key: key})
			name = ""
		}
	}
	return out
}

// cleanName keeps what can be shown as one short line.
func cleanName(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || r == unicode.ReplacementChar || unicode.Is(unicode.Bidi_Control, r)
	}), " ")
	if r := []rune(s); len(r) > 80 {
		s = string(r[:80])
	}
	return s
}

// Trust reads the public key of a publisher, and takes its packs from now on. Trusting
// it again changes its name.
func Trust(dir string, file io.Reader) (p Publisher, err error) {
	defer wrap(&err, "trust publisher")
	text, err := io.ReadAll(io.LimitReader(file, maxKeyFile+1))
	if err != nil {
		return p, err
	}
	if minisign.IsEncrypted(text) || strings.Contains(string(text), "secret key") {
		return p, ErrPrivateKey
	}
	keys := parseKeys(string(text))
	if len(text) > maxKeyFile || len(keys) != 1 {
		return p, ErrNoPublicKey
	}
	p = keys[0]
	if slices.ContainsFunc(builtIn(), func(own Publisher) bool { return own.Key.Equal(p.Key) }) {
		return p, ErrBuiltInTrust
	}
	have, err := readTrusted(dir)
	if err != nil {
		return p, err
	}
	return p, writeTrusted(dir, append(without(have, p.ID()), p))
}

// Distrust takes no more packs of a trusted publisher. The catalogue in use stays.
func Distrust(dir, id string) (Publisher, error) {
	have, err := readTrusted(dir)
	if err != nil {
		return Publisher{}, err
	}
	for _, p := range have {
		if strings.EqualFold(p.ID(), strings.TrimSpace(id)) {
			return p, writeTrusted(dir, without(have, p.ID()))
		}
	}
	return Publisher{}, fmt.Errorf("distrust publisher %q: %w", id, ErrNotTrusted)
}

func without(all []Publisher, id string) []Publisher {
	return slices.DeleteFunc(all, func(p Publisher) bool { return p.ID() == id })
}

func writeTrusted(dir string, all []Publisher) error {
	var b strings.Builder
	for _, p := range all {
		b.WriteString(p.File())
	}
	if err := replace(strings.NewReader(b.String()), filepath.Join(dir, trustedName)); err != nil {
		return fmt.Errorf("trusted publishers: %w", err)
	}
	return nil
}

// signers are the versions that were installed, each with the ID of the key that signed
// it: "2026-11-21-0a1b2c3d 0123456789ABCDEF".
func signers(dir string) []string {
	text, _ := os.ReadFile(filepath.Join(dir, signersName)) // none were, where there is no file
	return strings.FieldsFunc(string(text), func(r rune) bool { return r == '\n' || r == '\r' })
}

// Signer returns the ID of the key that signed a version of the catalogue in dir, ""
// for one that came with the program.
func Signer(dir, version string) string {
	for _, line := range signers(dir) {
		if id, ok := strings.CutPrefix(line, version+" "); ok {
			return id
		}
	}
	return ""
}

// keptSigners are as many as there can be catalogues: the one in use and the one before.
const keptSigners = 2

// sign keeps who signed a version. It is written before the version is put in its place:
// a line too many says nothing.
func sign(dir, version string, by Publisher) error {
	lines := []string{version + " " + by.ID()}
	for _, line := range signers(dir) {
		if !strings.HasPrefix(line, version+" ") && len(lines) < keptSigners {
			lines = append(lines, line)
		}
	}
	return replace(strings.NewReader(strings.Join(lines, "\n")+"\n"), filepath.Join(dir, signersName))
}

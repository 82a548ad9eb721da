package catalogue_test

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"houdbaar/internal/catalogue"
)

// FuzzInstall: whatever a pack holds, it is refused and nothing is left, or it is a
// whole catalogue. Half of the packs are signed as they should be, so that what is
// behind the signature is reached.
func FuzzInstall(f *testing.F) {
	public, private := pair(f)
	path := small(f, "2026-11-01")
	body, err := os.ReadFile(path)
	must(f, err)
	whole := pack(f, path, private)
	f.Add(whole, false)
	f.Add(whole[:len(whole)/2], false)
	f.Add(body, true)
	f.Add(body[:4096], true)
	f.Add([]byte("SQLite format 3\x00"), true)
	f.Fuzz(func(t *testing.T, b []byte, signed bool) {
		if signed {
			b = sealed(b, private)
		}
		dir := trusting(t, public)
		meta, err := catalogue.Install(t.Context(), bytes.NewReader(b), dir)
		left, _ := os.ReadDir(dir)
		if err != nil && len(left) > 1 { // who is trusted
			t.Errorf("refused (%v), and left %v", err, left)
		}
		if err == nil && (meta.Products == 0 || len(left) != 3) { // and the catalogue, and who signed it
			t.Errorf("installed %+v as %v", meta, left)
		}
	})
}

// FuzzTrust: whatever a file with a key holds, it is refused and nobody is trusted, or one
// publisher is, with a name that can be shown on a line, and can be taken back.
func FuzzTrust(f *testing.F) {
	public, _ := pair(f)
	f.Add([]byte(keyFile("Help desk", public)))
	f.Add([]byte(keyFile("a\u202eb\x1b[31m\x00", public)))
	f.Add([]byte("untrusted comment: minisign encrypted secret key\nRWRTY0Iy\n"))
	f.Add([]byte("untrusted comment: nobody\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		dir := t.TempDir()
		p, err := catalogue.Trust(dir, bytes.NewReader(b))
		all, listed := catalogue.Publishers(dir)
		if listed != nil {
			t.Fatal(listed)
		}
		trusted := slices.DeleteFunc(all, func(p catalogue.Publisher) bool { return p.BuiltIn })
		switch {
		case err != nil && len(trusted) > 0:
			t.Errorf("refused (%v), and trusts %v", err, trusted)
		case err != nil:
		case len(trusted) != 1 || trusted[0].ID() != p.ID():
			t.Errorf("took %s, and trusts %v", p.ID(), trusted)
		case strings.ContainsFunc(p.Name, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }):
			t.Errorf("called %q", p.Name)
		default:
			if _, err := catalogue.Distrust(dir, p.ID()); err != nil {
				t.Error(err)
			}
		}
	})
}

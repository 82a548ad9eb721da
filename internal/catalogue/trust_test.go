package catalogue_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"aead.dev/minisign"

	"houdbaar/internal/catalogue"
)

func keyFile(name string, key minisign.PublicKey) string {
	return catalogue.Publisher{Name: name, Key: key}.File()
}

// programs are the publishers that the program was built with.
func programs(t *testing.T) []catalogue.Publisher {
	t.Helper()
	all, err := catalogue.Publishers("")
	must(t, err)
	return all
}

func TestAPersonTrustsAPublisher(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "not made yet")
	desk, private := pair(t)
	other, _ := pair(t)
	before := pack(t, small(t, "2026-01-01"), private)
	install := func(pack []byte) error {
		t.Helper()
		_, err := catalogue.Install(ctx, bytes.NewReader(pack), dir)
		return err
	}
	if err := install(before); !errors.Is(err, catalogue.ErrSignature) {
		t.Errorf("with nobody trusted but the program's own key: %v, want ErrSignature", err)
	}
	if _, err := catalogue.Trust(dir, strings.NewReader(keyFile("somebody else", other))); err != nil {
		t.Fatal(err)
	}
	if err := install(before); !errors.Is(err, catalogue.ErrSignature) {
		t.Errorf("signed by a stranger: %v, want ErrSignature", err)
	}
	p, err := catalogue.Trust(dir, strings.NewReader(keyFile(" Help\u202edesk\t of\x1b  somewhere ", desk)))
	if err != nil || p.Name != "Help desk of somewhere" || !p.Key.Equal(desk) || len(p.ID()) != 16 {
		t.Errorf("trusted %q %s, %v", p.Name, p.ID(), err)
	}
	if err := install(before); err != nil {
		t.Errorf("signed by a trusted publisher: %v", err)
	}
	if got := catalogue.Signer(dir, version(t, dir)); got != p.ID() {
		t.Errorf("signed by %q, want %q", got, p.ID())
	}
	if _, err := catalogue.Trust(dir, strings.NewReader(keyFile("Help desk", desk))); err != nil {
		t.Fatal(err)
	}
	all, err := catalogue.Publishers(dir)
	if own := len(programs(t)); err != nil || len(all) != own+2 || all[own].Name != "somebody else" || all[own+1].Name != "Help desk" {
		t.Errorf("trusted are %v, %v: want the program's own, then both, once", all, err)
	}
	if _, err := catalogue.Distrust(dir, strings.ToLower(p.ID())); err != nil {
		t.Error(err)
	}
	if _, err := catalogue.Distrust(dir, p.ID()); !errors.Is(err, catalogue.ErrNotTrusted) {
		t.Errorf("not trusted any more: %v, want ErrNotTrusted", err)
	}
	if err := install(pack(t, small(t, "2026-02-01"), private)); !errors.Is(err, catalogue.ErrSignature) {
		t.Errorf("signed by one that is trusted no more: %v, want ErrSignature", err)
	}
	if !strings.HasPrefix(version(t, dir), "2026-01-01") {
		t.Error("the catalogue in use was changed")
	}
}

func TestWhatIsNoPublicKeyIsNotTrusted(t *testing.T) {
	public, private := pair(t)
	secret, err := private.MarshalText()
	must(t, err)
	for name, c := range map[string]struct {
		file string
		want error
	}{
		"nothing":          {"", catalogue.ErrNoPublicKey},
		"a text":           {"hello", catalogue.ErrNoPublicKey},
		"two keys":         {keyFile("a", public) + keyFile("b", public), catalogue.ErrNoPublicKey},
		"a cut key":        {keyFile("a", public)[:40], catalogue.ErrNoPublicKey},
		"a very long file": {strings.Repeat("\n", 1<<20) + keyFile("a", public), catalogue.ErrNoPublicKey},
		"the signing key":  {"untrusted comment: minisign secret key\n" + string(secret), catalogue.ErrPrivateKey},
		"a pack":           {"houdbaar catalogue pack 1\nuntrusted comment: signature\nRUQ\n", catalogue.ErrNoPublicKey},
	} {
		dir := t.TempDir()
		if _, err := catalogue.Trust(dir, strings.NewReader(c.file)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if left, _ := os.ReadDir(dir); len(left) > 0 {
			t.Errorf("%s: left %v behind", name, left)
		}
		if catalogue.Code(c.want) == "other" {
			t.Errorf("%s: no sentence for %v", name, c.want)
		}
	}
}

// TestAnInstalledPackStaysUntilTheProgramBringsALaterDay: the catalogue built into the
// program does not undo what a person installed.
func TestAnInstalledPackStaysUntilTheProgramBringsALaterDay(t *testing.T) {
	public, private := pair(t)
	for _, c := range []struct{ own, pack, want string }{
		{"2026-03-01", "2026-03-02", "pack"},
		{"2026-03-01", "2026-03-01", "pack"},
		{"2026-03-03", "2026-03-02", "own"},
	} {
		dir := trusting(t, public)
		if _, err := catalogue.Install(ctx, bytes.NewReader(pack(t, small(t, c.pack), private)), dir); err != nil {
			t.Fatal(err)
		}
		installed := version(t, dir)
		own := small(t, c.own)
		body, err := os.ReadFile(own)
		must(t, err)
		assets := fstest.MapFS{"catalogue/catalogue.db": {Data: body}, "catalogue/catalogue.db.version": {Data: []byte(c.own + "-another\n")}}
		db, err := catalogue.OpenEmbedded(assets, dir)
		must(t, err)
		signed := catalogue.Signer(dir, db.Meta().Version) != ""
		db.Close()
		if stays := version(t, dir) == installed && signed; stays != (c.want == "pack") {
			t.Errorf("the program's of %s, a pack of %s: in use is %s, want the %s", c.own, c.pack, version(t, dir), c.want)
		}
	}
}

func TestADamagedListOfPublishersTrustsNobody(t *testing.T) {
	public, _ := pair(t)
	dir := t.TempDir()
	if _, err := catalogue.Trust(dir, strings.NewReader(keyFile("a", public))); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*.pub"))
	if len(files) != 1 {
		t.Fatalf("files %v", files)
	}
	must(t, os.WriteFile(files[0], bytes.Repeat([]byte("untrusted comment: x\nRWx\x00\xff\n"), 50), 0o600))
	if all, err := catalogue.Publishers(dir); err != nil || len(all) != len(programs(t)) {
		t.Errorf("trusted are %v, %v", all, err)
	}
}

func TestTheProgramTakesPacksOfItsOwnKey(t *testing.T) {
	all, err := catalogue.Publishers(t.TempDir())
	if err != nil || len(all) == 0 || !all[0].BuiltIn || all[0].Name != "Houdbaar" {
		t.Fatalf("before anybody trusts somebody, packs are taken of %v, %v; want the program's own key", all, err)
	}
	if _, err := catalogue.Trust(t.TempDir(), strings.NewReader(all[0].File())); !errors.Is(err, catalogue.ErrBuiltInTrust) {
		t.Errorf("trusting it again: %v, want ErrBuiltInTrust", err)
	}
	if _, err := catalogue.Distrust(t.TempDir(), all[0].ID()); err == nil {
		t.Error("the program's own key can be distrusted without a word; want an error")
	}
}

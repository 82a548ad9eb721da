package main

import (
	"bytes"
	"crypto/rand"
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"aead.dev/minisign"

	"houdbaar/internal/catalogue"
	facts "houdbaar/internal/catalogue/build"
	"houdbaar/internal/lab"
)

// packed writes a catalogue that knows one invented camera and nothing else, signed, and
// returns its version.
func packed(t *testing.T, to string, key minisign.PrivateKey) string {
	t.Helper()
	s := &facts.Sources{
		Vendors:  []facts.Vendor{{Name: "Invented"}},
		Products: []facts.Product{{Vendor: "Invented", Model: "EYE1", Kind: "camera"}},
		Publishers: []facts.Publisher{{Folder: "invented", Name: "Invented", Trust: "vendor", Terms: "invented",
			Sources: []facts.Source{{Key: "list", Title: "Invented list", URL: "https://example.com/list", Read: "2026-11-30"}},
			Facts:   []facts.Fact{{Vendor: "Invented", Model: "EYE1", Says: "end_of_security_support", Date: "2020", Source: "list"}}}},
	}
	db := filepath.Join(t.TempDir(), "catalogue.db")
	must(t, facts.Write(s, db))
	var pack bytes.Buffer
	must(t, catalogue.WritePack(&pack, db, key))
	version, err := os.ReadFile(db + catalogue.VersionSuffix)
	must(t, err, os.WriteFile(to, pack.Bytes(), 0o644))
	return strings.TrimSpace(string(version))
}

// signer makes a pair of keys.
func signer(t *testing.T) (minisign.PublicKey, minisign.PrivateKey) {
	t.Helper()
	public, private, err := minisign.GenerateKey(rand.Reader)
	must(t, err)
	return public, private
}

// opens chooses a file of the home folder in Fyne's own dialog.
func (d *desk) opens(name string) {
	d.t.Helper()
	d.click(name, drawn(name))
	d.click("the button that opens it", can(says("Open")))
}

// TestAPackIsInstalledAndTakenBack: one from nobody known and one from a stranger change
// nothing; one from a publisher whom a person trusts judges at once, until it is taken back.
func TestAPackIsInstalledAndTakenBack(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		play(t, n, lab.RouterAddr.As4()[3], "d-link-dir-860l-a1")
		d := sit(t, n, bin, "--theme", "light", "--lang", "en", "--on", lab.HomeDay, "--scan")
		public, private := signer(t)
		_, stranger := signer(t)
		version := packed(t, filepath.Join(d.home, "good.pack"), private)
		packed(t, filepath.Join(d.home, "bad.pack"), stranger)
		desk := catalogue.Publisher{Name: "Invented help desk", Key: public}
		must(t, os.WriteFile(filepath.Join(d.home, "desk.pub"), []byte(desk.File()), 0o644))
		page := image.Rect(0, 60, 1100, 720)
		install := func(name, said string, args ...any) {
			t.Helper()
			d.bring(page, "catalogue.install")
			d.press("catalogue.install")
			d.opens(name)
			d.sees("what came of it", holds(d.words.Text(said, args...)))
			d.tidy("the catalogue")
		}
		judged := func(verdict string) {
			t.Helper()
			d.keys("Escape")
			d.sees("the router", row(d.chip(verdict), "DIR-860L"))
			d.choose("window.catalogue")
		}
		d.scanned()
		d.choose("window.catalogue")
		install("good.pack", "pack.signature") // the program knows only its own key
		judged("replace_now")
		d.bring(page, "catalogue.trust")
		d.press("catalogue.trust")
		d.opens("desk.pub")
		d.reads("ctl.catalogue.trusted", desk.Name, desk.ID())
		d.tidy("what trusting means")
		d.press("window.close")
		d.bring(page, "catalogue.publisher", desk.Name, desk.ID())
		install("bad.pack", "pack.signature")
		judged("replace_now")
		install("good.pack", "catalogue.installed", version, d.words.Number(1))
		d.keep("pack-en")
		judged("cannot_tell") // the new one does not know it
		d.bring(page, "catalogue.step_back")
		d.press("catalogue.step_back")
		d.press("catalogue.step_back_yes")
		d.gone("the question", says(d.words.Text("catalogue.step_back_ask")))
		judged("replace_now")
		d.leave()
	})
}

// TestThePracticeHouseNamesTheCatalogueThatJudges, also after a pack has come.
func TestThePracticeHouseNamesTheCatalogueThatJudges(t *testing.T) {
	real := opened(t)
	house, err := openPractice(real)
	must(t, err)
	defer house.Close()
	public, private := signer(t)
	desk := catalogue.Publisher{Name: "Invented help desk", Key: public}
	_, err = real.Trust(strings.NewReader(desk.File()))
	must(t, err)
	file := filepath.Join(t.TempDir(), "good.pack")
	packed(t, file, private)
	pack, err := os.Open(file)
	must(t, err)
	defer pack.Close()
	before := house.CatalogueMeta()
	now, err := real.InstallPack(t.Context(), pack)
	must(t, err)
	if got := house.CatalogueMeta(); got != now || got == before {
		t.Errorf("the practice house says %+v, the catalogue is %+v", got, now)
	}
}

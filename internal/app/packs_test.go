package app

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"aead.dev/minisign"

	"houdbaar/internal/catalogue"
	"houdbaar/internal/device"
	"houdbaar/internal/lab"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// TestAPackIsRefusedOrJudgesAtOnce installs packs through a running engine: what is
// refused changes nothing, and the engine answers whatever happened.
func TestAPackIsRefusedOrJudgesAtOnce(t *testing.T) {
	lab.HomeFolder(t, t.TempDir())
	const built = "../../assets/catalogue/catalogue.db"
	file, err := os.ReadFile(built)
	if err != nil {
		t.Fatalf("%v (make catalogue builds it)", err)
	}
	e := Open(fstest.MapFS{"catalogue/catalogue.db": {Data: file}})
	defer e.Close()
	public, private, err := minisign.GenerateKey(rand.Reader)
	must(t, err)
	if _, err := e.Trust(strings.NewReader(catalogue.Publisher{Name: "Invented", Key: public}.File())); err != nil {
		t.Fatal(err)
	}
	before := e.CatalogueMeta()
	knows := func() {
		t.Helper()
		if f, err := e.Check(t.Context(), device.Identity{Vendor: "D-Link", Model: "DIR-860L", Revision: "A1"}); err != nil || f.Verdict.Kind != lifecycle.ReplaceNow {
			t.Errorf("the engine answers %v, %v", f.Verdict.Kind, err)
		}
	}
	for name, c := range map[string]struct {
		pack []byte
		want error
	}{
		"a file that is no pack":        {[]byte("hello"), catalogue.ErrNoPack},
		"the very catalogue in use":     {pack(t, built, private), catalogue.ErrNotNewer},
		"a pack that was changed":       {append(pack(t, built, private), 1), catalogue.ErrSignature},
		"a pack signed by someone else": {pack(t, built, stranger(t)), catalogue.ErrSignature},
	} {
		if _, err := e.InstallPack(context.Background(), bytes.NewReader(c.pack)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if e.CatalogueMeta() != before {
			t.Errorf("%s: the catalogue became %v", name, e.CatalogueMeta())
		}
		knows()
	}
	if _, err := e.StepBack(t.Context()); !errors.Is(err, catalogue.ErrNoBefore) {
		t.Errorf("step back with nothing before: %v", err)
	}
	knows()
}

func pack(t *testing.T, path string, key minisign.PrivateKey) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, catalogue.WritePack(&b, path, key))
	return b.Bytes()
}

func stranger(t *testing.T) minisign.PrivateKey {
	t.Helper()
	_, private, err := minisign.GenerateKey(rand.Reader)
	must(t, err)
	return private
}

// TestAScanIsJudgedAgainByWhatAPersonSays changes no device and no day.
func TestAScanIsJudgedAgainByWhatAPersonSays(t *testing.T) {
	c := newCourt(t)
	e := &Engine{rules: c.rules, catalogue: c.db, On: c.on}
	s := scan.Scan{On: c.on, Findings: []scan.Finding{{Device: device.Device{ID: "silent"}}}}
	e.Correct = func(device.Device) (device.Identity, bool) {
		return device.Identity{Vendor: "D-Link", Model: "DIR-860L", Revision: "A1", Kind: device.Router, Corrected: true}, true
	}
	again, err := e.Again(t.Context(), s)
	must(t, err)
	if f := again.Findings[0]; f.Verdict.Kind != lifecycle.ReplaceNow || f.Device.ID != "silent" || !again.On.Equal(c.on) {
		t.Errorf("judged %s for %s on %v", f.Verdict.Kind, f.Device.ID, again.On)
	}
	if s.Findings[0].Verdict.Kind != lifecycle.CannotTell {
		t.Error("the scan that was given was changed")
	}
}

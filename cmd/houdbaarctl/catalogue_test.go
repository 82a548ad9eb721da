package main

import (
	"bytes"
	"crypto/rand"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"aead.dev/minisign"

	"houdbaar/internal/catalogue"
	facts "houdbaar/internal/catalogue/build"
	"houdbaar/internal/lab"
)

// aPack is a signed catalogue of one invented camera that ended.
func aPack(t *testing.T, day string, key minisign.PrivateKey) string {
	t.Helper()
	s := &facts.Sources{
		Vendors:  []facts.Vendor{{Name: "Invented"}},
		Products: []facts.Product{{Vendor: "Invented", Model: "EYE1", Kind: "camera"}},
		Publishers: []facts.Publisher{{Folder: "invented", Name: "Invented", Trust: "vendor", Terms: "invented",
			Sources: []facts.Source{{Key: "list", Title: "Invented list", URL: "https://example.com/list", Read: day}},
			Facts: []facts.Fact{{Vendor: "Invented", Model: "EYE1", Says: "end_of_security_support", Date: "2020", Source: "list"},
				{Vendor: "Invented", Model: "EYE9", Says: "end_of_life", Source: "list", Note: "a slip of the list", Withdrawn: true}}}},
	}
	dir := t.TempDir()
	db, file := filepath.Join(dir, "catalogue.db"), filepath.Join(dir, day+".pack")
	must(t, facts.Write(s, db))
	var b bytes.Buffer
	must(t, catalogue.WritePack(&b, db, key))
	must(t, os.WriteFile(file, b.Bytes(), 0o644))
	return file
}

// TestAHelpdesksCatalogueIsTrustedInstalledAndTakenBack is the way of a person who got a
// public key and packs from somebody they trust.
func TestAHelpdesksCatalogueIsTrustedInstalledAndTakenBack(t *testing.T) {
	builtIn := invented(t)
	lab.HomeFolder(t, t.TempDir())
	public, private, err := minisign.GenerateKey(rand.Reader)
	must(t, err)
	_, stranger, err := minisign.GenerateKey(rand.Reader)
	must(t, err)
	desk := catalogue.Publisher{Name: "Invented help desk", Key: public}
	key := filepath.Join(t.TempDir(), "desk.pub")
	must(t, os.WriteFile(key, []byte(desk.File()), 0o644))
	first, second, forged := aPack(t, "2026-11-02", private), aPack(t, "2026-11-03", private), aPack(t, "2026-11-04", stranger)
	do := func(status exit, want []string, args ...string) {
		t.Helper()
		var out, errs bytes.Buffer
		got := run(t.Context(), args, builtIn, &out, &errs)
		text := out.String() + errs.String()
		if got != status {
			t.Errorf("houdbaarctl %v: status %d, want %d: %s", args, got, status, text)
		}
		for _, w := range want {
			if !strings.Contains(strings.Join(strings.Fields(text), " "), w) {
				t.Errorf("houdbaarctl %v said\n%s\nwant %q", args, text, w)
			}
		}
	}
	check := func(status exit) {
		t.Helper()
		do(status, nil, "check", "--vendor", "D-Link", "--model", "DIR-860L", "--revision", "B1", "--on", "2026-11-21")
	}

	check(well) // the program's own
	do(well, []string{"It came with this program.", "Packs signed with one of these keys are taken", "Houdbaar"}, "catalogue", "--lang", "en")
	do(failed, []string{"not signed by a publisher that you trust", "Nothing was changed."}, "catalogue", "install", first, "--lang", "en")
	do(failed, []string{"niet ondertekend door een uitgever die u vertrouwt", "Er is niets veranderd."}, "catalogue", "install", first, "--lang", "nl")
	do(well, []string{"Invented help desk", desk.ID(), "The name proves nothing"}, "catalogue", "trust", key, "--lang", "en")
	do(failed, []string{"not signed by a publisher that you trust"}, "catalogue", "install", forged, "--lang", "en")
	do(failed, []string{"niet ondertekend door een uitgever die u vertrouwt"}, "catalogue", "install", forged, "--lang", "nl")
	check(well)
	do(well, []string{"Done: version 2026-11-02"}, "catalogue", "install", first, "--lang", "en")
	do(action, nil, "check", "--vendor", "Invented", "--model", "EYE1")
	check(action) // the pack's catalogue does not know it
	do(well, []string{"It was signed with the key " + desk.ID(), desk.ID() + " Invented help desk"}, "catalogue", "show", "--lang", "en")
	do(well, []string{"Hij is ondertekend met de sleutel " + desk.ID()}, "catalogue", "--lang", "nl")
	do(well, []string{"These statements were withdrawn", "Invented EYE9: End of all support: “a slip of the list” (Invented list, https://example.com/list)"}, "catalogue", "show", "--lang", "en")
	do(well, []string{`"withdrawn":[{"vendor":"Invented","model":"EYE9"`, `"why":"a slip of the list"`, `"url":"https://example.com/list"`}, "catalogue", "--json")
	do(action, []string{"An earlier statement about this model was withdrawn", "a slip of the list"}, "check", "--vendor", "Invented", "--model", "EYE9", "--lang", "en")
	do(well, []string{`"signed_by":"` + desk.ID() + `"`, `"name":"Invented help desk"`}, "catalogue", "--json")
	do(failed, []string{"This file is not newer than what you have."}, "catalogue", "install", first, "--lang", "en")
	do(well, []string{"Version 2026-11-01"}, "catalogue", "back", "--lang", "en")
	check(well)
	do(well, []string{"It came with this program."}, "catalogue", "--lang", "en")
	do(failed, []string{"There is no catalogue from before."}, "catalogue", "back", "--lang", "en")

	// From an address: the server's certificate is the only one that this process knows.
	server := httptest.NewTLSServer(http.FileServer(http.Dir(filepath.Dir(second))))
	defer server.Close()
	known := filepath.Join(t.TempDir(), "known.pem")
	must(t, os.WriteFile(known, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o644))
	t.Setenv("SSL_CERT_FILE", known)
	do(failed, []string{"Nothing was changed."}, "catalogue", "install", server.URL+"/none.pack", "--lang", "en")
	check(well)
	do(well, []string{"Done: version 2026-11-03"}, "catalogue", "install", server.URL+"/2026-11-03.pack", "--lang", "en")
	check(action)
	do(well, nil, "catalogue", "back")
	check(well)

	do(well, []string{"takes no more catalogues"}, "catalogue", "distrust", desk.ID(), "--lang", "en")
	do(failed, []string{"not signed by a publisher that you trust"}, "catalogue", "install", second, "--lang", "en")
	do(failed, []string{"You trust no publisher with this key."}, "catalogue", "distrust", desk.ID(), "--lang", "en")

	do(failed, []string{"begins with https://"}, "catalogue", "install", "http://example.invalid/x.pack", "--lang", "en")
	do(failed, []string{"begint met https://"}, "catalogue", "install", "ftp://example.invalid/x.pack", "--lang", "nl")
	do(failed, []string{"no public key"}, "catalogue", "trust", first, "--lang", "en")
	do(failed, nil, "catalogue", "trust", filepath.Join(t.TempDir(), "nothing"))
	do(failed, []string{"Say what to do with the catalogue"}, "catalogue", "trust", "--lang", "en")
	do(failed, []string{"Say what to do with the catalogue"}, "catalogue", "odd", "--lang", "en")
	do(failed, []string{"one word too many"}, "catalogue", "back", "twice", "--lang", "en")
}

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"houdbaar/internal/catalogue"
	facts "houdbaar/internal/catalogue/build"
	"houdbaar/internal/lab"
)

// recorded are the devices of the lab, as case folders.
const recorded = "../../internal/lab/recordings/"

// invented is a small catalogue: what it says of these products is not a fact.
func invented(t *testing.T) fs.FS {
	t.Helper()
	s := &facts.Sources{
		Vendors: []facts.Vendor{{Name: "D-Link"}, {Name: "AVM"}},
		Products: []facts.Product{
			{Vendor: "D-Link", Model: "DIR-860L", Revision: "A1", Kind: "router"},
			{Vendor: "D-Link", Model: "DIR-860L", Revision: "B1", Kind: "router"},
			{Vendor: "AVM", Model: "FRITZ!Box 7590", Kind: "gateway"},
		},
		Publishers: []facts.Publisher{{Folder: "invented", Name: "Invented", Trust: "vendor", Terms: "invented",
			Sources: []facts.Source{{Key: "list", Title: "Invented list", URL: "https://example.com/list", Read: "2026-11-01"}},
			Facts: []facts.Fact{
				{Vendor: "D-Link", Model: "DIR-860L", Revision: "A1", Says: "end_of_security_support", Date: "2018-05-01", Source: "list"},
				{Vendor: "D-Link", Model: "DIR-860L", Revision: "B1", Says: "end_of_security_support", Date: "2035-05-01", Source: "list"},
				{Vendor: "AVM", Model: "FRITZ!Box 7590", Says: "end_of_security_support", Date: "2035-05-01", Source: "list"},
			}}},
	}
	path := filepath.Join(t.TempDir(), "catalogue.db")
	must(t, facts.Write(s, path))
	data, err := os.ReadFile(path)
	must(t, err)
	version, err := os.ReadFile(path + catalogue.VersionSuffix)
	must(t, err)
	return fstest.MapFS{"catalogue/catalogue.db": {Data: data}, "catalogue/catalogue.db" + catalogue.VersionSuffix: {Data: version}}
}

// must ends a test that cannot go on.
func must(t testing.TB, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

// call runs one command in a home of its own.
func call(t *testing.T, builtIn fs.FS, args ...string) (status exit, stdout, stderr string) {
	t.Helper()
	return household{t, t.TempDir(), builtIn}.run(args...)
}

func TestCheckJudgesWhatStandsOnALabel(t *testing.T) {
	db := invented(t)
	for name, c := range map[string]struct {
		args   string
		status exit
		want   string
	}{
		"an ended revision":            {"check --vendor dlink --model dir-860l --revision a1 --on 2026-11-21", 1, "replace_now"},
		"a supported revision":         {"check --vendor D-Link --model DIR-860L --revision B1 --on 2026-11-21", 0, "supported"},
		"the same revision much later": {"check --vendor D-Link --model DIR-860L --revision B1 --on 2036-01-01", 1, "replace_now"},
		"the revision is not known":    {"check --vendor D-Link --model DIR-860L --on 2026-11-21", 1, "check_label"},
		"a model nobody listed":        {"check --vendor D-Link --model DIR-1 --on 2026-11-21", 1, "cannot_tell"},
		"no vendor, no match":          {"check --model DIR-860L --revision B1 --on 2026-11-21", 1, "cannot_tell"},
	} {
		status, stdout, stderr := call(t, db, append(strings.Fields(c.args), "--json")...)
		var f struct {
			Verdict string
			Kind    string
		}
		if err := json.Unmarshal([]byte(stdout), &f); err != nil {
			t.Errorf("%s: %v\n%s%s", name, err, stdout, stderr)
			continue
		}
		if status != c.status || f.Verdict != c.want {
			t.Errorf("%s: status %d, verdict %s; want %d, %s", name, status, f.Verdict, c.status, c.want)
		}
	}
}

func TestCheckProposesWhenNothingMatches(t *testing.T) {
	db := invented(t)
	_, stdout, stderr := call(t, db, "check", "--model", "DIR-86OL", "--json")
	var f struct {
		Product   any
		Proposals []map[string]string
	}
	if err := json.Unmarshal([]byte(stdout), &f); err != nil {
		t.Fatalf("%v\n%s%s", err, stdout, stderr)
	}
	if f.Product != nil || len(f.Proposals) == 0 || f.Proposals[0]["vendor"] != "D-Link" || f.Proposals[0]["model"] != "DIR-860L" {
		t.Errorf("got %+v", f)
	}
	_, stdout, _ = call(t, db, "check", "--model", "zzzzzz", "--json")
	if !strings.Contains(stdout, `"proposals": []`) {
		t.Errorf("no empty list of proposals in %s", stdout)
	}
	_, stdout, _ = call(t, db, "check", "--vendor", "D-Link", "--model", "DIR-860L", "--json")
	if strings.Contains(stdout, "proposals") {
		t.Errorf("proposals beside a match in %s", stdout)
	}
	_, stdout, _ = call(t, db, "check", "--model", "DIR-86OL", "--lang", "nl")
	if !strings.Contains(stdout, "Bedoelt u") || !strings.Contains(stdout, "D-Link DIR-860L Ver. A1") {
		t.Errorf("got %s", stdout)
	}
}

func TestIdentifyReadsFolderByFolder(t *testing.T) {
	status, stdout, stderr := call(t, invented(t), "identify", "--json", recorded+"avm-fritz-box-7590", t.TempDir(), recorded+"nowhere/", recorded+"d-link-dir-860l-a1", "--on", "2026-11-21")
	if status != failed {
		t.Errorf("status %d, want %d: a folder could not be read", status, failed)
	}
	var got []string
	for line := range strings.Lines(stdout) {
		var o struct{ Case, Verdict, Error, Vendor string }
		if err := json.Unmarshal([]byte(line), &o); err != nil {
			t.Fatalf("%v in %q", err, line)
		}
		if o.Error != "" {
			o.Vendor = "error"
		}
		got = append(got, o.Case+" "+o.Vendor)
	}
	if len(got) != 4 || got[0] != "avm-fritz-box-7590 AVM" || !strings.HasSuffix(got[1], " error") || got[2] != "nowhere error" || got[3] != "d-link-dir-860l-a1 D-Link" {
		t.Errorf("got %q", got)
	}
	if strings.Count(stderr, "houdbaarctl: ") != 2 || !strings.Contains(stderr, "There is no folder nowhere. Check the name.") {
		t.Errorf("on standard error: %s", stderr)
	}
}

// TestAnyMisuseIsASentenceInBothLanguages wants status 2, nothing on standard
// output, a sentence in the language asked for, and no Go.
func TestAnyMisuseIsASentenceInBothLanguages(t *testing.T) {
	for _, c := range []struct{ args, en, nl string }{
		{"", "Say what to do", "Zeg wat u wilt"},
		{"frobnicate", "There is no command “frobnicate”", "De opdracht “frobnicate” bestaat niet"},
		{"check", "Say which model", "Zeg welk model"},
		{"check DIR-860L", "Say which model", "Zeg welk model"},
		{"check --model x --colour", "There is no flag --colour", "De optie --colour bestaat niet"},
		{"check --model", "needs a value", "hoort nog iets"},
		{"check --model x --on 21-11-2026", "“21-11-2026” is no day", "“21-11-2026” is geen dag"},
		{"check --model x --on 2026-02-30", "is no day", "is geen dag"},
		{"check --model x y", "“y” is one word too many", "“y” is een woord te veel"},
		{"check --model x --json=maybe", "does not fit", "past niet"},
		{"identify", "Name the case folders", "Noem de mappen"},
		{"scan --timeout 10", "is no time span", "is geen tijdsduur"},
		{"scan --timeout -1s", "is no time span", "is geen tijdsduur"},
		{"scan --save --visit new", "--save or --visit, not both", "--save of --visit, niet allebei"},
		{"scan --address 192.168.2.10 --interface eth0", "--address or --interface, not both", "--address of --interface, niet allebei"},
		{"scan --household Jansen", "use it with --visit new", "gebruik het met --visit new"},
		{"scan --save --household Jansen", "use it with --visit new", "gebruik het met --visit new"},
		{"scan eth0", "one word too many", "een woord te veel"},
		{"scan --record /proc/nowhere/x", "cannot be made", "kan niet worden gemaakt"},
		{"scan --address here", "“here” is no address", "“here” is geen adres"},
		{"scan --address 192.0.2.7", "not an address of a home", "geen adres van een thuisnetwerk"},
		{"doctor x", "one word too many", "een woord te veel"},
		{"questions x", "one word too many", "een woord te veel"},
		{"scan --interface nowhere0", "no network connection named nowhere0", "geen netwerkverbinding met de naam nowhere0"},
	} {
		for lang, want := range map[string]string{"en": c.en, "nl": c.nl} {
			status, stdout, stderr := call(t, invented(t), append([]string{"--lang", lang}, strings.Fields(c.args)...)...)
			if status != failed || !strings.Contains(stderr, want) || strings.Contains(stderr, "%!") {
				t.Errorf("%q in %s: status %d\n%s", c.args, lang, status, stderr)
			}
			if stdout != "" {
				t.Errorf("%q in %s wrote to standard output: %s", c.args, lang, stdout)
			}
		}
	}
	status, _, stderr := call(t, invented(t), "check", "--model", "x", "--lang", "fr")
	if status != failed || !strings.Contains(stderr, "“fr” is no language") {
		t.Errorf("status %d: %s", status, stderr)
	}
}

func TestAReportIsMadeAndNeverOverwrites(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"home.html", "home.CSV", "home.pdf", "home.json", "home.openeox.json"} {
		path := filepath.Join(dir, name)
		call(t, invented(t), "scan", "--interface", "nowhere0", "--report", path)
		data, err := os.ReadFile(path)
		if err != nil || len(data) < 50 {
			t.Errorf("%s: %d bytes, %v", name, len(data), err)
		}
		status, _, stderr := call(t, invented(t), "scan", "--interface", "nowhere0", "--report", path)
		if status != failed || !strings.Contains(stderr, "already there") {
			t.Errorf("%s again: status %d, %s", name, status, stderr)
		}
		if again, _ := os.ReadFile(path); !bytes.Equal(again, data) {
			t.Errorf("%s was overwritten", name)
		}
	}
	for path, want := range map[string]string{"home.docx": "ends in .html, .pdf, .csv, .json", filepath.Join(dir, "no", "home.html"): "cannot be written"} {
		if status, _, stderr := call(t, invented(t), "scan", "--interface", "nowhere0", "--report", path); status != failed || !strings.Contains(stderr, want) {
			t.Errorf("%s: status %d, %s", path, status, stderr)
		}
	}
}

// TestStoppedBeforeTheHistoryWasOpenSaysSo stops at once, as Ctrl+C on a busy machine
// may.
func TestStoppedBeforeTheHistoryWasOpenSaysSo(t *testing.T) {
	call(t, invented(t), "visit", "list") // sets the folder to keep things in
	ctx, stop := context.WithCancel(t.Context())
	stop()
	sheet := filepath.Join(t.TempDir(), "home.html")
	for _, args := range []string{"scan --save --report " + sheet, "visit list", "visit keep 30", "visit label new --model X"} {
		for lang, want := range map[string]string{"en": "Stopped before it was done", "nl": "Gestopt voordat het klaar was"} {
			var stdout, stderr bytes.Buffer
			status := run(ctx, append(strings.Fields(args), "--lang", lang), invented(t), &stdout, &stderr)
			if status != failed || !strings.Contains(stderr.String(), want) || strings.Contains(stderr.String(), "cancel") {
				t.Errorf("%s in %s: status %d, %s", args, lang, status, stderr.String())
			}
		}
	}
	if _, err := os.Stat(sheet); err == nil {
		t.Error("an empty report was left behind")
	}
}

func TestHelpAndVersionAnswerWhereverTheyAreAsked(t *testing.T) {
	for _, args := range []string{"--help", "-h", "help", "scan --help", "check -h", "identify --help"} {
		status, stdout, stderr := call(t, invented(t), strings.Fields(args)...)
		if status != well || !strings.Contains(stdout, "Exit status:") || stderr != "" {
			t.Errorf("%q: status %d\n%s%s", args, status, stdout, stderr)
		}
	}
	status, stdout, _ := call(t, invented(t), "--version", "--lang", "nl")
	if status != well || !strings.Contains(stdout, "houdbaarctl ") || !strings.Contains(stdout, "1 november 2026") {
		t.Errorf("status %d: %s", status, stdout)
	}
}

func TestWithoutACatalogueEverythingIsCannotTellAndSaysSo(t *testing.T) {
	for name, builtIn := range map[string]fs.FS{
		"none was built":  fstest.MapFS{},
		"it is damaged":   fstest.MapFS{"catalogue/catalogue.db": {Data: []byte("SQLite format 3\x00 and then rubbish")}},
		"it is cut short": cut(t, invented(t)),
	} {
		status, stdout, stderr := call(t, builtIn, "check", "--vendor", "D-Link", "--model", "DIR-860L", "--revision", "A1", "--json")
		if status != failed || !strings.Contains(stdout, `"verdict": "cannot_tell"`) || !strings.Contains(stdout, `"no_catalogue"`) || !strings.Contains(stderr, "list of devices") {
			t.Errorf("%s: status %d\n%s%s", name, status, stdout, stderr)
		}
		status, stdout, stderr = call(t, builtIn, "check", "--vendor", "D-Link", "--model", "DIR-860L")
		if steps := strings.Count(stdout, "\n      1. Install Houdbaar again") + strings.Count(stdout, " 2. "); status != failed || steps != 1 || strings.Contains(stdout, "not in our list") {
			t.Errorf("%s: status %d\n%s%s", name, status, stdout, stderr)
		}
		status, stdout, _ = call(t, builtIn, "catalogue")
		if status != failed || strings.Contains(stdout, "came with") {
			t.Errorf("%s: status %d\n%s", name, status, stdout)
		}
		if _, stdout, _ = call(t, builtIn, "catalogue", "--json"); !strings.Contains(stdout, `"date":""`) {
			t.Errorf("%s: a day in %s", name, stdout)
		}
	}
}

// cut leaves half of a catalogue.
func cut(t *testing.T, whole fs.FS) fs.FS {
	data, err := fs.ReadFile(whole, "catalogue/catalogue.db")
	must(t, err)
	return fstest.MapFS{"catalogue/catalogue.db": {Data: data[:len(data)/2]}}
}

func TestAHomeThatCannotBeWrittenIsNoObstacle(t *testing.T) {
	db := invented(t)
	for name, home := range map[string]string{"no such folder": "/proc/nowhere", "none set": "", "a file": filepath.Join(t.TempDir(), "file")} {
		if name == "a file" {
			must(t, os.WriteFile(home, nil, 0o600))
		}
		lab.HomeFolder(t, home)
		tmp := t.TempDir()
		t.Setenv("TMPDIR", tmp)
		var out, errs bytes.Buffer
		status := run(t.Context(), strings.Fields("check --vendor D-Link --model DIR-860L --revision A1 --on 2026-11-21 --json"), db, &out, &errs)
		if status != action || !strings.Contains(out.String(), "replace_now") || errs.Len() > 0 {
			t.Errorf("%s: status %d\n%s%s", name, status, out.String(), errs.String())
		}
		if left, _ := os.ReadDir(tmp); len(left) > 0 {
			t.Errorf("%s: %s was left behind", name, left[0].Name())
		}
	}
}

// TestTheBuiltCommandExitsAsItSays runs the binary itself: flags, streams, status.
func TestTheBuiltCommandExitsAsItSays(t *testing.T) {
	bin := filepath.Join(t.TempDir(), "houdbaarctl")
	if out, err := exec.Command("go", "build", "-tags", "ci", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	home := t.TempDir()
	for _, c := range []struct {
		args, lang string
		status     exit
		out, err   string
	}{
		{"--help", "nl_NL.UTF-8", well, "Gebruik:", ""},
		{"--help", "C", well, "Usage:", ""},
		{"check --model", "nl_BE", failed, "", "hoort nog iets"},
		{"check --model Nothing-Such-1 --json", "C", action, `"verdict": "cannot_tell"`, ""},
		{"identify " + recorded + "philips-49pus8503 --json", "C", well, `"verdict":"other_device"`, ""},
		{"identify nowhere", "C", failed, "", "no folder nowhere"},
		{"scan --interface nowhere0 --json", "C", failed, `"schema": "houdbaar.scan/1"`, "nowhere0"},
	} {
		cmd := exec.Command(bin, strings.Fields(c.args)...)
		cmd.Env = []string{"HOME=" + home, "LANG=" + c.lang}
		var out, errs bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &errs
		err := cmd.Run()
		if _, exited := err.(*exec.ExitError); err != nil && !exited {
			t.Fatal(err)
		}
		if got := exit(cmd.ProcessState.ExitCode()); got != c.status || !strings.Contains(out.String(), c.out) || !strings.Contains(errs.String(), c.err) {
			t.Errorf("houdbaarctl %s: status %d, want %d\n%s\n%s", c.args, got, c.status, out.String(), errs.String())
		}
	}
}

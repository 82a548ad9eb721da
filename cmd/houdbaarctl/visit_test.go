package main

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"houdbaar/internal/app"
	"houdbaar/internal/device"
	"houdbaar/internal/history"
	"houdbaar/internal/lab"
	"houdbaar/internal/scan"
	"houdbaar/internal/sqlite"
)

// A household is a home folder with a history of its own.
type household struct {
	t       *testing.T
	home    string
	builtIn fs.FS
}

func newHousehold(t *testing.T) household {
	return household{t, t.TempDir(), invented(t)}
}

// path is where the history file stands.
func (h household) path() string {
	lab.HomeFolder(h.t, h.home)
	folder, err := app.DataFolder()
	must(h.t, err)
	return filepath.Join(folder, history.FileName)
}

// store opens the history beside the command.
func (h household) store() *history.Store {
	h.t.Helper()
	s, err := history.Open(h.t.Context(), h.path(), time.Now)
	must(h.t, err)
	return s
}

// run runs one command in this home.
func (h household) run(args ...string) (status exit, stdout, stderr string) {
	h.t.Helper()
	lab.HomeFolder(h.t, h.home)
	for _, name := range []string{"LC_ALL", "LC_MESSAGES"} {
		h.t.Setenv(name, "")
	}
	h.t.Setenv("LANG", "en_GB.UTF-8")
	var out, errs bytes.Buffer
	status = run(h.t.Context(), args, h.builtIn, &out, &errs)
	return status, out.String(), errs.String()
}

// wants runs a command, which must end so, say all of this and list none of that.
func (h household) wants(args []string, status exit, said []string, never string) {
	h.t.Helper()
	got, stdout, stderr := h.run(args...)
	if got != status || strings.Contains(stdout+stderr, "%!") || never != "" && strings.Contains(stdout, never) {
		h.t.Errorf("%q: status %d, want %d, a verb left, or %q in\n%s%s", args, got, status, never, stdout, stderr)
	}
	for _, want := range said {
		if !strings.Contains(stdout+stderr, want) {
			h.t.Errorf("%q: no %q in\n%s%s", args, want, stdout, stderr)
		}
	}
}

// recordedScan is a scan of the lab's recordings, as on a day.
func (h household) recordedScan(day time.Time, names ...string) scan.Scan {
	h.t.Helper()
	lab.HomeFolder(h.t, h.home)
	e := app.Open(h.builtIn)
	defer e.Close()
	e.On = day
	s := scan.Scan{Started: day.Add(19 * time.Hour), Finished: day.Add(19*time.Hour + 5*time.Second), On: day, Catalogue: e.CatalogueMeta(),
		Interfaces: []scan.Interface{{Name: "eth0", Addresses: []string{"192.0.2.10/24"}, Used: true, Sent: 9, Heard: 9}}}
	for i, name := range names {
		f, err := e.Identify(h.t.Context(), recorded+name)
		must(h.t, err)
		f.Device.Gateway = i == 0
		s.Findings = append(s.Findings, f)
	}
	scan.Order(s.Findings)
	return s
}

// kept is a household with a visit of two scans and a label, and its reference.
func kept(t *testing.T) (household, string) {
	h := newHousehold(t)
	first := h.recordedScan(time.Date(2026, 10, 21, 0, 0, 0, 0, time.UTC), "avm-fritz-box-7590", "d-link-dir-860l-a1")
	second := h.recordedScan(time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC), "avm-fritz-box-7590", "philips-49pus8503")
	s := h.store()
	defer s.Close()
	v, err := s.NewVisit(t.Context(), "Familie Voorbeeld")
	must(t, err)
	for _, done := range []scan.Scan{first, second} {
		if _, err := s.Save(t.Context(), v.Ref, done); err != nil {
			t.Fatal(err)
		}
	}
	must(t, s.Describe(t.Context(), v.Ref, "Familie Voorbeeld", "belt terug", "Piet"))
	if _, err := s.AddSticker(t.Context(), v.Ref, "schuur", device.Identity{Vendor: "D-Link", Model: "DIR-860L", Revision: "A1", Kind: device.Router}); err != nil {
		t.Fatal(err)
	}
	return h, v.Ref
}

func TestVisitsAreListedShownAndCompared(t *testing.T) {
	h, ref := kept(t)
	for _, c := range []struct {
		args   string
		status exit
		want   []string
		never  string
	}{
		{"visit list", well, []string{ref, "Familie Voorbeeld", "2 scans", "21 November 2026"}, ""},
		{"visit list --search voorbeeld", well, []string{ref}, ""},
		{"visit list --search nergens", well, []string{"No visit holds"}, ref},
		{"visit list --json", well, []string{`"schema": "houdbaar.visits/1"`, `"number": 2`, `"household": ""`}, "Familie"},
		{"visit list --json --unmask", well, []string{`"household": "Familie Voorbeeld"`}, ""},
		{"visit show " + ref + " --json", action, []string{`"notes": ""`}, "belt terug"},
		{"visit show " + ref + " --json --unmask", action, []string{`"notes": "belt terug"`, `"visitor": "Piet"`}, ""},
		{"visit show " + ref, action, []string{"Visitor: Piet", "Notes: belt terug", "Scan 2 of 21 November 2026", "Judged as on 21 November 2026", "FRITZ!Box 7590", "schuur (DIR-860L)"}, ""},
		{"visit show " + ref + ":1", action, []string{"Scan 1 of 21 October 2026", "Judged as on 21 October 2026", "D-Link DIR-860L"}, ""},
		{"visit show " + ref + ":1 --again --on 2036-01-01 --json", action, []string{`"schema": "houdbaar.visit.show/1"`, `"on": "2036-01-01"`, `"schema": "houdbaar.scan/1"`, `"vendor": "AVM"`}, `"verdict": "supported"`},
		{"visit compare " + ref, well, []string{"From scan " + ref + ":1 of 21 October 2026", "to scan " + ref + ":2 of", "DIR-860L", "was not seen this time"}, "Philips"},
		{"visit compare " + ref + ":1 " + ref + ":2 --json", well, []string{`"schema": "houdbaar.compare/1"`, `"presence": "new"`, `"presence": "stayed"`}, ""},
		{"visit compare " + ref + ":1", failed, []string{"no two scans"}, ""},
		{"visit show none", failed, []string{"There is no such visit"}, ""},
		{"visit show " + ref + ":9", failed, []string{"There is no such visit or scan"}, ""},
		{"visit show " + ref + ":x", failed, []string{"is no scan of a visit"}, ""},
		{"visit", failed, []string{"Say what to do with visits"}, ""},
		{"visit frobnicate", failed, []string{"Say what to do with visits"}, ""},
		{"visit show", failed, []string{"Name the visit"}, ""},
		{"visit show a b", failed, []string{"“b” is one word too many"}, ""},
		{"visit export " + ref, failed, []string{"Name the file"}, ""},
		{"visit export " + ref + " x.docx", failed, []string{"Choose a name that ends in"}, ""},
		{"visit export", failed, []string{"Name the visit, as"}, ""},
		{"visit gone home", failed, []string{"Name the visit and the device"}, ""},
		{"visit import", failed, []string{"Name the file to take over"}, "write"},
		{"visit import nowhere.houdbaar", failed, []string{"cannot be read"}, ""},
		{"visit import .", failed, []string{"no visit of Houdbaar"}, ""},
		{"visit keep soon", failed, []string{"no number of days"}, ""},
		{"visit forget", failed, []string{"Name the visit"}, ""},
		{"visit forget --all", failed, []string{"--yes"}, ""},
		{"visit forget --older-than x", failed, []string{"no number of days"}, ""},
		{"visit forget --older-than 160127989268920", failed, []string{"no number of days"}, ""}, // 2^64 seconds make a day to come
		{"visit forget --older-than 2147483647", well, []string{"0 visits"}, ""},
		{"visit keep 160127989268920", failed, []string{"no number of days"}, ""},
	} {
		h.wants(strings.Fields(c.args), c.status, c.want, c.never)
	}
	if status, stdout, _ := newHousehold(t).run("visit", "list", "--lang", "nl"); status != well || !strings.Contains(stdout, "Er zijn nog geen bezoeken") {
		t.Errorf("no history: %d %s", status, stdout)
	}
}

// TestWhatCannotBePrintedIsNotDone: a full disk is not taken for success.
func TestWhatCannotBePrintedIsNotDone(t *testing.T) {
	h, ref := kept(t)
	for _, args := range []string{"--help", "--version", "questions", "catalogue", "visit list", "visit compare " + ref, "visit show " + ref + " --json"} {
		h.run() // sets the surroundings
		r, w := io.Pipe()
		r.Close()
		var errs bytes.Buffer
		if status := run(t.Context(), strings.Fields(args), h.builtIn, w, &errs); status != failed || strings.Count(errs.String(), "did not work") != 1 {
			t.Errorf("%s: status %d, %q", args, status, errs.String())
		}
	}
}

// TestEveryExportIsMadeMaskedAndNeverOverwrites looks for the hardware addresses and
// names of the visit in every file.
func TestEveryExportIsMadeMaskedAndNeverOverwrites(t *testing.T) {
	h, ref := kept(t)
	s := h.store()
	done, _, err := s.Scan(t.Context(), ref, 1)
	s.Close()
	if err != nil || len(done.Findings) != 2 {
		t.Fatal(err)
	}
	var secrets []string
	for _, f := range done.Findings {
		if mac := f.Device.MAC; mac != "" {
			secrets = append(secrets, mac, strings.ReplaceAll(mac, ":", ""))
		}
		for _, o := range f.Device.Observations {
			if o.Key != "" && o.Source == device.SourceUPnP {
				secrets = append(secrets, o.Key)
			}
			if serial := o.Get("serialNumber"); len(serial) > 7 {
				secrets = append(secrets, serial)
			}
		}
	}
	if len(secrets) < 2 {
		t.Fatalf("the visit holds no secrets: %q", secrets)
	}
	for _, args := range [][]string{{"visit", "show", ref + ":1", "--json"}, {"visit", "compare", ref, "--json"}} {
		_, masked, _ := h.run(args...)
		_, whole, _ := h.run(append(args, "--unmask")...)
		found := 0
		for _, secret := range secrets {
			if strings.Contains(strings.ToLower(whole), strings.ToLower(secret)) {
				found++
			}
			if strings.Contains(strings.ToLower(masked), strings.ToLower(secret)) {
				t.Errorf("%q holds %s", args, secret)
			}
		}
		if found == 0 {
			t.Errorf("%q --unmask holds no secret", args)
		}
	}
	dir := t.TempDir()
	for _, ending := range []string{".html", ".pdf", ".csv", ".json", ".ics", ".openeox.json", ".houdbaar"} {
		path := filepath.Join(dir, "visit"+ending)
		status, stdout, stderr := h.run("visit", "export", ref+":1", path, "--lang", "nl")
		if status != well || !strings.Contains(stderr, path) {
			t.Errorf("%s: status %d\n%s%s", ending, status, stdout, stderr)
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil || len(data) < 50 {
			t.Errorf("%s: %d bytes, %v", ending, len(data), err)
		}
		for _, secret := range secrets {
			if bytes.Contains(bytes.ToLower(data), []byte(strings.ToLower(secret))) {
				t.Errorf("%s holds %s", ending, secret)
			}
		}
		if status, _, stderr := h.run("visit", "export", ref, path); status != failed || !strings.Contains(stderr, "add --overwrite") {
			t.Errorf("%s again: status %d, %s", ending, status, stderr)
		}
		if again, _ := os.ReadFile(path); !bytes.Equal(again, data) {
			t.Errorf("%s was overwritten", ending)
		}
		if status, _, stderr := h.run("visit", "export", ref+":1", path, "--overwrite", "--unmask"); status != well {
			t.Errorf("%s, asked to overwrite: status %d, %s", ending, status, stderr)
		}
		if again, _ := os.ReadFile(path); len(again) == 0 || bytes.Equal(again, data) && ending != ".openeox.json" && ending != ".ics" {
			t.Errorf("%s is the same in full", ending)
		}
		if status, _, stderr := h.run("visit", "export", ref, filepath.Join(dir, "no", "x"+ending)); status != failed || !strings.Contains(stderr, "cannot be written") {
			t.Errorf("%s in a folder that is not there: %d, %s", ending, status, stderr)
		}
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 7 {
		t.Errorf("%d files, %v", len(left), err)
	}
	path := filepath.Join(dir, "paper.html")
	h.run("visit", "export", ref, path, "--visitor", "Anna", "--note", "Tot volgend jaar")
	page, _ := os.ReadFile(path)
	for _, want := range []string{"Familie Voorbeeld", "Anna", "Tot volgend jaar", "What changed since 21 October 2026", "typed from its label"} {
		if !bytes.Contains(page, []byte(want)) {
			t.Errorf("the paper lacks %q", want)
		}
	}
}

func TestAVisitMovesAndIsForgotten(t *testing.T) {
	h, ref := kept(t)
	other := newHousehold(t)
	path := filepath.Join(t.TempDir(), "visit.houdbaar")
	h.run("visit", "export", ref, path)
	if status, stdout, stderr := other.run("visit", "import", path); status != well || !strings.Contains(stdout, ref) {
		t.Fatalf("status %d: %s%s", status, stdout, stderr)
	}
	// A masked visit is judged again by what was made of it.
	_, stdout, _ := other.run("visit", "show", ref+":1", "--again", "--on", "2026-11-21", "--json")
	var shown struct {
		Imported string
		Scan     struct {
			Findings []struct{ Model, Verdict string }
		}
	}
	if err := json.Unmarshal([]byte(stdout), &shown); err != nil {
		t.Fatalf("%v in %s", err, stdout)
	}
	got := map[string]string{}
	for _, f := range shown.Scan.Findings {
		got[f.Model] = f.Verdict
	}
	if shown.Imported == "" || got["FRITZ!Box 7590"] != "supported" || got["DIR-860L"] == "" {
		t.Errorf("got %s", stdout)
	}
	if status, _, stderr := other.run("visit", "import", h.path(), "--lang", "nl"); status != failed || !strings.Contains(stderr, "geen bezoek van Houdbaar") {
		t.Errorf("a file that is no visit: %d %s", status, stderr)
	}
	if status, stdout, _ := other.run("visit", "forget", ref+":1"); status != well || !strings.Contains(stdout, "Forgotten") {
		t.Errorf("a scan: %d %s", status, stdout)
	}
	if status, _, _ := other.run("visit", "forget", ref); status != well {
		t.Errorf("a visit: %d", status)
	}
	if status, _, _ := other.run("visit", "forget", ref); status != failed {
		t.Errorf("a visit twice: %d", status)
	}
	if _, stdout, _ := other.run("visit", "list"); strings.Contains(stdout, ref) {
		t.Errorf("it is still there: %s", stdout)
	}
	if status, stdout, _ := h.run("visit", "keep", "20000"); status != well || !strings.Contains(stdout, "20000 days") {
		t.Errorf("keep: %d %s", status, stdout)
	}
	if status, stdout, _ := h.run("visit", "keep", "forever"); status != well || !strings.Contains(stdout, "until you forget") {
		t.Errorf("keep: %d %s", status, stdout)
	}
	if status, stdout, _ := h.run("visit", "forget", "--older-than", "36500"); status != well || !strings.Contains(stdout, "0 visits") {
		t.Errorf("nothing is old: %d %s", status, stdout)
	}
	if status, _, _ := h.run("visit", "forget", "--all", "--yes"); status != well {
		t.Errorf("everything: %d", status)
	}
	if data, err := os.ReadFile(h.path()); err != nil || bytes.Contains(data, []byte("Voorbeeld")) {
		t.Errorf("after everything was forgotten: %v", err)
	}
}

// TestAScanWithoutANetworkIsNotKept, whatever was asked: nothing was looked at. The others
// are kept when it is asked (TestAScanIsKeptOnlyWhenAsked).
func TestAScanWithoutANetworkIsNotKept(t *testing.T) {
	h := newHousehold(t)
	h.run("scan", "--interface", "nowhere0")
	if history.Exists(h.path()) {
		t.Error("a plain scan was kept")
	}
	for _, args := range [][]string{{"--save"}, {"--visit", "new", "--household", "Buren"}} {
		if status, _, stderr := h.run(append([]string{"scan", "--interface", "nowhere0"}, args...)...); status != failed || strings.Contains(stderr, "Kept as scan") {
			t.Errorf("%s: %d %s", args, status, stderr)
		}
	}
	s := h.store()
	rows, err := s.List(t.Context(), "")
	s.Close()
	if err != nil || len(rows) != 0 {
		t.Errorf("kept, or a visit without a scan made: %+v, %v", rows, err)
	}
	if status, stdout, stderr := h.run("scan", "--interface", "nowhere0", "--visit", "none"); status != failed || stdout != "" || !strings.Contains(stderr, "There is no such visit") {
		t.Errorf("a visit that is not there: %d %s%s", status, stdout, stderr)
	}
}

// TestAHistoryThatCannotBeUsedIsASentence: the scan itself goes on unless it was to be kept.
func TestAHistoryThatCannotBeUsedIsASentence(t *testing.T) {
	h := newHousehold(t)
	must(t, os.MkdirAll(filepath.Dir(h.path()), 0o700))
	letters := []byte(strings.Repeat("These are my letters. ", 20))
	must(t, os.WriteFile(h.path(), letters, 0o600))
	for args, c := range map[string]struct{ en, nl string }{
		"visit list":                       {"is not one of Houdbaar’s", "is niet van Houdbaar"},
		"scan --interface nowhere0 --save": {"is not one of Houdbaar’s", "is niet van Houdbaar"},
	} {
		for lang, want := range map[string]string{"en": c.en, "nl": c.nl} {
			if status, stdout, stderr := h.run(append(strings.Fields(args), "--lang", lang)...); status != failed || stdout != "" || !strings.Contains(stderr, want) || !strings.Contains(stderr, h.path()) {
				t.Errorf("%s in %s: %d %s%s", args, lang, status, stdout, stderr)
			}
		}
	}
	_, stdout, stderr := h.run("scan", "--interface", "nowhere0", "--json")
	if !strings.Contains(stdout, "houdbaar.scan/1") || !strings.Contains(stderr, "is not one of Houdbaar’s") {
		t.Errorf("a plain scan: %s%s", stdout, stderr)
	}
	if data, err := os.ReadFile(h.path()); err != nil || !bytes.Equal(data, letters) {
		t.Errorf("the letters were changed, %v", err)
	}
}

// TestCorrectionsThatCannotBeReadAreSaid, and the scan goes on without them.
func TestCorrectionsThatCannotBeReadAreSaid(t *testing.T) {
	h := newHousehold(t)
	s := h.store()
	_, err := s.Save(t.Context(), history.Home, scan.Scan{})
	must(t, err, s.Close())
	db, err := sqlite.Open(h.path())
	must(t, err)
	_, err = db.Exec(`UPDATE scan SET counts = 'torn'`)
	must(t, err, db.Close())
	_, stdout, stderr := h.run("scan", "--interface", "nowhere0", "--json")
	if !strings.Contains(stdout, "houdbaar.scan/1") || !strings.Contains(stderr, "counts of scan 1") {
		t.Errorf("%s%s", stdout, stderr)
	}
}

// TestANameOfTwoDevicesMeansNeither: what is said of one must not be kept of the other.
func TestANameOfTwoDevicesMeansNeither(t *testing.T) {
	h := newHousehold(t)
	twins := h.recordedScan(time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC), "d-link-dir-860l-a1", "d-link-dir-860l-a1")
	for i, address := range []string{"192.168.0.1", "192.168.0.2"} {
		twins.Findings[i].Identity.Name = ""
		twins.Findings[i].Device = device.Device{ID: "mac-02005e00530" + address[10:], Addrs: []netip.Addr{netip.MustParseAddr(address)}}
	}
	s := h.store()
	if _, err := s.Save(t.Context(), history.Home, twins); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if status, _, stderr := h.run("visit", "note", "home", "D-Link DIR-860L", "zolder"); status != failed || !strings.Contains(stderr, "More than one device") {
		t.Errorf("by name: status %d, %s", status, stderr)
	}
	if status, _, stderr := h.run("visit", "note", "home", "192.168.0.2", "zolder"); status != well {
		t.Errorf("by address: status %d, %s", status, stderr)
	}
}

// TestWithoutACatalogueThatIsSaidOnce, however often the call judges.
func TestWithoutACatalogueThatIsSaidOnce(t *testing.T) {
	h, ref := kept(t)
	h.builtIn = fstest.MapFS{}
	must(t, os.Remove(filepath.Join(filepath.Dir(h.path()), "catalogue.db")))
	_, stdout, stderr := h.run("visit", "correct", ref, "192.168.178.1", "--vendor", "D-Link", "--model", "DIR-860L")
	if n := strings.Count(stderr, "houdbaarctl: "); n != 1 || !strings.Contains(stdout, "Kept.") {
		t.Errorf("said %d times:\n%s%s", n, stdout, stderr)
	}
}

// TestWhatAPersonSaysIsKept types notes, corrections and labels at the prompt.
func TestWhatAPersonSaysIsKept(t *testing.T) {
	h, ref := kept(t)
	for _, c := range []struct {
		args   []string
		status exit
		want   []string
		never  string
	}{
		{[]string{"visit", "note", ref, "belt morgen", "--household", "Familie Ander", "--visitor", ""}, well, []string{"Kept."}, ""},
		{[]string{"visit", "show", ref}, action, []string{"Familie Ander", "Notes: belt morgen"}, "Visitor"},
		{[]string{"visit", "note", ref, "192.168.178.1", "in de meterkast"}, well, []string{"Kept."}, ""},
		{[]string{"visit", "show", ref}, action, []string{"in de meterkast"}, ""},
		{[]string{"visit", "note", ref, "192.168.178.1", ""}, well, []string{"Kept."}, ""},
		{[]string{"visit", "show", ref}, action, nil, "in de meterkast"},
		{[]string{"visit", "correct", ref, "192.168.178.1", "--vendor", "d-link", "--model", "DIR-860L", "--revision", "A1"}, action, []string{"Kept.", "D-Link DIR-860L"}, ""},
		{[]string{"visit", "show", ref}, action, []string{"FRITZ!Box 7590"}, ""},
		{[]string{"visit", "show", ref, "--again"}, action, []string{"FRITZ!Box 7590 (DIR-860L)"}, ""},
		{[]string{"visit", "correct", ref, "192.168.178.1", "--withdraw"}, well, []string{"Kept."}, ""},
		{[]string{"visit", "show", ref, "--again"}, action, []string{"FRITZ!Box 7590"}, ""},
		{[]string{"visit", "gone", ref + ":1", "192.168.0.1"}, well, []string{"Kept."}, ""},
		{[]string{"visit", "compare", ref}, well, []string{"was taken away"}, "not seen"},
		{[]string{"visit", "gone", ref + ":1", "192.168.0.1", "--withdraw"}, well, []string{"Kept."}, ""},
		{[]string{"visit", "compare", ref}, well, []string{"was not seen this time"}, "taken away"},
		{[]string{"visit", "label", ref, "--vendor", "d-link", "--model", "DIR-860L", "--revision", "A1", "--place", "zolder"}, action, []string{"typed-2, typed from its label", "D-Link"}, ""},
		{[]string{"visit", "show", ref}, action, []string{"zolder", "typed-2"}, ""},
		{[]string{"visit", "label", ref, "--remove", "typed-2"}, well, []string{"Kept."}, ""},
		{[]string{"visit", "show", ref}, action, []string{"typed-1"}, "zolder"},
		{[]string{"visit", "label", "home", "--model", "DIR-860L"}, action, []string{"typed-"}, ""},
		{[]string{"visit", "show", "home"}, action, []string{"DIR-860L"}, ""},
		{[]string{"visit", "show", "home", "--json"}, action, []string{`"model": "DIR-860L"`}, ""},

		{[]string{"visit", "label", "new", "--household", "Zonder scan", "--model", "DIR-860L"}, action, []string{"typed-"}, ""},
		{[]string{"visit", "list"}, well, []string{"Zonder scan"}, ""},
		{[]string{"visit", "show", "home"}, action, []string{"the network was not searched", "DIR-860L.", "list of 3 products"}, "not on a network"},
		{[]string{"visit", "note", ref}, failed, []string{"Say what to write"}, ""},
		{[]string{"visit", "note", "none", "x"}, failed, []string{"no such visit"}, ""},
		{[]string{"visit", "note", ref, "192.0.2.99", "x"}, failed, []string{"no device “192.0.2.99”"}, ""},
		{[]string{"visit", "correct", ref}, failed, []string{"Name the visit and the device"}, ""},
		{[]string{"visit", "correct", ref, "192.168.178.1"}, failed, []string{"--model"}, ""},
		{[]string{"visit", "label", ref}, failed, []string{"--model"}, ""},
		{[]string{"visit", "label", ref, "--model", "x", "--kind", "banana"}, failed, []string{"banana"}, ""},
		{[]string{"visit", "label", ref, "--remove", "typed-9"}, failed, []string{"no label “typed-9”"}, ""},
		{[]string{"visit", "label", "none", "--model", "x"}, failed, []string{"no such visit"}, ""},
		{[]string{"visit", "forget", ref, "--withdraw"}, failed, []string{"--withdraw does nothing with visit forget"}, ""},
		{[]string{"visit", "compare", ref, "--again"}, failed, []string{"--again does nothing with visit compare"}, ""},
	} {
		h.wants(c.args, c.status, c.want, c.never)
	}
}

package history

import (
	"bytes"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/scan"
)

// traces returns which of the secrets stand anywhere in the files of dir: as text, as
// UTF-16, in hexadecimal or as the packed bytes they were stored in.
func traces(t *testing.T, dir string, secrets map[string][]byte) []string {
	t.Helper()
	all := files(t, dir)
	var found []string
	for name, secret := range secrets {
		wide := make([]byte, 0, 2*len(secret))
		for _, b := range secret {
			wide = append(wide, b, 0)
		}
		for _, form := range [][]byte{secret, wide, []byte(hex.EncodeToString(secret))} {
			if bytes.Contains(all, form) {
				found = append(found, name)
				break
			}
		}
	}
	return found
}

// secretsOf are what must be gone with a visit: what people wrote, what devices said,
// and pieces of the packed bodies as they lie in the file.
func secretsOf(t *testing.T, s *Store, ref string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	rows, err := s.db.Query(`
		SELECT f.name, f.mac, f.device, f.body FROM finding f JOIN scan s ON s.id = f.scan_id JOIN visit v ON v.id = s.visit_id WHERE v.ref = ?`, ref)
	must(t, err)
	defer rows.Close()
	for rows.Next() {
		var name, mac, id string
		var body []byte
		must(t, rows.Scan(&name, &mac, &id, &body))
		out["hardware address "+mac], out["device "+id] = []byte(mac), []byte(id)
		out["name "+name] = []byte(name)
		// The end of a packed body is where bodies differ.
		out["packed "+id] = bytes.Clone(body[len(body)-24:])
	}
	if len(out) == 0 {
		t.Fatal("the visit holds no secrets")
	}
	return out
}

// TestAForgottenVisitLeavesNoTrace searches the bytes of every file of the folder.
func TestAForgottenVisitLeavesNoTrace(t *testing.T) {
	for name, forget := range map[string]func(*Store, string) error{
		"forget this visit": func(s *Store, ref string) error { return s.Forget(ctx, ref) },
		"forget its scan":   func(s *Store, ref string) error { return s.ForgetScan(ctx, ref, 1) },
		"forget what is old": func(s *Store, ref string) error {
			if _, err := s.db.Exec(`UPDATE visit SET changed = ? WHERE ref = ?`, stamp(today.AddDate(-1, 0, 0)), ref); err != nil {
				t.Error(err)
			}
			if n, err := s.ForgetBefore(ctx, today.AddDate(0, 0, -30)); n != 1 || err != nil {
				t.Errorf("%d forgotten, %v", n, err)
			}
			return nil
		},
		"erase everything": func(s *Store, ref string) error { return s.Erase(ctx) },
	} {
		s := fresh(t)
		dir := filepath.Dir(s.path)
		stay := home(1000, 30)
		keep(t, s, Home, stay)
		v := newVisit(t, s, "Familie Geheim")
		done := home(2000, 40)
		keep(t, s, v.Ref, done)
		secrets := secretsOf(t, s, v.Ref)
		if name != "forget its scan" {
			must(t, s.Describe(ctx, v.Ref, "Familie Geheim", "sleutel onder de mat", "Piet Kijker"))
			must(t, s.Note(ctx, v.Ref, 1, done.Findings[0].Device, "notitie-geheim"))
			must(t, s.Correct(ctx, v.Ref, 1, done.Findings[0].Device, device.Identity{CorrectedBy: "Piet Kijker", Model: "GEHEIM-1"}))
			if _, err := s.AddSticker(ctx, v.Ref, "geheime kelder", device.Identity{Model: "GEHEIM-2"}); err != nil {
				t.Fatal(err)
			}
			for _, text := range []string{"Familie Geheim", "sleutel onder de mat", "Piet Kijker", "notitie-geheim", "GEHEIM-1", "GEHEIM-2", "geheime kelder", "geheim"} {
				secrets[text] = []byte(text)
			}
		}
		if there := traces(t, dir, secrets); len(there) != len(secrets) {
			t.Fatalf("%s: before, only %d of %d secrets are found: the search does not work", name, len(there), len(secrets))
		}
		if err := forget(s, v.Ref); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, when := range []string{"with the file open", "with the file closed", "opened again"} {
			if left := traces(t, dir, secrets); len(left) > 0 {
				t.Errorf("%s, %s: %d traces, such as %s", name, when, len(left), left[0])
			}
			switch when {
			case "with the file open":
				s.Close()
			case "with the file closed":
				s = open(t, s.path)
			}
		}
		if name == "erase everything" {
			if rows, err := s.List(ctx, ""); err != nil || len(rows) != 0 {
				t.Errorf("%s: %v, %v", name, rows, err)
			}
			continue
		}
		got, ok, err := s.Scan(ctx, Home, 0)
		if err != nil || !ok {
			t.Fatalf("%s: the other visit: %v, %v", name, ok, err)
		}
		alike(t, name+": the other visit", stay, got)
	}
}

// TestForgettingBesideAnotherReaderIsFinishedLater keeps a reader at the log.
func TestForgettingBesideAnotherReaderIsFinishedLater(t *testing.T) {
	t.Parallel() // our patience is five seconds
	s := fresh(t)
	v := newVisit(t, s, "Familie Geheim")
	keep(t, s, v.Ref, home(0, 5))
	secrets := secretsOf(t, s, v.Ref)
	reader := open(t, s.path)
	rows, err := reader.db.Query(`SELECT body FROM finding`)
	if err != nil || !rows.Next() {
		t.Fatal("no reader", err)
	}
	if err := s.Forget(ctx, v.Ref); Code(err) != "wipe" {
		t.Errorf("got %v", err)
	}
	if list, err := s.List(ctx, ""); err != nil || len(list) != 0 {
		t.Errorf("it is still in the list: %v, %v", list, err)
	}
	rows.Close()
	reader.Close()
	s.Close()
	s = open(t, s.path)
	if left := traces(t, filepath.Dir(s.path), secrets); len(left) > 0 {
		t.Errorf("opened again: %d traces, such as %s", len(left), left[0])
	}
	if pending, err := s.setting(ctx, "wipe"); pending != "" || err != nil {
		t.Errorf("still to be wiped: %q, %v", pending, err)
	}
}

func TestOldVisitsGoByThemselvesAndTheOwnHomeStays(t *testing.T) {
	s := fresh(t)
	made := func(ref string, days ...int) string {
		defer func() { s.now = clock }()
		s.now = func() time.Time { return today.AddDate(-2, 0, 0) }
		if ref == "" {
			v := newVisit(t, s, "")
			ref = v.Ref
		}
		for _, n := range days {
			done := home(0, 2)
			done.Started = today.AddDate(0, 0, -n).In(time.FixedZone("", n%3*3600))
			s.now = func() time.Time { return done.Started }
			keep(t, s, ref, done)
		}
		return ref
	}
	made(Home, 900, 800, 500)
	oldest, mixed, recent := made("", 400), made("", 400, 3), made("", 5)
	if n, err := s.Tidy(ctx); n != 0 || err != nil {
		t.Errorf("nothing was set, and %d went, %v", n, err)
	}
	must(t, s.SetKeep(ctx, 365))
	if n, err := s.Tidy(ctx); n != 1 || err != nil {
		t.Errorf("%d went, %v", n, err)
	}
	var left []string
	rows, err := s.List(ctx, "")
	must(t, err)
	for _, r := range rows {
		left = append(left, r.Ref)
	}
	if got := strings.Join(left, " "); strings.Contains(got, oldest) || !strings.Contains(got, mixed) || !strings.Contains(got, recent) || !strings.Contains(got, Home) {
		t.Errorf("left: %s", got)
	}
	if v := visit(t, s, Home); len(v.Scans) != 1 || v.Scans[0].Number != 3 {
		t.Errorf("of the own home, %+v is left", v.Scans)
	}
	if days, err := s.Keep(ctx); days != 365 || err != nil {
		t.Errorf("%d days, %v", days, err)
	}
	must(t, s.SetKeep(ctx, 0))
	if days, _ := s.Keep(ctx); days != 0 {
		t.Errorf("%d days", days)
	}
	if err := s.Forget(ctx, "none"); Code(err) != "not_found" {
		t.Errorf("a visit that is not there: %v", err)
	}
	if err := s.ForgetScan(ctx, mixed, 9); Code(err) != "not_found" {
		t.Errorf("a scan that is not there: %v", err)
	}
}

// TestAnOldVisitStaysWhenSomebodyAddedToItSince makes a visit two years old for each
// thing that a person or a scan does to one, and does it now.
func TestAnOldVisitStaysWhenSomebodyAddedToItSince(t *testing.T) {
	box := home(0, 1).Findings[0].Device
	for name, act := range map[string]func(*Store, string) error{
		"only looked at":    func(s *Store, ref string) error { _, _, err := s.Visit(ctx, ref); return err },
		"a scan":            func(s *Store, ref string) error { _, err := s.Save(ctx, ref, home(0, 1)); return err },
		"a note":            func(s *Store, ref string) error { return s.Describe(ctx, ref, "", "today", "") },
		"a note of one box": func(s *Store, ref string) error { return s.Note(ctx, ref, 1, box, "today") },
		"a correction":      func(s *Store, ref string) error { return s.Correct(ctx, ref, 1, box, device.Identity{Model: "R1"}) },
		"taken back":        func(s *Store, ref string) error { return s.Withdraw(ctx, ref, 1, box) },
		"said gone":         func(s *Store, ref string) error { return s.SayGone(ctx, ref, 1, box) },
		"a label": func(s *Store, ref string) error {
			_, err := s.AddSticker(ctx, ref, "", device.Identity{Model: "R1"})
			return err
		},
		"an import": func(s *Store, ref string) error {
			var file bytes.Buffer
			if err := s.Write(ctx, &file, ref, Export{}); err != nil {
				return err
			}
			if err := s.Forget(ctx, ref); err != nil {
				return err
			}
			_, err := s.Import(ctx, &file)
			return err
		},
	} {
		s := fresh(t)
		s.now = func() time.Time { return today.AddDate(-2, 0, 0) }
		v := newVisit(t, s, "")
		s.now = clock
		if err := act(s, v.Ref); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		want := 0
		if name == "only looked at" {
			want = 1
		}
		if n, err := s.ForgetBefore(ctx, today.AddDate(-1, 0, 0)); n != want || err != nil {
			t.Errorf("%s: %d went, %v", name, n, err)
		}
		if _, ok, err := s.Visit(ctx, v.Ref); ok != (want == 0) || err != nil {
			t.Errorf("%s: is there %v, %v", name, ok, err)
		}
	}
}

// TestErasingRemovesCopiesToo leaves the copy of an older schema behind, as a kill would.
func TestErasingRemovesCopiesToo(t *testing.T) {
	s := fresh(t)
	keep(t, s, Home, home(0, 1))
	must(t, os.WriteFile(backup(s.path, 1), []byte("Kamer 0"), 0o600))
	must(t, s.Erase(ctx))
	if left := traces(t, filepath.Dir(s.path), map[string][]byte{"name": []byte("Kamer 0")}); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	if _, ok, err := s.Scan(ctx, Home, 0); ok || err != nil {
		t.Errorf("%v, %v", ok, err)
	}
	if _, err := s.Save(ctx, Home, scan.Scan{}); err != nil {
		t.Errorf("after erasing: %v", err)
	}
}

// TestForgettingBesideAnIdleWindowIsFinishedAtOnce: a window that only stands open is
// no reader.
func TestForgettingBesideAnIdleWindowIsFinishedAtOnce(t *testing.T) {
	s := fresh(t)
	v := newVisit(t, s, "Familie Geheim")
	keep(t, s, v.Ref, home(0, 5))
	secrets := secretsOf(t, s, v.Ref)
	window := open(t, s.path)
	if _, ok, err := window.Scan(ctx, v.Ref, 0); !ok || err != nil {
		t.Fatal(ok, err)
	}
	must(t, s.Forget(ctx, v.Ref))
	if left := traces(t, filepath.Dir(s.path), secrets); len(left) > 0 {
		t.Errorf("%d traces, such as %s", len(left), left[0])
	}
	if rows, err := window.List(ctx, ""); err != nil || len(rows) != 0 {
		t.Errorf("the window still sees it: %v, %v", rows, err)
	}
}

// TestAForgettingThatWasCutShortIsFinishedAtTheNextStart stops between deleting and
// wiping, where a killed program would.
func TestAForgettingThatWasCutShortIsFinishedAtTheNextStart(t *testing.T) {
	s := fresh(t)
	keep(t, s, Home, home(0, 20))
	secrets := secretsOf(t, s, Home)
	if _, err := s.db.Exec(`DELETE FROM visit; INSERT INTO setting VALUES ('wipe', 'pending')`); err != nil {
		t.Fatal(err)
	}
	if len(traces(t, filepath.Dir(s.path), secrets)) == 0 {
		t.Fatal("nothing is left to be wiped: the test shows nothing")
	}
	next := open(t, s.path)
	if left := traces(t, filepath.Dir(s.path), secrets); len(left) > 0 {
		t.Errorf("%d traces, such as %s", len(left), left[0])
	}
	if pending, err := next.setting(ctx, "wipe"); pending != "" || err != nil {
		t.Errorf("still to be wiped: %q, %v", pending, err)
	}
}

func TestOldVisitsGoWhenTheFileIsOpened(t *testing.T) {
	s := fresh(t)
	v := newVisit(t, s, "")
	must(t, s.SetKeep(ctx, 30))
	s.Close()
	for _, c := range []struct {
		days int
		want bool
	}{{29, true}, {31, false}} {
		later, err := Open(ctx, s.path, func() time.Time { return today.AddDate(0, 0, c.days) })
		must(t, err)
		_, ok, err := later.Visit(ctx, v.Ref)
		later.Close()
		if ok != c.want || err != nil {
			t.Errorf("after %d days: %v, %v", c.days, ok, err)
		}
	}
}

// TestWhatWasSaidInAForgottenScanIsNotSaidInTheNext, which gets its number.
func TestWhatWasSaidInAForgottenScanIsNotSaidInTheNext(t *testing.T) {
	s := fresh(t)
	bare := device.Device{ID: "ip-192.0.2.3"}
	known := device.Device{ID: "mac-00005e005301", MAC: "00:00:5e:00:53:01"}
	first, second := keep(t, s, Home, home(1, 2)), keep(t, s, Home, home(1, 2))
	must(t, s.Note(ctx, Home, first, bare, "first"), s.Note(ctx, Home, second, bare, "second"), s.Note(ctx, Home, second, known, "known"))
	must(t, s.ForgetScan(ctx, Home, second))
	if again := keep(t, s, Home, home(1, 2)); again != second {
		t.Fatalf("the next scan is %d", again)
	}
	v := visit(t, s, Home)
	if k, ok := v.Said(second, bare); ok {
		t.Errorf("of the next scan is said %q", k.Note)
	}
	for number, d := range map[int]device.Device{first: bare, second: known} {
		if k, _ := v.Said(number, d); k.Note == "" {
			t.Errorf("nothing is said of %s any more", d.ID)
		}
	}
}

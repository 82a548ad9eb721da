package report

import (
	"bytes"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/i18n"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// visited is the household at its second visit, with all that a sheet can hold.
func visited(t *testing.T) (scan.Scan, Sheet) {
	t.Helper()
	s := household(t)
	before := scan.Scan{On: today.AddDate(0, -1, 0)}
	for i, f := range s.Findings {
		switch i {
		case 0:
			f.Identity.Firmware = "1.08"
		case 1:
			f.Verdict.Kind = lifecycle.SupportedNow
		case 2:
			continue
		}
		before.Findings = append(before.Findings, f)
	}
	old := made("Acme", "R0", lifecycle.ReplaceNow, func(f *scan.Finding) { f.Device.ID, f.Device.MAC = "mac-02005e0000ff", "02:00:5e:00:00:ff" })
	before.Findings = append(before.Findings, old)
	for i := range s.Findings {
		s.Findings[i].Device.ID = "mac-" + strings.ReplaceAll(s.Findings[i].Device.MAC, ":", "")
	}
	for i := range before.Findings {
		before.Findings[i].Device.ID = "mac-" + strings.ReplaceAll(before.Findings[i].Device.MAC, ":", "")
	}
	c := scan.Compare(before, s, scan.Compared{})
	typed := made("Acme", "R7", lifecycle.CannotTell, func(f *scan.Finding) {
		f.Device = device.Device{ID: "typed-1"}
		f.Identity.Corrected = true
	})
	return s, Sheet{Household: "Voorbeeld", Visitor: "Piet de Vries", Note: "Camera hangt bij de achterdeur.\nBelt volgende week.", Changes: &c, Since: before.On,
		Typed: []scan.Finding{typed}, Notes: func(d device.Device) string {
			if d.Gateway {
				return "staat in de meterkast"
			}
			return ""
		}}
}

func TestAVisitOnPaperInBothLanguages(t *testing.T) {
	s, sheet := visited(t)
	for _, l := range i18n.Languages {
		var page bytes.Buffer
		must(t, writeHTML(&page, i18n.New(l), s, Options{}, sheet))
		golden(t, "visit."+string(l)+".html", page.Bytes())
	}
}

// crowd is a home of many devices that all ask for something.
func crowd(n int) scan.Scan {
	s := scan.Scan{On: today, Catalogue: scan.CatalogueMeta{Version: "1", Date: today, Products: 10}}
	for i := range n {
		s.Findings = append(s.Findings, made("Acme", fmt.Sprintf("Model %d", i), lifecycle.ReplaceNow, func(f *scan.Finding) {
			f.Device.ID = fmt.Sprint("mac-", i)
			f.Device.Addrs = []netip.Addr{netip.AddrFrom4([4]byte{192, 0, 2, byte(i)})}
		}))
	}
	return s
}

// A printed is a paper that a test sets.
type printed struct {
	p     *i18n.Printer
	s     scan.Scan
	o     Options
	sheet Sheet
	pages int // 0 = any
}

// papers are those that are set, by what they are of.
func papers(t *testing.T) map[string]printed {
	s, sheet := visited(t)
	few := s
	few.Findings = nil
	for _, f := range s.Findings {
		if k := f.Verdict.Kind; f.Device.Gateway || k == lifecycle.SupportedNow || k == lifecycle.OtherDevice {
			few.Findings = append(few.Findings, f)
		}
	}
	hostile := scan.Scan{On: today, Findings: []scan.Finding{made("Acme", strings.Repeat("W", 58), lifecycle.CheckLabel, func(f *scan.Finding) {
		f.Identity.Name = "Zoë Łukasz Ștefan Ðặng Ærø ŐŰ Ŵŷ ǅ Жук 書斎 🎥 \u202eevil e\u0301 ) Tj (\\ <</JS>>"
		f.Identity.Revision = strings.Repeat("i", 200)
	})}}
	return map[string]printed{
		"a home of a few devices":  {dutch, few, Options{}, Sheet{Household: "Voorbeeld"}, 1},
		"the same in English":      {english, few, Options{}, Sheet{Household: "Voorbeeld"}, 1},
		"a second visit, Dutch":    {dutch, s, Options{}, sheet, 0},
		"a second visit, English":  {english, s, Options{}, sheet, 0},
		"forty that must go":       {dutch, crowd(40), Options{}, Sheet{}, 0},
		"hostile and foreign text": {english, hostile, Options{Unmask: true}, Sheet{Household: strings.Repeat("x", 500), Note: "a\n\n" + strings.Repeat("word ", 900)}, 0},
		"names in other scripts":   {english, foreign(), Options{Unmask: true}, Sheet{Household: "משפחת לוי · عائلة سالم"}, 0},
		"nothing found":            {dutch, scan.Scan{On: today}, Options{}, Sheet{}, 1},
	}
}

// foreign is a home of devices whose owners write from right to left, in pictures, in
// syllables, or in nothing that can be seen.
func foreign() scan.Scan {
	s := scan.Scan{On: today}
	for i, name := range []string{"מצלמה של דנה (1)", "كاميرا الباب 2", "🎥🏠👨\u200d👩\u200d👧", "❤\ufe0f cam ❤\ufe0f", "कैमरा", "กล้อง", "书斎カメラ카메라", "\u202eنص\u202c abc", "ـــ", "\u0301\u0301\u0301",
		strings.Repeat("מצלמה ", 40), strings.Repeat("🎥", 300), "a" + strings.Repeat("\u0301", 300), strings.Repeat("لا", 60)} {
		s.Findings = append(s.Findings, made("Acme", fmt.Sprintf("Model %d", i), lifecycle.ReplaceNow, func(f *scan.Finding) {
			f.Identity.Name = name
			f.Device.ID = fmt.Sprint("mac-", i)
			f.Device.Addrs = []netip.Addr{netip.AddrFrom4([4]byte{192, 0, 2, byte(i)})}
			if i%3 == 2 {
				f.Verdict.Kind = lifecycle.SupportedNow
			}
		}))
	}
	return s
}

// overlaps returns two pieces of text of a page that stand on each other.
func overlaps(page block) (a, b run, found bool) {
	type rect struct{ left, right, top, bottom float64 }
	var all []rect
	for _, r := range page.runs {
		all = append(all, rect{r.x, r.x + r.width, r.y - 0.72*r.font.size, r.y + 0.16*r.font.size})
	}
	for i, p := range all {
		for j, q := range all[:i] {
			if min(p.right, q.right)-max(p.left, q.left) > 0.5 && min(p.bottom, q.bottom)-max(p.top, q.top) > 0.5 {
				return page.runs[i], page.runs[j], true
			}
		}
	}
	return a, b, false
}

// TestNothingFallsOffThePaper sets each paper and looks where every piece of text and
// every box came to stand, and that none stands on another. HOUDBAAR_PAPERS=DIR keeps the files, to be looked at.
func TestNothingFallsOffThePaper(t *testing.T) {
	for name, c := range papers(t) {
		doc, err := newDocument(c.p, c.s, c.o, c.sheet)
		must(t, err)
		set, err := newTypesetter()
		must(t, err)
		pages := set.fit(doc)
		if c.pages != 0 && len(pages) != c.pages {
			t.Errorf("%s: %d pages, want %d", name, len(pages), c.pages)
		}
		all := ""
		for i, page := range pages {
			for _, r := range page.runs {
				all += r.text + " "
				if w := set.width(r.text, r.font); r.x < margin-0.1 || r.x+w > pageWidth-margin+0.5 || r.y < margin || r.y > pageHeight-margin {
					t.Errorf("%s, page %d: %q stands at %.0f to %.0f, %.0f", name, i+1, r.text, r.x, r.x+w, r.y)
				}
			}
			if a, b, found := overlaps(page); found {
				t.Errorf("%s, page %d: %q stands on %q", name, i+1, a.text, b.text)
			}
			for _, b := range page.boxes {
				if b.x < margin-0.1 || b.x+b.w > pageWidth-margin+0.5 || b.y < margin || b.y+b.h > pageHeight-margin {
					t.Errorf("%s, page %d: a box at %+v", name, i+1, b)
				}
			}
		}
		flat := strings.ReplaceAll(all, " ", "")
		for _, want := range append([]string{doc.Text("sheet.title"), doc.Summary, doc.QR.URL, doc.Catalogue}, titles(doc)...) {
			if want = strings.ReplaceAll(set.known(want), " ", ""); !strings.Contains(flat, want) {
				t.Errorf("%s: the paper lacks %q", name, want)
			}
		}
		var out bytes.Buffer
		if err := writePDF(&out, c.p, c.s, c.o, c.sheet); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, want := range []string{"%PDF-1.", "/FontFile2", "/ToUnicode", "%%EOF"} {
			if !bytes.Contains(out.Bytes(), []byte(want)) {
				t.Errorf("%s: the file lacks %s", name, want)
			}
		}
		if bytes.Contains(out.Bytes(), []byte("/JS")) || bytes.Contains(out.Bytes(), []byte("/JavaScript")) {
			t.Errorf("%s: the file holds a script", name)
		}
		var again bytes.Buffer
		if err := writePDF(&again, c.p, c.s, c.o, c.sheet); err != nil || !bytes.Equal(out.Bytes(), again.Bytes()) {
			t.Errorf("%s: written twice, it differs, %v", name, err)
		}
		if dir := os.Getenv("HOUDBAAR_PAPERS"); dir != "" {
			must(t, os.WriteFile(filepath.Join(dir, strings.ReplaceAll(name, " ", "-")+".pdf"), out.Bytes(), 0o644))
		}
	}
}

// titles are the names and reasons of all devices on a paper.
func titles(doc document) []string {
	var out []string
	for _, s := range append(append([]section{}, doc.Act...), doc.Rest...) {
		for _, c := range s.Cards {
			out = append(out, c.Title)
		}
	}
	for _, s := range doc.Sources {
		out = append(out, s.URL)
	}
	return out
}

// TestTheFontsHaveEveryLatinLetter covers Basic Latin to Latin Extended-B, Latin
// Extended Additional, and the signs the papers use.
func TestTheFontsHaveEveryLatinLetter(t *testing.T) {
	set, err := newTypesetter()
	must(t, err)
	var letters []rune
	for _, span := range [][2]rune{{0x21, 0x7e}, {0xa1, 0xac}, {0xae, 0x24f}, {0x1e00, 0x1ef9}} {
		for r := span[0]; r <= span[1]; r++ {
			letters = append(letters, r)
		}
	}
	for _, sign := range mark {
		letters = append(letters, []rune(sign)...)
	}
	letters = append(letters, []rune("·–—‘’“”…•□€")...)
	for _, bold := range []bool{false, true} {
		set.use(font{size: 10, bold: bold})
		for _, r := range letters {
			if has, err := set.pdf.IsCurrFontContainGlyph(r); err != nil || !has {
				t.Errorf("no %c (%U), bold %v, %v", r, r, bold, err)
			}
		}
	}
}

func TestFileNamesAreSafeOnEverySystem(t *testing.T) {
	for name, c := range map[string]struct {
		ref  string
		on   time.Time
		want string
	}{
		"a visit":             {"2026-11-21-K7QA", today, "houdbaar-2026-11-21-K7QA.pdf"},
		"the own home":        {"home", today, "houdbaar-2026-11-21-home.pdf"},
		"a way out":           {"../../etc/passwd\x00", today, "houdbaar-2026-11-21-etc-passwd.pdf"},
		"a device of Windows": {"CON", time.Time{}, "houdbaar-CON.pdf"},
		"other letters":       {"Zoë & Jan: thuis?", today, "houdbaar-2026-11-21-Zo-Jan-thuis.pdf"},
		"nothing":             {"", time.Time{}, "houdbaar.pdf"},
		"without end":         {strings.Repeat("x", 500), today, "houdbaar-2026-11-21-" + strings.Repeat("x", 60) + ".pdf"},
	} {
		if got := FileName(c.ref, c.on, ".pdf"); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

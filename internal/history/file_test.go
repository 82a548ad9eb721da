package history

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"houdbaar/internal/device"
	"houdbaar/internal/scan"
)

// told is a visit with everything in it that a visit can have.
func told(t testing.TB, s *Store) Visit {
	t.Helper()
	v := newVisit(t, s, "Dorpsstraat")
	must(t, s.Describe(ctx, v.Ref, "Dorpsstraat", "notities", "Piet"))
	first, second := home(0, 4), home(1, 4)
	bare := &first.Findings[3]
	bare.Device.ID, bare.Device.MAC, bare.Device.Observations = "ip-192.0.2.4", "", bare.Device.Observations[:0]
	keep(t, s, v.Ref, first, second)
	must(t, s.Correct(ctx, v.Ref, 1, first.Findings[1].Device, device.Identity{CorrectedBy: "Piet", Vendor: "D-Link", Model: "DIR-860L", Revision: "B1"}))
	must(t, s.Correct(ctx, v.Ref, 1, bare.Device, device.Identity{CorrectedBy: "Piet", Model: "Bare"}))
	must(t, s.Note(ctx, v.Ref, 1, first.Findings[1].Device, "in de meterkast"))
	must(t, s.SayGone(ctx, v.Ref, 1, first.Findings[0].Device))
	_, err := s.AddSticker(ctx, v.Ref, "schuur", device.Identity{CorrectedBy: "Piet", Vendor: "TP-Link", Model: "Archer C20", Revision: "5.0", Kind: device.Router})
	must(t, err)
	v, _, err = s.Visit(ctx, v.Ref)
	must(t, err)
	return v
}

func written(t testing.TB, s *Store, ref string, o Export) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, s.Write(ctx, &b, ref, o))
	return b.Bytes()
}

func TestAVisitMovesToAnotherComputerAsOneFile(t *testing.T) {
	from, to := fresh(t), fresh(t)
	v := told(t, from)
	ref, err := to.Import(ctx, bytes.NewReader(written(t, from, v.Ref, Export{Unmask: true})))
	if err != nil || ref != v.Ref {
		t.Fatalf("%s, %v", ref, err)
	}
	for _, i := range v.Scans {
		want, _, _ := from.Scan(ctx, v.Ref, i.Number)
		got, ok, err := to.Scan(ctx, ref, i.Number)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		alike(t, "a scan", want, got)
	}
	got := visit(t, to, ref)
	if !got.Imported.Equal(today) || got.Household != v.Household || got.Notes != v.Notes || got.Visitor != v.Visitor {
		t.Errorf("got %+v", got)
	}
	alike(t, "what people said", v.Devices, got.Devices)
	alike(t, "labels", v.Stickers, got.Stickers)
	// Again: it stands beside the first, and nothing is overwritten.
	again, err := to.Import(ctx, bytes.NewReader(written(t, from, v.Ref, Export{Unmask: true})))
	if err != nil || again != v.Ref+"-2" {
		t.Errorf("again: %s, %v", again, err)
	}
	// Another's own home is no one's own home here.
	if _, err := from.Save(ctx, Home, home(0, 1)); err != nil {
		t.Fatal(err)
	}
	if ref, err := to.Import(ctx, bytes.NewReader(written(t, from, Home, Export{Unmask: true}))); err != nil || ref == Home {
		t.Errorf("another's home became %s, %v", ref, err)
	}
	if err := from.Write(ctx, &bytes.Buffer{}, "none", Export{}); Code(err) != "not_found" {
		t.Errorf("a visit that is not there: %v", err)
	}
}

// TestAVisitFileIsMaskedUnlessAsked looks for everything private in the file, and wants
// the visit to be of use all the same.
func TestAVisitFileIsMaskedUnlessAsked(t *testing.T) {
	from, to := fresh(t), fresh(t)
	v := told(t, from)
	bare, masked := written(t, from, v.Ref, Export{Unmask: true}), written(t, from, v.Ref, Export{})
	for _, secret := range []string{"02:00:5e:00:00:01", "02005e000001", "0badcafe-0000-1000-8000-000000000001", "SN00000001", "Kamer 1", "fe80::1", "serial-", "R0VUIC9kLnhtbA",
		"Dorpsstraat", "notities", "Piet", "in de meterkast", "schuur"} {
		if !bytes.Contains(bare, []byte(secret)) {
			t.Errorf("the file in full lacks %s: the test looks for the wrong thing", secret)
		}
		if bytes.Contains(masked, []byte(secret)) {
			t.Errorf("the masked file holds %s", secret)
		}
	}
	ref, err := to.Import(ctx, bytes.NewReader(masked))
	must(t, err)
	got := visit(t, to, ref)
	c, ok, err := to.Compare(ctx, Pick{ref, 1}, Pick{ref, 2})
	if err != nil || !ok || c.Count(scan.Stayed) != 2 || c.Count(scan.Gone) != 1 || c.Count(scan.Appeared) != 2 {
		t.Errorf("compared after the move: %+v, %v", c, err)
	}
	if id, ok := got.Corrector(2)(c.After.Findings[0].Device); !ok || id.Model != "DIR-860L" {
		t.Errorf("the correction is lost: %+v", got.Devices)
	}
	if id, ok := got.Corrector(1)(c.Before.Findings[3].Device); !ok || id.Model != "Bare" {
		t.Errorf("the correction of a device known by its address is lost: %+v", got.Devices)
	}
	if f := c.Before.Findings[0]; f.Identity.Model != "R0" || f.Verdict.Kind.String() != "replace_now" || f.Device.MAC != "02:00:5e:xx:xx:xx" {
		t.Errorf("got %+v", f)
	}
}

// TestFilesThatAreNoVisitChangeNothing tries what a person may choose by mistake, and
// what somebody may make on purpose.
func TestFilesThatAreNoVisitChangeNothing(t *testing.T) {
	s := fresh(t)
	v := told(t, s)
	good := written(t, s, v.Ref, Export{Unmask: true})
	changed := func(change func(map[string]any)) []byte {
		var m map[string]any
		must(t, json.Unmarshal(good, &m))
		change(m)
		out, err := json.Marshal(m)
		must(t, err)
		return out
	}
	scans := func(m map[string]any) []any { return m["scans"].([]any) }
	first := func(m map[string]any) map[string]any {
		return scans(m)[0].(map[string]any)["findings"].([]any)[0].(map[string]any)
	}
	for name, c := range map[string]struct {
		data []byte
		code string
	}{
		"nothing":                        {nil, "no_visit"},
		"a letter":                       {[]byte("Beste mevrouw,"), "no_visit"},
		"a scan object":                  {[]byte(`{"schema":"houdbaar.scan/1"}`), "no_visit"},
		"a newer form":                   {changed(func(m map[string]any) { m["schema"] = "houdbaar.visit/2" }), "no_visit"},
		"half of it":                     {good[:len(good)/2], "no_visit"},
		"something behind it":            {append(bytes.Clone(good), good...), "no_visit"},
		"an unknown member":              {changed(func(m map[string]any) { m["run"] = "me" }), "no_visit"},
		"a way out of the reference":     {changed(func(m map[string]any) { m["ref"] = "../../etc/passwd" }), "no_visit"},
		"no reference":                   {changed(func(m map[string]any) { m["ref"] = "" }), "no_visit"},
		"a verdict that does not exist":  {changed(func(m map[string]any) { first(m)["verdict"].(map[string]any)["kind"] = "safe" }), "no_visit"},
		"a kind that does not exist":     {changed(func(m map[string]any) { first(m)["identity"].(map[string]any)["kind"] = "<b>" }), "no_visit"},
		"an address that is none":        {changed(func(m map[string]any) { first(m)["device"].(map[string]any)["addresses"] = []any{"x"} }), "no_visit"},
		"a device without ID":            {changed(func(m map[string]any) { first(m)["device"].(map[string]any)["id"] = "" }), "no_visit"},
		"a day that is none":             {changed(func(m map[string]any) { scans(m)[0].(map[string]any)["on"] = "2026-02-30" }), "no_visit"},
		"one number for two scans":       {changed(func(m map[string]any) { scans(m)[1].(map[string]any)["number"] = 1 }), "no_visit"},
		"too many scans":                 {changed(func(m map[string]any) { m["scans"] = many(maxScans + 1) }), "too_large"},
		"more bytes than a visit can be": {append(bytes.Repeat([]byte(" "), maxFile), good...), "too_large"},
		"nested without end":             {[]byte(`{"schema":"houdbaar.visit/1","scans":` + strings.Repeat("[", 100_000)), "no_visit"},
	} {
		if ref, err := s.Import(ctx, bytes.NewReader(c.data)); Code(err) != c.code || ref != "" {
			t.Errorf("%s: %q, %v, code %q, want %q", name, ref, err, Code(err), c.code)
		}
	}
	if _, err := s.Import(ctx, broken{}); err == nil {
		t.Error("a stick that was pulled out was read")
	}
	if rows, err := s.List(ctx, ""); err != nil || len(rows) != 1 {
		t.Errorf("%d visits, %v; want the one", len(rows), err)
	}
}

func many(n int) []any {
	out := make([]any, n)
	for i := range out {
		out[i] = map[string]any{"number": i + 1, "on": "", "findings": []any{}, "catalogue": map[string]any{"version": "", "date": "", "products": 0}}
	}
	return out
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("input/output error") }

// FuzzRead: whatever the bytes, nothing panics, and what is taken turns into its stored
// form and back.
func FuzzRead(f *testing.F) {
	s := fresh(f)
	v, err := s.NewVisit(ctx, "")
	must(f, err)
	for n := range 2 {
		done := home(n, 1)
		done.Interfaces, done.Problems = nil, nil
		done.Findings[0].Match.Products = nil // small seeds: Go spends its time on making large ones smaller
		done.Findings[0].Device.Observations = done.Findings[0].Device.Observations[:1]
		if _, err := s.Save(ctx, v.Ref, done); err != nil {
			f.Fatal(err)
		}
	}
	f.Add(written(f, s, v.Ref, Export{}))
	f.Add(written(f, s, v.Ref, Export{Unmask: true}))
	f.Add([]byte(`{"schema":"houdbaar.visit/1","ref":"a","scans":[{"number":1,"on":"","catalogue":{},"findings":[{"device":{"id":"x"},"match":{"how":"none"},"verdict":{"kind":"cannot_tell"}}]}],"devices":[{"keys":["mac-","mac-"]}],"stickers":[{}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := read(bytes.NewReader(data))
		if err != nil {
			return
		}
		for _, done := range got.Scans {
			for _, f := range done.Findings {
				kept, err := pack(f)
				var again scan.Finding
				if err = errors.Join(err, unpack(kept, &again)); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}

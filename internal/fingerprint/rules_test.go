package fingerprint

import (
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"houdbaar/internal/device"
)

func TestRulesLoad(t *testing.T) {
	if n := len(Default().all); n < 200 {
		t.Errorf("%d rules loaded; the files are not all there", n)
	}
}

// part returns the value of a part by its name in rule files.
func part(id device.Identity, p string) string {
	switch device.Part(p) {
	case device.PartVendor:
		return id.Vendor
	case device.PartModel:
		return id.Model
	case device.PartRevision, "revision":
		return id.Revision
	case device.PartFirmware:
		return id.Firmware
	case device.PartKind:
		return id.Kind.String()
	case device.PartName:
		return id.Name
	case device.PartProvider:
		return id.Provider
	case device.PartSoftware:
		return id.Software
	}
	return "no such part: " + p
}

// seen is the observation of an example.
func (e example) seen() device.Observation {
	o := saw(e.From)
	o.Fields = e.Saw
	return o
}

// TestEveryExampleIsReadAsItSays identifies each example of each rule with the
// whole set, and wants the rule itself to have matched.
func TestEveryExampleIsReadAsItSays(t *testing.T) {
	s := Default()
	for _, r := range s.all {
		t.Run(r.name, func(t *testing.T) {
			if len(r.Examples) == 0 {
				t.Error("the rule has no example")
			}
			for i, e := range r.Examples {
				o, _ := Default().withPage(e.seen(), &lowered{fields: e.Saw})
				if !slices.Contains(r.From, e.From) || r.match(o, &lowered{fields: o.Fields}) == nil {
					t.Errorf("example %d: the rule does not match its own example %v", i+1, e.Saw)
				}
				id := identify(e.seen())
				for p, want := range e.Is {
					if got := part(id, p); got != want {
						t.Errorf("example %d: %s is %q, want %q", i+1, p, got, want)
						for _, ev := range id.Evidence {
							t.Logf("  %s %q by %s", ev.Part, ev.Gives, ev.Rule)
						}
					}
				}
			}
		})
	}
}

func TestEveryFamilyReadsItsExamples(t *testing.T) {
	s := Default()
	for vendor, v := range s.vendors {
		for _, f := range v.Families {
			if len(f.Examples) == 0 && !slices.ContainsFunc(s.tokens, func(tok tokenRule) bool { return tok.vendor == vendor && f.Match == "^(?:"+tok.Match+")"+joinedTo+"$" }) {
				t.Errorf("%s %s has no example", vendor, f.Match)
			}
			for raw, want := range f.Examples {
				r := s.readAs(vendor, raw)
				if got := fmt.Sprintf("%s|%s|%s", r.model, r.revision, string(r.kind)); got != want || r.by == "" {
					t.Errorf("%s %s: %q is read as %q, want %q", vendor, f.Match, raw, got, want)
				}
				if !f.re.MatchString(raw) && !f.On && r.model == raw {
					t.Errorf("%s %s does not match its own example %q", vendor, f.Match, raw)
				}
			}
		}
	}
}

func TestEveryTokenReadsItsExamples(t *testing.T) {
	s := Default()
	for _, tok := range s.tokens {
		if len(tok.Examples) == 0 {
			t.Errorf("%s %s has no example", tok.vendor, tok.Match)
		}
		for text, want := range tok.Examples {
			if got := tok.find(text); got != want {
				t.Errorf("%s %s finds %q in %q, want %q", tok.vendor, tok.Match, got, text, want)
			}
			if kind := s.readAs(tok.vendor, want).kind; want != "" && tok.Kind != "" && kind != tok.Kind {
				t.Errorf("%s %s is a %s, and its family says %q", tok.vendor, want, tok.Kind, kind)
			}
			for _, other := range s.tokens {
				if other.vendor != tok.vendor && want != "" && other.find(text) != "" {
					t.Errorf("%q is a model of %s and, by %s, of %s", text, tok.vendor, other.Match, other.vendor)
				}
			}
		}
	}
}

// TestAPageMayBeWrittenInSeveralWays: one firmware's pages have other quotes and blanks than
// another's, and say the same.
func TestAPageMayBeWrittenInSeveralWays(t *testing.T) {
	ways := map[string]func(string) string{
		"the other quotes": strings.NewReplacer(`'`, `"`, `"`, `'`).Replace,
		"blanks around =":  func(s string) string { return regexp.MustCompile(`(\w)=(["'\w])`).ReplaceAllString(s, "$1 = $2") },
		"no blanks at =":   func(s string) string { return regexp.MustCompile(`\s*=\s*`).ReplaceAllString(s, "=") },
		"blanks in marks": func(s string) string {
			return regexp.MustCompile(`>\s*([^<>]*[^<>\s])\s*<`).ReplaceAllString(s, "> $1 <")
		},
	}
	seen := 0
	for _, r := range Default().all {
		for _, e := range r.Examples {
			if e.From != device.SourceHTTP || e.Saw["body"] == "" {
				continue
			}
			for way, write := range ways {
				o := e.seen()
				want := identify(o)
				o.Fields = maps.Clone(o.Fields)
				o.Fields["body"] = write(e.Saw["body"])
				got := identify(o)
				for _, p := range []string{"vendor", "model", "firmware", "revision", "kind"} {
					if g, w := part(got, p), part(want, p); g != w {
						t.Errorf("%s, with %s: %s is %q, want %q of\n%s", r.name, way, p, g, w, o.Fields["body"])
					}
				}
				seen++
			}
		}
	}
	if seen < 500 {
		t.Errorf("only %d pages; the test means nothing", seen)
	}
}

// Products in a SERVER header have commas between them or none, and a title's parts a dash,
// a bar or a colon.
func TestAHeaderAndATitleMayBeWrittenInSeveralWays(t *testing.T) {
	for _, c := range []struct{ field, text, want string }{
		{"server", "Linux, UPnP/1.0, Private Upnp SDK", "camera"},
		{"server", "Linux UPnP/1.0 Private Upnp SDK", "camera"},
		{"server", "vxWorks/5.5 UPnP/1.0 MW325R/2.0", "router"},
		{"server", "vxWorks/5.5, UPnP/1.0, MW325R/2.0", "router"},
		{"title", "Login - EdgeOS", "router"},
		{"title", "Login – EdgeOS", "router"},
		{"title", "Login | EdgeOS", "router"},
		{"title", "Login: EdgeOS", "router"},
	} {
		source := device.SourceHTTP
		if c.field == "server" {
			source = device.SourceSSDP
		}
		if id := identify(saw(source, c.field, c.text, "location", "http://192.0.2.1/upnp_device_desc.xml")); string(id.Kind) != c.want {
			t.Errorf("%s %q is a %s, want a %s", c.field, c.text, id.Kind, c.want)
		}
	}
}

// TestRulesAreSound looks for what a rule file can have wrong although it can be read.
func TestRulesAreSound(t *testing.T) {
	rules, err := fs.Sub(embedded, "rules")
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(rules, "*.json")
	if err != nil {
		t.Fatal(err)
	}
	vendors := map[string]string{} // to the file
	for _, name := range slices.DeleteFunc(names, func(name string) bool { return name == wordsFile }) {
		f := readJSON[file](rules, name)
		if f.Vendor != "" {
			f.Vendors = append(f.Vendors, f.vendorName)
		}
		for _, v := range f.Vendors {
			if vendors[v.Vendor] != "" {
				t.Errorf("%s: %s stands in %s too", name, v.Vendor, vendors[v.Vendor])
			}
			vendors[v.Vendor] = name
			checkVendor(t, name, v)
		}
		seen := map[string]bool{}
		for _, r := range f.Rules {
			if seen[r.ID] {
				t.Errorf("%s: two rules are called %s", name, r.ID)
			}
			seen[r.ID] = true
			for _, p := range slices.Concat(slices.Collect(maps.Values(r.When)), slices.Collect(maps.Values(r.Unless))) {
				if strings.Contains(p, providersHere) && len(f.Providers) == 0 { // it would match anything
					t.Errorf("%s/%s: %s, and the file has no providers", name, r.ID, providersHere)
				}
			}
		}
	}
	for _, r := range Default().all {
		checkRule(t, r)
	}
}

func checkVendor(t *testing.T, file string, v vendorName) {
	s := Default()
	seen := map[string]bool{}
	for _, a := range append([]string{v.Vendor}, v.Aliases...) {
		if s.aliases[fold(a)] != v.Vendor {
			t.Errorf("%s: alias %q of %s is one of %s", file, a, v.Vendor, s.aliases[fold(a)])
		}
		if seen[fold(a)] {
			t.Errorf("%s: alias %q of %s says nothing new", file, a, v.Vendor)
		}
		seen[fold(a)] = true
	}
	for _, name := range v.Everyday {
		if s.aliases[fold(name)] != v.Vendor {
			t.Errorf("%s: %s is not called %q", file, v.Vendor, name)
		}
	}
	for _, f := range append(s.vendors[v.Vendor].Families, familyRule{Match: "all of them", Kind: v.Kind}) {
		if f.Kind != "" && !knownKind(f.Kind) {
			t.Errorf("%s: %s: unknown kind %q of %s", file, v.Vendor, f.Kind, f.Match)
		}
	}
}

func checkRule(t *testing.T, r *rule) {
	if len(r.whens) == 0 || len(r.From) == 0 {
		t.Errorf("%s: from and when may not be empty", r.name)
	}
	if strengths[r.Strength] == 0 {
		t.Errorf("%s: unknown strength %q", r.name, r.Strength)
	}
	for p, st := range r.But {
		if strengths[st] == 0 || !slices.Contains(parts, device.Part(p)) {
			t.Errorf("%s: but %s: %s makes no sense", r.name, p, st)
		}
	}
	for p, template := range r.Gives {
		if !slices.Contains(parts, device.Part(p)) {
			t.Errorf("%s gives %q, which is no part", r.name, p)
		}
		if p == string(device.PartKind) && !strings.Contains(template, "{") && !knownKind(device.Kind(template)) {
			t.Errorf("%s: unknown kind %q", r.name, template)
		}
	}
	for _, template := range slices.Concat(slices.Collect(maps.Values(r.Gives)), slices.Collect(maps.Values(r.Hints))) {
		for _, m := range templateGroup.FindAllStringSubmatch(template, -1) {
			if !slices.ContainsFunc(r.whens, func(c condition) bool { return c.re.SubexpIndex(m[1]) >= 0 }) {
				t.Errorf("%s: no pattern has the group %q", r.name, m[1])
			}
			for _, p := range strings.Split(m[2], "|")[1:] {
				if pipes[p] == nil {
					t.Errorf("%s: there is no pipe %q", r.name, p)
				}
			}
		}
	}
	if r.Imitated != nil && !knownKind(device.Kind(r.Imitated.By)) {
		t.Errorf("%s: imitated wants a kind", r.name)
	}
}

// TestARuleFileThatCannotBeReadIsNamed: who writes one finds the mistake.
func TestARuleFileThatCannotBeReadIsNamed(t *testing.T) {
	defer func() {
		if err := fmt.Sprint(recover()); !strings.Contains(err, "a.json") || !strings.Contains(err, "rulez") {
			t.Errorf("the error names neither the file nor the key: %v", err)
		}
	}()
	load(oneFile(`{"rulez":[]}`))
}

// oneFile is a rule folder with the words and one file.
func oneFile(text string) fstest.MapFS {
	words, err := embedded.ReadFile("rules/" + wordsFile)
	if err != nil {
		panic(err)
	}
	return fstest.MapFS{"a.json": {Data: []byte(text)}, wordsFile: {Data: words}}
}

// TestANewMakerIsAFile: the maker is invented, and no Go code knows it.
func TestANewMakerIsAFile(t *testing.T) {
	s := load(oneFile(`{"vendor":"Pebble","everyday":["Pebble"],"selfNamed":true,"models":[{"match":"\\bPBL-\\d{3}\\b","kind":"router"}]}`))
	for title, want := range map[string]string{
		"Pebble beach":          "  ",
		"Pebble router":         "Pebble  router",
		"Login - PBL-120":       "Pebble PBL-120 router",
		"Pebble PBL-120 review": "  ",
	} {
		id := s.Identify(device.Device{Observations: []device.Observation{saw(device.SourceHTTP, "title", title)}})
		if got := id.Vendor + " " + id.Model + " " + string(id.Kind); got != want {
			t.Errorf("%q is %q, want %q", title, got, want)
		}
	}
}

func TestWordsAreSound(t *testing.T) {
	text, err := embedded.ReadFile("rules/" + wordsFile)
	if err != nil {
		t.Fatal(err)
	}
	w := readJSON[wordLists](fstest.MapFS{wordsFile: {Data: text}}, wordsFile)
	single := func(list string, words ...string) {
		seen := map[string]bool{}
		for _, word := range words {
			if fold(word) != word || strings.Contains(word, " ") || seen[word] {
				t.Errorf("%s: %q is no single word in lower case, or stands there twice", list, word)
			}
			seen[word] = true
		}
	}
	for list, words := range map[string][]string{"legal": w.Legal, "places": w.Places, "elsewhere": w.Elsewhere, "plain": w.Plain, "kindKeys": w.KindKeys,
		"sections": w.Sections, "lines": w.Lines, "others": w.Others} {
		single(list, words...)
	}
	single("sorts", slices.Concat(slices.Collect(maps.Values(w.Sorts))...)...)
	single("keys", slices.Concat(slices.Collect(maps.Values(w.Keys))...)...)
	for kind := range w.Sorts {
		if !knownKind(kind) {
			t.Errorf("sorts: unknown kind %q", kind)
		}
	}
	for part := range w.vocabulary().keys {
		if p := Default().keys[part]; !slices.Contains(parts, p) {
			t.Errorf("keys: %q is of the unknown part %q", part, p)
		}
	}
	for _, f := range w.Kinds {
		if !knownKind(f.Kind) {
			t.Errorf("kinds: unknown kind %q", f.Kind)
		}
	}
	for list, patterns := range map[string][]string{"devices": w.Devices, "gossip": w.Gossip, "watching": w.Watching, "reports": w.Reports} {
		if len(patterns) == 0 {
			t.Errorf("%s: no patterns", list)
		}
	}
}

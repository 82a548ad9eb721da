package fingerprint

import (
	"fmt"
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
				o := withPage(e.seen(), &lowered{fields: e.Saw})
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

func TestARuleFileThatIsWrongIsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"an unknown strength":                       `{"rules":[{"id":"a","from":["http"],"when":{"title":"x"},"gives":{"kind":"tv"},"strength":"certain"}]}`,
		"an unknown kind":                           `{"rules":[{"id":"a","from":["http"],"when":{"title":"x"},"gives":{"kind":"toaster"},"strength":"weak"}]}`,
		"an unknown part":                           `{"rules":[{"id":"a","from":["http"],"when":{"title":"x"},"gives":{"colour":"red"},"strength":"weak"}]}`,
		"a pattern that is broken":                  `{"rules":[{"id":"a","from":["http"],"when":{"title":"("},"gives":{"kind":"tv"},"strength":"weak"}]}`,
		"providers that are not there":              `{"rules":[{"id":"a","from":["http"],"when":{"title":"^{providers}"},"gives":{"kind":"tv"},"strength":"weak"}]}`,
		"a strength of no part":                     `{"rules":[{"id":"a","from":["http"],"when":{"title":"x"},"gives":{"kind":"tv"},"strength":"weak","but":{"colour":"weak"}}]}`,
		"two rules of one name":                     `{"rules":[{"id":"a","from":["http"],"when":{"title":"x"},"gives":{"kind":"tv"},"strength":"weak"},{"id":"a","from":["http"],"when":{"title":"y"},"gives":{"kind":"tv"},"strength":"weak"}]}`,
		"an alias of two makers":                    `{"vendors":[{"vendor":"A","aliases":["x"]},{"vendor":"B","aliases":["X"]}]}`,
		"a maker in two places":                     `{"vendor":"A","vendors":[{"vendor":"A"}]}`,
		"a word that is no name of the maker's":     `{"vendors":[{"vendor":"A","everyday":["ring"]}]}`,
		"a rule without condition":                  `{"rules":[{"id":"a","from":["http"],"when":{},"gives":{"kind":"tv"},"strength":"weak"}]}`,
		"a word nobody knows":                       `{"rulez":[]}`,
		"a template with a group that is not there": `{"rules":[{"id":"a","from":["http"],"when":{"title":"x"},"gives":{"model":"{m}"},"strength":"weak"}]}`,
		"a pipe that is not there":                  `{"rules":[{"id":"a","from":["http"],"when":{"title":"(?P<m>x)"},"gives":{"model":"{m|shout}"},"strength":"weak"}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Load(oneFile(text)); err == nil {
				t.Error("loaded without an error")
			} else if !strings.Contains(err.Error(), "a.json") {
				t.Errorf("the error does not name the file: %v", err)
			}
		})
	}
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
	s, err := Load(oneFile(`{"vendor":"Pebble","everyday":["Pebble"],"selfNamed":true,"models":[{"match":"\\bPBL-\\d{3}\\b","kind":"router"}]}`))
	if err != nil {
		t.Fatal(err)
	}
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

func TestWordsThatAreWrongAreRefused(t *testing.T) {
	const patterns = `"devices":["hub"],"gossip":["blog"],"watching":["cacti"],"reports":["graphs"]`
	for name, text := range map[string]string{
		"":                               `{` + patterns + `}`,
		"two words in one":               `{"plain":["access point"],` + patterns + `}`,
		"a word in capitals":             `{"legal":["GmbH"],` + patterns + `}`,
		"a word twice":                   `{"places":["wuhan","wuhan"],` + patterns + `}`,
		"a word of two sorts":            `{"sorts":{"camera":["cam"],"nvr":["cam"]},` + patterns + `}`,
		"a sort nobody knows":            `{"sorts":{"toaster":["toaster"]},` + patterns + `}`,
		"a key of two parts":             `{"keys":{"model":["mdl"],"vendor":["mdl"]},` + patterns + `}`,
		"keys of a part nobody knows":    `{"keys":{"colour":["colour"]},` + patterns + `}`,
		"a word for a kind nobody knows": `{"kinds":[{"match":"toaster","kind":"toaster"}],` + patterns + `}`,
		"a pattern that is broken":       `{"devices":["("],"gossip":["blog"],"watching":["cacti"],"reports":["graphs"]}`,
		"a list of patterns that lacks":  `{"devices":["hub"],"gossip":["blog"]}`,
		"a list nobody knows":            `{"wordz":[],` + patterns + `}`,
	} {
		_, err := Load(fstest.MapFS{wordsFile: {Data: []byte(text)}})
		if (err == nil) != (name == "") {
			t.Errorf("%q: the error is %v", name, err)
		}
	}
}

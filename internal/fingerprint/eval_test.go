package fingerprint

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"
	"text/tabwriter"

	"houdbaar/internal/casefile"
	"houdbaar/internal/device"
)

var (
	casesFlag = flag.String("cases", "", "folders of case folders to evaluate, separated by commas")
	evalFlag  = flag.Bool("table", false, "print the whole table of the evaluation, and every miss")
	halfFlag  = flag.Int("half", 0, "1 or 2: evaluate only every other case, to see whether rules written from one half read the other")
)

// recordings are the project's own.
const recordings = "../lab/recordings"

// A count is what became of one part over some cases.
type count struct {
	expected, right, wrong, missed int
}

func (c *count) add(o count) {
	c.expected, c.right, c.wrong, c.missed = c.expected+o.expected, c.right+o.right, c.wrong+o.wrong, c.missed+o.missed
}

// precision is the share of the given values that are right, recall that of the
// expected ones that were given. "-" = none to count.
func (c count) String() string {
	p, r := "-", "-"
	if c.right+c.wrong > 0 {
		p = fmt.Sprintf("%.1f", 100*float64(c.right)/float64(c.right+c.wrong))
	}
	if c.expected > 0 {
		r = fmt.Sprintf("%.1f", 100*float64(c.expected-c.missed)/float64(c.expected))
	}
	return fmt.Sprintf("%s\t%s\t%d", p, r, c.expected)
}

// A score is the counts of a group of cases.
type score struct {
	cases int
	parts map[string]*count // "class", "vendor", "model", "revision", "firmware", "vendor and model"
}

var scored = []string{"class", "vendor", "model", "vendor+model", "revision", "firmware"}

// result is what became of one case: for each part a count of one, and the misses
// in words.
type result struct {
	name, tier, kind, vendor string
	parts                    map[string]count
	misses                   []string
}

func str(p *string) string {
	if p == nil {
		return ""
	}
	return *p
}

// evaluate compares what the rules make of a case with its truth.
//
// A value that the data carries (expect_*) must be found; one that it does not
// carry and that is given all the same is false, unless it equals the truth or an
// alternative. The class counts always, unless the truth names none.
//
// ours says that the truth leaves out what does not matter for the verdict: a value
// it does not speak of is then neither right nor false.
func evaluate(s *Set, c casefile.Case, ours bool) result {
	id := s.Identify(device.Device{Observations: c.Observations, Gateway: c.Truth.Gateway})
	t := c.Truth
	r := result{name: c.Name, tier: t.Tier, kind: str(t.Kind), vendor: str(t.Vendor), parts: map[string]count{}}
	if r.vendor != "" {
		r.vendor, _ = s.Vendor(r.vendor)
	}
	miss := func(part, got, want string) {
		r.misses = append(r.misses, fmt.Sprintf("%s %q, want %q", part, got, want))
	}
	if t.Kind != nil {
		want := []device.Class{device.Kind(*t.Kind).Class()}
		for _, k := range t.KindAlt {
			want = append(want, device.Kind(k).Class())
		}
		switch got := id.Kind.Class(); {
		case slices.Contains(want, got):
			r.parts["class"] = count{expected: 1, right: 1}
		case got == device.ClassUnknown:
			r.parts["class"] = count{expected: 1, missed: 1}
			miss("kind", id.Kind.String(), *t.Kind)
		default:
			r.parts["class"] = count{expected: 1, wrong: 1, missed: 1}
			miss("WRONG kind", id.Kind.String(), *t.Kind)
		}
	}
	one := func(part, got string, truth *string, alt []string, expected bool, equal func(a, b string) bool) bool {
		right := slices.ContainsFunc(append(slices.Clone(alt), str(truth)), func(w string) bool { return w != "" && equal(got, w) })
		var n count
		if ours && !expected && str(truth) == "" {
			return true
		}
		if expected {
			n.expected = 1
		}
		switch {
		case got != "" && right:
			n.right = 1
		case got != "":
			n.wrong = 1
			miss("WRONG "+part, got, str(truth))
		}
		if expected && !right {
			n.missed = 1
			if got == "" {
				miss(part, got, str(truth))
			}
		}
		r.parts[part] = n
		return right
	}
	vendorEqual := func(a, b string) bool {
		b2, _ := s.Vendor(b)
		return strings.EqualFold(a, b) || strings.EqualFold(a, b2)
	}
	text := func(a, b string) bool {
		flat := func(v string) string { return strings.Join(strings.Fields(strings.ToLower(v)), " ") }
		return flat(a) == flat(b)
	}
	vendorRight := one("vendor", id.Vendor, t.Vendor, t.VendorAlt, t.ExpectVendor, vendorEqual)
	modelRight := one("model", id.Model, t.Model, t.ModelAlt, t.ExpectModel, text)
	if t.ExpectModel {
		n := count{expected: 1}
		if (vendorRight || t.Vendor == nil) && modelRight {
			n.right = 1
		} else {
			n.missed, n.wrong = 1, 1
		}
		r.parts["vendor+model"] = n
	}
	one("revision", id.Revision, t.Revision, nil, t.Revision != nil, func(a, b string) bool {
		return same(device.PartRevision, Revision(a), Revision(b))
	})
	alt := slices.DeleteFunc([]string{t.FirmwareFull, t.FirmwareDisplay}, func(v string) bool { return v == "" })
	one("firmware", id.Firmware, t.Firmware, alt, t.ExpectFirmware, text)
	return r
}

// readCases reads the case folders below dirs.
func readCases(t *testing.T, dirs []string) []casefile.Case {
	var out []casefile.Case
	for _, dir := range dirs {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, e := range entries {
			if !e.IsDir() {
				continue
			}
			if n++; *halfFlag != 0 && n%2 != *halfFlag%2 {
				continue
			}
			c, err := casefile.Read(filepath.Join(dir, e.Name()))
			if err != nil {
				t.Errorf("%v", err)
				continue
			}
			out = append(out, c)
		}
	}
	return out
}

// TestEval measures the rules on recorded devices: the project's own always, and
// those of -cases. With -table it prints the counts and every miss by name.
func TestEval(t *testing.T) {
	dirs := []string{}
	if *casesFlag != "" {
		for _, dir := range strings.Split(*casesFlag, ",") {
			if _, err := os.Stat(dir); err != nil {
				fmt.Printf("not evaluated, not there: %s\n", dir)
				continue
			}
			dirs = append(dirs, dir)
		}
	}
	if _, err := os.Stat(recordings); err == nil && *halfFlag == 0 {
		dirs = append(dirs, recordings)
	}
	s := Default()
	groups := map[string]*score{}
	into := func(group string, r result) {
		g := groups[group]
		if g == nil {
			g = &score{parts: map[string]*count{}}
			groups[group] = g
		}
		g.cases++
		for p, n := range r.parts {
			if g.parts[p] == nil {
				g.parts[p] = &count{}
			}
			g.parts[p].add(n)
		}
	}
	var misses []string
	for _, dir := range dirs {
		for _, c := range readCases(t, []string{dir}) {
			r := evaluate(s, c, dir == recordings)
			into("all", r)
			into("tier "+r.tier, r)
			into("kind "+r.kind, r)
			if r.vendor != "" {
				into("vendor "+r.vendor, r)
			}
			for _, m := range r.misses {
				misses = append(misses, r.name+" ["+r.tier+"]: "+m)
				if dir == recordings {
					t.Errorf("%s: %s", r.name, m)
				}
			}
		}
	}
	if !*evalFlag {
		return
	}
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 4, 2, ' ', 0)
	fmt.Fprint(w, "percent right of given / found of expected / number expected\ngroup\tcases")
	for _, p := range scored {
		fmt.Fprintf(w, "\t%s\t\t", p)
	}
	fmt.Fprintln(w)
	names := make([]string, 0, len(groups))
	for g := range groups {
		names = append(names, g)
	}
	sort.Strings(names)
	for _, g := range names {
		fmt.Fprintf(w, "%s\t%d", g, groups[g].cases)
		for _, p := range scored {
			n := groups[g].parts[p]
			if n == nil {
				n = &count{}
			}
			fmt.Fprintf(w, "\t%s", n)
		}
		fmt.Fprintln(w)
	}
	w.Flush()
	fmt.Printf("%s\n%d misses\n%s\n", b.String(), len(misses), strings.Join(misses, "\n"))
}

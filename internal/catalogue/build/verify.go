package build

import (
	"cmp"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"houdbaar/internal/catalogue"
	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
)

// A Complaint is a reason why the sources are not built, and where it stands.
type Complaint struct {
	Pos
	Rule string // one of the rules below
	Text string
}

// String returns "tp-link/facts.csv:12: no_source: ...".
func (c Complaint) String() string { return fmt.Sprintf("%s: %s: %s", c.Pos, c.Rule, c.Text) }

// The rules of Verify.
const (
	ruleNoSource    = "no_source"   // a fact names no source, or one that is not listed
	ruleNoPage      = "no_page"     // the address of a source is no page a person can open, or a copy's for what a maker says
	ruleSaleIsEnd   = "sale_is_end" // an end of security support is the end of sale, or the day an advisory was published, and no note says that the source says so
	ruleSameDate    = "same_date"   // too many products of one publisher share a date, and no reviewer said why
	ruleMinimum     = "minimum"     // the last day of a promise of at least so long is told as an end
	rulePackage     = "package"     // the end of a package is told as that of the device in it
	ruleOtherCVE    = "other_cve"   // a fix that rests on one CVE record names another flaw
	ruleOrder       = "date_order"  // an end lies before the beginning, and no note says why
	ruleTwice       = "twice"       // two products are one
	ruleAlias       = "alias"       // another name points at two products, with no revision to tell them apart
	ruleSpelling    = "spelling"    // a vendor is not written as in vendors.csv
	ruleWithdrawn   = "withdrawn"   // a withdrawn fact is used elsewhere, or is all there is
	ruleUnknown     = "unknown"     // a word that is not one of those allowed here
	ruleNoProduct   = "no_product"  // a fact is about a product that is not listed
	ruleNoFact      = "no_fact"     // nothing is said about a product, not even that it exists
	ruleDate        = "date"        // not a date, or one that cannot be
	ruleNoVersion   = "no_version"  // a statement on firmware without a version, or the other way round
	ruleRepeated    = "repeated"    // the same row twice
	ruleUnsorted    = "unsorted"    // rows are not in their order ("mkcatalogue sort" mends it)
	ruleText        = "text"        // a text is empty, too long or holds what cannot be read
	ruleNoTerms     = "no_terms"    // a publisher or a copy without terms
	maxDetail       = 240           // characters of a detail; it is one remark, not an essay
	sameDateAllowed = 25            // products of one publisher with one same date of an end
)

type verifier struct {
	complaints []Complaint
	vendors    map[string]Vendor   // by name
	vendorKeys map[string]string   // lifecycle.VendorKey to name
	products   map[string]*Product // by key
	copies     map[string]bool
	campaigns  map[string]bool
}

// Verify returns every reason not to build from s, in the order of files and lines.
func Verify(s *Sources) []Complaint {
	v := &verifier{vendors: map[string]Vendor{}, vendorKeys: map[string]string{}, products: map[string]*Product{}, copies: map[string]bool{}, campaigns: map[string]bool{}}
	v.checkVendors(s)
	v.checkProducts(s)
	v.checkAliases(s)
	v.checkCopies(s)
	v.checkCampaigns(s)
	used := map[string]bool{}
	for _, p := range s.Publishers {
		v.checkPublisher(p, used)
	}
	v.checkSales(s)
	v.checkMinimums(s)
	v.checkUse(s, used)
	slices.SortStableFunc(v.complaints, func(a, b Complaint) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return v.complaints
}

// ToCome returns the sources that were read after today: one mistyped year, and every
// computer judges for a day that is still to come (a catalogue's day is the newest of
// its sources). It is no reason not to build, for this computer's clock may be wrong.
func ToCome(s *Sources, today time.Time) []Source {
	var out []Source
	for _, p := range s.Publishers {
		for _, src := range p.Sources {
			if d, err := time.Parse(time.DateOnly, src.Read); err == nil && d.After(today.AddDate(0, 0, 1)) { // wherever it was read
				out = append(out, src)
			}
		}
	}
	return out
}

func (v *verifier) add(pos Pos, rule, format string, args ...any) {
	v.complaints = append(v.complaints, Complaint{pos, rule, fmt.Sprintf(format, args...)})
}

func (v *verifier) complainIf(wrong bool, pos Pos, rule, format string, args ...any) {
	if wrong {
		v.add(pos, rule, format, args...)
	}
}

// text complains about what cannot be shown as one line.
func (v *verifier) text(pos Pos, what, s string, most int) {
	if strings.TrimSpace(s) != s || len([]rune(s)) > most || strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || r == unicode.ReplacementChar || unicode.Is(unicode.Bidi_Control, r)
	}) {
		v.add(pos, ruleText, "%s %q: want one trimmed line of at most %d characters", what, s, most)
	}
}

// downloads are the endings of what a browser puts into a file.
var downloads = []string{".zip", ".gz", ".bin", ".img", ".exe", ".tar", ".7z", ".rar", ".chk", ".trx"}

// page complains about an address that a person cannot open in a browser.
func (v *verifier) page(pos Pos, address string) {
	u, err := url.Parse(address)
	ok := err == nil && (u.Scheme == "https" || u.Scheme == "http") && strings.Contains(u.Hostname(), ".") && u.User == nil && !strings.ContainsAny(address, " \t\"<>")
	if ok {
		ok = !slices.Contains(downloads, path.Ext(strings.ToLower(u.Path)))
	}
	v.complainIf(!ok, pos, ruleNoPage, "%q is no page", address)
}

// views are the questions in an address that ask for one view of a page: a comparison of
// two editions of it, an edition of before, or it with its comments unfolded.
var views = []string{"diff", "oldid", "extended-comments"}

// view complains about an address of one view of a page, where a person is to open the page.
func (v *verifier) view(pos Pos, address string) {
	u, err := url.Parse(address)
	if err != nil {
		return // page has said so
	}
	for _, q := range views {
		if u.Query().Has(q) {
			v.add(pos, ruleNoPage, "%q is one view of a page; the copy that was read goes into via_url", address)
			return
		}
	}
}

func (v *verifier) checkVendors(s *Sources) {
	last := ""
	for _, x := range s.Vendors {
		k := lifecycle.VendorKey(x.Name)
		v.complainIf(k == "" || x.Name != strings.TrimSpace(x.Name), x.Pos, ruleText, "vendor %q", x.Name)
		if other, is := v.vendorKeys[k]; is {
			v.add(x.Pos, ruleTwice, "vendors %s and %s are one", other, x.Name)
		}
		v.vendors[x.Name], v.vendorKeys[k] = x, x.Name
		if x.Page != "" {
			v.page(x.Pos, x.Page)
		}
		if low := strings.ToLower(x.Name); low < last {
			v.add(x.Pos, ruleUnsorted, "%s", x.Name)
		} else {
			last = low
		}
	}
}

// vendor complains about a name that is not the one spelling of a vendor.
func (v *verifier) vendor(pos Pos, name string) {
	if _, ok := v.vendors[name]; ok {
		return
	}
	if right, ok := v.vendorKeys[lifecycle.VendorKey(name)]; ok {
		v.add(pos, ruleSpelling, "vendor %q is written %q", name, right)
		return
	}
	v.add(pos, ruleSpelling, "vendor %q is not in vendors.csv", name)
}

func (v *verifier) checkProducts(s *Sources) {
	slugs := map[string]Pos{}
	spelled := map[string]string{} // vendor and model key to the model's spelling
	for i := range s.Products {
		p := &s.Products[i]
		if p.Model == "" || lifecycle.ModelKey(p.Vendor, p.Model) == "" {
			v.add(p.Pos, ruleText, "a product needs a model")
			continue
		}
		v.text(p.Pos, "model", p.Model, 100)
		k := p.key()
		if other, is := v.products[k]; is {
			v.add(p.Pos, ruleTwice, "%s is the product at %s", p.ID(), other.Pos)
			continue
		}
		v.products[k] = p
		if other, is := slugs[p.ID()]; is {
			v.add(p.Pos, ruleTwice, "the ID %s belongs to the product at %s", p.ID(), other)
		}
		slugs[p.ID()] = p.Pos
		m := key(p.Vendor, p.Model, "")
		if other, is := spelled[m]; is && other != p.Model {
			v.add(p.Pos, ruleSpelling, "model %q is written %q elsewhere", p.Model, other)
		}
		spelled[m] = p.Model
		v.complainIf(p.Revision != "" && lifecycle.RevisionKey(p.Revision) == "", p.Pos, ruleUnknown, "revision %q says nothing", p.Revision)
		v.complainIf(p.Kind != "" && !slices.Contains(device.Kinds, device.Kind(p.Kind)), p.Pos, ruleUnknown, "kind %q", p.Kind)
		if p.Provider != "" {
			v.vendor(p.Pos, p.Provider)
			if x, ok := v.vendors[p.Provider]; ok && !x.Provider {
				v.add(p.Pos, ruleUnknown, "%s is no provider in vendors.csv", p.Provider)
			}
		}
		if p.Page != "" {
			v.page(p.Pos, p.Page)
		}
		v.complainIf(i > 0 && s.Products[i-1].File == p.File && compareProducts(*p, s.Products[i-1]) < 0, p.Pos, ruleUnsorted, "%s %s", p.Model, p.Revision)
	}
}

// checkAliases complains about a name that could be two products. The revisions of
// one model may share a name; two models may not.
func (v *verifier) checkAliases(s *Sources) {
	type owner struct {
		model, revision string
		pos             Pos
	}
	models := map[string]string{} // by key
	for _, p := range s.Products {
		models[key(p.Vendor, p.Model, "")] = p.Model
	}
	whole := map[string]map[string]bool{} // a model that is listed as a whole, to its other names
	for _, p := range s.Products {
		if p.Revision != "" {
			continue
		}
		names := map[string]bool{}
		for _, a := range p.Aliases {
			names[key(p.Vendor, a, "")] = true
		}
		whole[key(p.Vendor, p.Model, "")] = names
	}
	owners := map[string][]owner{}
	for _, p := range s.Products {
		model, revision := key(p.Vendor, p.Model, ""), lifecycle.RevisionKey(p.Revision)
		seen := map[string]bool{}
		for _, a := range p.Aliases {
			v.text(p.Pos, "alias", a, 100)
			k := key(p.Vendor, a, "")
			switch other, is := models[k]; {
			case seen[k]:
				v.add(p.Pos, ruleRepeated, "alias %q stands twice", a)
			case k == model:
				v.add(p.Pos, ruleRepeated, "alias %q is the model", a)
			case lifecycle.VendorKey(a) == lifecycle.VendorKey(p.Vendor):
				v.add(p.Pos, ruleAlias, "alias %q of %s is its maker: whatever says no more than that would be one", a, p.Model)
			case is:
				v.add(p.Pos, ruleAlias, "alias %q of %s is the model %s", a, p.Model, other)
			default:
				if names, is := whole[model]; is && revision != "" && !names[k] && !strings.HasPrefix(lifecycle.ModelKey(p.Vendor, a), lifecycle.ModelKey(p.Vendor, p.Model)) {
					v.add(p.Pos, ruleAlias, "alias %q of %s %s is none of the model as a whole: by that name nobody would meet what is said of the model", a, p.Model, p.Revision)
				}
				for _, o := range owners[k] {
					if o.model != p.Model && (o.revision == revision || o.revision == "" || revision == "") {
						v.add(p.Pos, ruleAlias, "alias %q of %s is also one of %s (%s)", a, p.Model, o.model, o.pos)
						break
					}
				}
				owners[k] = append(owners[k], owner{p.Model, revision, p.Pos})
			}
			seen[k] = true
		}
		v.checkShortName(p, models)
	}
}

func (v *verifier) checkCopies(s *Sources) {
	for _, c := range s.Copies {
		v.copies[c.Name] = true
		v.complainIf(c.Terms == "", c.Pos, ruleNoTerms, "the copy %q has no terms", c.Name)
		v.page(c.Pos, c.Home)
	}
}

func (v *verifier) checkCampaigns(s *Sources) {
	for _, c := range s.Campaigns {
		v.complainIf(v.campaigns[c.ID], c.Pos, ruleRepeated, "campaign %s stands twice", c.ID)
		v.campaigns[c.ID] = true
		v.text(c.Pos, "campaign", c.ID, 100)
	}
}

// milestones are the statements with a date that begins or ends something, in the order in
// which that happens.
var milestones = []lifecycle.Statement{lifecycle.GeneralAvailability, lifecycle.EndOfSales, lifecycle.EndOfSecuritySupport, lifecycle.EndOfLife}

// onFirmware are the statements that need a version.
var onFirmware = []lifecycle.Statement{lifecycle.NewestFirmware, lifecycle.KnownFirmware, lifecycle.FixedFirmware}

func (v *verifier) checkPublisher(p Publisher, used map[string]bool) {
	here := Pos{p.Folder + "/publisher.json", 1}
	v.complainIf(p.Name == "", here, ruleText, "a publisher needs a name")
	v.complainIf(p.Terms == "", here, ruleNoTerms, "%s has no terms", p.Name)
	v.complainIf(!slices.Contains(lifecycle.Trusts, p.Trust), here, ruleUnknown, "trust %q", p.Trust)
	if p.Home != "" {
		v.page(here, p.Home)
	}
	sources := v.checkSources(p)
	seen := map[Fact]bool{}
	for i, f := range p.Facts {
		v.checkFact(f, p, sources)
		same := f
		same.Pos, same.Note, same.Detail = Pos{}, "", ""
		v.complainIf(seen[same], f.Pos, ruleRepeated, "%s %s %s", f.Vendor, f.Model, f.Says)
		seen[same] = true
		v.complainIf(i > 0 && compareFacts(f, p.Facts[i-1]) < 0, f.Pos, ruleUnsorted, "%s %s %s", f.Vendor, f.Model, f.Says)
		if !f.Withdrawn {
			used[f.key()] = true
		}
	}
	for _, w := range p.Wider {
		v.checkWider(w, p, sources)
	}
	v.checkDates(p)
	v.checkPackages(p)
}

// checkSources returns the sources of a publisher by their keys.
func (v *verifier) checkSources(p Publisher) map[string]Source {
	sources := map[string]Source{}
	for i, src := range p.Sources {
		if _, is := sources[src.Key]; is || src.Key == "" {
			v.add(src.Pos, ruleRepeated, "key %q", src.Key)
		}
		sources[src.Key] = src
		v.complainIf(src.Title == "", src.Pos, ruleText, "a source needs a title")
		v.text(src.Pos, "title", src.Title, 300)
		v.page(src.Pos, src.URL)
		v.view(src.Pos, src.URL)
		if src.ViaURL != "" {
			v.page(src.Pos, src.ViaURL)
			if src.URL == src.ViaURL && cmp.Or(src.Trust, p.Trust) == "vendor" {
				v.add(src.Pos, ruleNoPage, "%q is the copy; what the maker says is shown with the maker's own page", src.URL)
			}
		}
		for _, day := range []string{src.Read, src.Published} {
			if d, _, err := catalogue.ParseDate(day); err != nil || d.Precision != lifecycle.Day && !(day == "" && day != src.Read) {
				v.add(src.Pos, ruleDate, "%q is no day", day)
			}
		}
		v.complainIf(src.Trust != "" && !slices.Contains(lifecycle.Trusts, src.Trust), src.Pos, ruleUnknown, "trust %q", src.Trust)
		v.complainIf(src.Via != "" && !v.copies[src.Via], src.Pos, ruleUnknown, "via %q is not in copies.csv", src.Via)
		v.complainIf(i > 0 && src.Key < p.Sources[i-1].Key, src.Pos, ruleUnsorted, "%s", src.Key)
	}
	return sources
}

func (v *verifier) checkWider(w Wider, p Publisher, sources map[string]Source) {
	_, ok := sources[w.Source]
	v.complainIf(!ok, w.Pos, ruleNoSource, "source %q is not in %s/sources.csv", w.Source, p.Folder)
	v.complainIf(w.Scope == "", w.Pos, ruleText, "a wider statement needs a scope")
	v.says(w.Pos, w.Says)
	if _, _, err := catalogue.ParseDate(w.Date); err != nil {
		v.add(w.Pos, ruleDate, "%v", err)
	}
}

func (v *verifier) says(pos Pos, s string) {
	v.complainIf(!slices.Contains(lifecycle.Statements, lifecycle.Statement(s)), pos, ruleUnknown, "statement %q", s)
}

// pinned is the address of one stored edition of a copy, by its commit: it stays as it was
// however late it is read.
var pinned = regexp.MustCompile(`/[0-9a-f]{40}(?:/|$)`)

// cveID is the number of a CVE record.
var cveID = regexp.MustCompile(`CVE-\d{4}-\d{4,}`)

// otherCVE returns the flaw that a fix names beside the one of the record it rests on, or
// "": only the record of that flaw says which version mends it. 4.4.5.3 of the Vigor2865 mends
// CVE-2024-41334 and still has CVE-2024-51138.
func otherCVE(f Fact) string {
	own := strings.ToUpper(f.Source)
	if f.Says != string(lifecycle.FixedFirmware) || cveID.FindString(own) != own {
		return ""
	}
	for _, id := range cveID.FindAllString(f.Detail, -1) {
		if id != own {
			return id
		}
	}
	return ""
}

func (v *verifier) checkFact(f Fact, p Publisher, sources map[string]Source) {
	v.vendor(f.Pos, f.Vendor)
	v.says(f.Pos, f.Says)
	v.text(f.Pos, "detail", f.Detail, maxDetail)
	v.text(f.Pos, "version", f.Version, 100)
	v.text(f.Pos, "region", f.Region, 100)
	src, ok := sources[f.Source]
	v.complainIf(!ok, f.Pos, ruleNoSource, "%s %s: source %q is not in sources.csv", f.Vendor, f.Model, f.Source)
	v.complainIf(v.products[f.key()] == nil && !f.Withdrawn, f.Pos, ruleNoProduct, "%s %s %s is not in products/%s.csv", f.Vendor, f.Model, f.Revision, slug(f.Vendor))
	says := lifecycle.Statement(f.Says)
	v.complainIf(slices.Contains(onFirmware, says) != (f.Version != ""), f.Pos, ruleNoVersion, "%s with version %q", f.Says, f.Version)
	if other := otherCVE(f); other != "" && !f.Withdrawn {
		v.add(f.Pos, ruleOtherCVE, "%s %s: %s is the record that says this, and not %s; give that one a line of its own, with the version it names", f.Vendor, f.Model, f.Source, other)
	}
	if (says == lifecycle.Named) != (f.Campaign != "") {
		v.add(f.Pos, ruleUnknown, "%s with campaign %q", f.Says, f.Campaign)
	} else if f.Campaign != "" && !v.campaigns[f.Campaign] {
		v.add(f.Pos, ruleUnknown, "campaign %q is not in campaigns.csv", f.Campaign)
	}
	d, tba, err := catalogue.ParseDate(f.Date)
	dated, milestone := d.Precision != lifecycle.NoDate, slices.Contains(milestones, says)
	switch {
	case err != nil:
		v.add(f.Pos, ruleDate, "%v", err)
	case says == lifecycle.Supported && f.Date == "" && pinned.MatchString(src.ViaURL):
		v.add(f.Pos, ruleDate, "%s %s: listed as supported without a day would count from %s, when a stored copy of the list was read; say the day of the list", f.Vendor, f.Model, src.Read)
	case tba && !milestone:
		v.add(f.Pos, ruleDate, "%s cannot be announced", f.Says)
	case says == lifecycle.GeneralAvailability && !dated && !tba:
		v.add(f.Pos, ruleDate, "a first day on sale needs a date")
	case dated && d.Time.Year() < 1995:
		v.add(f.Pos, ruleDate, "%s: before the first home router", f.Date)
	case dated && d.Time.Year() > 2050:
		v.add(f.Pos, ruleDate, "%s: nobody promises that", f.Date)
	case dated && !milestone && says != lifecycle.Exists && ok:
		if read, _ := time.Parse(time.DateOnly, src.Read); d.Time.After(read) {
			v.add(f.Pos, ruleDate, "%s is after the day it was read, %s", f.Date, src.Read)
		}
	}
	if f.Note != "" || says != lifecycle.EndOfSecuritySupport || !dated {
		return
	}
	switch {
	case f.Date == src.Published:
		v.add(f.Pos, ruleSaleIsEnd, "%s %s: the end of security support is the day the source was published; if the source says so, say it in the note", f.Vendor, f.Model)
	case src.Published == "" && cmp.Or(src.Trust, p.Trust) == "authority":
		v.add(f.Pos, ruleSaleIsEnd, "%s %s: an authority dates the end of security support, and the day it was published is not in sources.csv to compare with; if the source gives the day, say it in the note", f.Vendor, f.Model)
	}
}

package build

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// invented is a whole folder of sources about an invented maker.
var invented = map[string]string{
	"vendors.csv":             "vendor,page,provider,aka\nInvented,https://invented.example.com/support,,Inventd\nNetco,,yes,\n",
	"copies.csv":              "name,home,terms,credit\na mirror,https://mirror.example.com/,CC0,\n",
	"campaigns.csv":           "id,name,authority,year\nbotnet,Botnet,Police,2026\n",
	"products/invented.csv":   "model,revision,kind,provider,aliases,page,note\nX1,V1,router,,X-One,,\nX1,V2,router,,X-One,,\nX2,,router,Netco,Netco Box; X2-100,,\n",
	"invented/publisher.json": `{"publisher": "Invented", "trust": "vendor", "terms": "facts only"}`,
	"invented/sources.csv":    "key,publisher,title,url,read,published,trust,via,via_url\nlist,,Invented list,https://invented.example.com/list,2026-11-01,2026-10-05,,a mirror,https://mirror.example.com/list\n",
	"invented/facts.csv": "vendor,model,revision,region,says,date,version,campaign,detail,source,note,withdrawn\n" +
		"Invented,X1,V1,,end_of_sales,2019,,,,list,,\n" +
		"Invented,X1,V1,,end_of_security_support,2021-05,,,,list,,\n" +
		"Invented,X1,V2,,supported,,,,,list,,\n" +
		"Invented,X2,,,newest_firmware,2026-08-01,1.2.3,,,list,,\n" +
		"Invented,X2,,,named,,,botnet,,list,,\n",
	"invented/wider.csv": "vendor,scope,says,date,detail,source\nInvented,all of the Y series,end_of_life,2020,a policy,list\n",
}

// must ends a test that cannot go on.
func must(t testing.TB, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

// with returns the invented sources with texts replaced: each a file, what stands there,
// and what is to stand there.
func with(t *testing.T, edits ...[3]string) fstest.MapFS {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, body := range invented {
		fsys[name] = &fstest.MapFile{Data: []byte(body)}
	}
	for _, e := range edits {
		file := fsys[e[0]]
		if !bytes.Contains(file.Data, []byte(e[1])) {
			t.Fatalf("%s does not contain %q", e[0], e[1])
		}
		file.Data = bytes.Replace(file.Data, []byte(e[1]), []byte(e[2]), 1)
	}
	return fsys
}

func loaded(t *testing.T, fsys fs.FS) *Sources {
	t.Helper()
	s, err := Load(fsys)
	must(t, err)
	return s
}

func TestVerifyAcceptsGoodSources(t *testing.T) {
	s := loaded(t, with(t))
	if len(s.Products) != 3 || len(s.Publishers) != 1 || len(s.Publishers[0].Facts) != 5 {
		t.Fatalf("loaded %d products, %d publishers", len(s.Products), len(s.Publishers))
	}
	if c := Verify(s); len(c) > 0 {
		t.Errorf("complaints about good sources: %v", c)
	}
}

func TestASourceThatIsReadInTheFutureIsToldOf(t *testing.T) {
	s := loaded(t, with(t))
	day, err := time.Parse(time.DateOnly, s.Publishers[0].Sources[0].Read)
	must(t, err)
	if got := ToCome(s, day.AddDate(0, 0, -1)); len(got) != 0 {
		t.Errorf("%v: it is that day already, east of here", got)
	}
	if got := ToCome(s, day.AddDate(-1, 0, 0)); len(got) == 0 {
		t.Error("nothing is told a year before")
	}
}

func TestVerifyRefuses(t *testing.T) {
	many, manyFacts := "", ""
	for i := range 26 {
		many += fmt.Sprintf("M%02d,,router,,,,\n", i)
		manyFacts += fmt.Sprintf("Invented,M%02d,,,end_of_life,2017-12-31,,,,list,,\n", i)
	}
	for _, tc := range []struct {
		name           string
		file, old, new string
		want           string // in the complaint: the rule, or more
	}{
		{"a fact without a source", "invented/facts.csv", "1.2.3,,,list", "1.2.3,,,", ruleNoSource},
		{"a fact with a source nobody listed", "invented/facts.csv", "1.2.3,,,list", "1.2.3,,,lost", ruleNoSource},
		{"a wider statement without a source", "invented/wider.csv", "a policy,list", "a policy,", ruleNoSource},
		{"a source whose address is no page: a word", "invented/sources.csv", "https://invented.example.com/list", "somewhere", ruleNoPage},
		{"a source whose address is no page: a mail address", "invented/sources.csv", "https://invented.example.com/list", "mailto:a@example.com", ruleNoPage},
		{"a source whose address is no page: a download", "invented/sources.csv", "https://invented.example.com/list", "https://invented.example.com/fw.zip", ruleNoPage},
		{"a source whose address is no page: a host at home", "invented/sources.csv", "https://invented.example.com/list", "http://localhost/list", ruleNoPage},
		{"a minimum that is told as an end", "invented/facts.csv", "end_of_security_support,2021-05,,,,list", "end_of_security_support,2027,,,at least until then,list", ruleMinimum},
		{"a source whose address compares two editions of a page", "invented/sources.csv", "https://invented.example.com/list", "https://invented.example.com/list?diff=cur&oldid=1277", "one view of a page"},
		{"a source whose address unfolds the comments", "invented/sources.csv", "https://invented.example.com/list", "https://invented.example.com/list?extended-comments=1", "one view of a page"},
		{"a source whose address carries a password", "invented/sources.csv", "https://invented.example.com/list", "https://a:b@invented.example.com/list", ruleNoPage},
		{"what a maker says, at the address of the copy", "invented/sources.csv", "https://invented.example.com/list", "https://mirror.example.com/list", ruleNoPage + `: "https://mirror.example.com/list" is the copy`},
		{"an end of security support equal to the end of sale", "invented/facts.csv", "end_of_security_support,2021-05", "end_of_security_support,2019", ruleSaleIsEnd},
		{"an end of security support equal to the day an advisory was published", "invented/facts.csv", "end_of_security_support,2021-05", "end_of_security_support,2026-10-05", ruleSaleIsEnd},
		{"a fix that names a flaw of another record", "invented/facts.csv", "newest_firmware,2026-08-01,1.2.3,,,list,,", "fixed_firmware,,1.2.3,,\"CVE-2026-0001, CVE-2026-0002\",CVE-2026-0001,,", ruleOtherCVE},
		{"dates out of order", "invented/facts.csv", "end_of_security_support,2021-05", "end_of_security_support,2018-05", ruleOrder},
		{"one product twice", "products/invented.csv", "X2,,router", "X1,2.0,router,,,,\nX2,,router", ruleTwice},
		{"two vendors that are one", "vendors.csv", "Netco,,yes,", "invented Inc.,,,\nNetco,,yes,", ruleTwice},
		{"an alias that is another model", "products/invented.csv", "X2-100", "x-1", ruleAlias},
		{"an alias of a revision that the model as a whole lacks", "products/invented.csv", "X1,V1,router", "X1,,router,,,,\nX1,V1,router", "none of the model as a whole"},
		{"an alias of two models", "products/invented.csv", "X2-100", "X One", ruleAlias},
		{"a model that stands under its short name too", "products/invented.csv", "X2-100,,\n", "X2-100,,\nZen Y7 (Z9),,router,,,,\nZen Z9,,router,,,,\n", "twice: Zen Y7 (Z9) and Zen Z9 are one"},
		{"a model that stands under its other name with the line's too", "products/invented.csv", "X2-100,,\n", "X2-100,,\nZen Y7,,router,,Z9,,\nZen Z9,,router,,,,\n", "twice: Zen Y7 and Zen Z9 are one"},
		{"the end of a package", "invented/facts.csv", "end_of_security_support,2021-05,,,,list", "end_of_security_support,2021-05,,,notice of 2020-11; 2-pack package,list", rulePackage},
		{"an alias that is the maker", "products/invented.csv", "X2-100", "invented", "alias: alias \"invented\" of X2 is its maker"},
		{"an alias twice", "products/invented.csv", "X2-100", "netco box", ruleRepeated},
		{"an alias that is the model", "products/invented.csv", "X2-100", "x2", ruleRepeated},
		{"an unknown vendor in a fact", "invented/facts.csv", "Invented,X2,,,newest", "Invntd,X2,,,newest", ruleSpelling},
		{"another spelling of a vendor", "invented/facts.csv", "Invented,X2,,,newest", "INVENTED,X2,,,newest", ruleSpelling},
		{"two spellings of one model", "products/invented.csv", "X1,V2", "x1,V2", ruleSpelling},
		{"a withdrawn fact in use", "invented/facts.csv", "Invented,X2,,,named,,,botnet,,list,,\n", "Invented,X2,,,named,,,botnet,,list,,\nInvented,X2,,,named,,,botnet,,list,taken back,yes\n", ruleWithdrawn},
		{"a product known from a withdrawn fact only", "invented/facts.csv", "Invented,X1,V2,,supported,,,,,list,,", "Invented,X1,V2,,supported,,,,,list,taken back,yes", ruleWithdrawn},
		{"a withdrawn fact without a reason", "invented/facts.csv", "botnet,,list,,\n", "botnet,,list,,\nInvented,X9,,,named,,,botnet,,list,,yes\n", ruleWithdrawn},
		{"a fact about no product", "invented/facts.csv", "botnet,,list,,\n", "botnet,,list,,\nInvented,X9,,,named,,,botnet,,list,,\n", ruleNoProduct},
		{"a product about which nothing is said", "products/invented.csv", "X2,,router", "X1,V3,router,,,,\nX2,,router", ruleNoFact},
		{"an unknown statement", "invented/facts.csv", "X1,V2,,supported", "X1,V2,,obsolete", ruleUnknown},
		{"an unknown campaign", "invented/facts.csv", "named,,,botnet", "named,,,other", ruleUnknown},
		{"a campaign beside another statement", "invented/facts.csv", "supported,,,,", "supported,,,botnet,", ruleUnknown},
		{"an unknown kind", "products/invented.csv", "X2,,router", "X2,,toaster", ruleUnknown},
		{"a shop maker as provider", "products/invented.csv", "Netco,Netco Box", "Invented,Netco Box", ruleUnknown},
		{"an unknown copy", "invented/sources.csv", "a mirror", "a friend", ruleUnknown},
		{"an unknown trust", "invented/publisher.json", `"vendor"`, `"high"`, ruleUnknown},
		{"no date", "invented/facts.csv", "2021-05", "soon", ruleDate},
		{"a day that does not exist", "invented/facts.csv", "2021-05", "2021-02-30", ruleDate},
		{"a firmware of tomorrow", "invented/facts.csv", "newest_firmware,2026-08-01", "newest_firmware,2026-11-02", ruleDate},
		{"a supported list to be announced", "invented/facts.csv", "supported,,", "supported,tba,", ruleDate},
		{"a supported list of no day, read in a pinned copy", "invented/sources.csv", "https://mirror.example.com/list", "https://mirror.example.com/blob/0123456789abcdef0123456789abcdef01234567/list.csv", "date: Invented X1: listed as supported without a day"},
		{"a day of reading that is no day", "invented/sources.csv", "2026-11-01", "2026-11", ruleDate},
		{"a firmware without a version", "invented/facts.csv", "1.2.3", "", ruleNoVersion},
		{"a version beside another statement", "invented/facts.csv", "supported,,,", "supported,,1.0,", ruleNoVersion},
		{"a row twice", "invented/facts.csv", "botnet,,list,,\n", "botnet,,list,,\nInvented,X2,,,named,,,botnet,again,list,,\n", ruleRepeated},
		{"rows out of order", "invented/facts.csv", "Invented,X1,V1,,end_of_sales,2019,,,,list,,\n", "Invented,X2,,,known_firmware,,1.0,,,list,,\nInvented,X1,V1,,end_of_sales,2019,,,,list,,\n", ruleUnsorted},
		{"a publisher without terms", "invented/publisher.json", "facts only", "", ruleNoTerms},
		{"a copy without terms", "copies.csv", "CC0", "", ruleNoTerms},
		{"a version that is no line", "invented/facts.csv", "1.2.3", "1.2\x1e3", "text: version"},
		{"a region that is no line", "invented/facts.csv", "Invented,X1,V2,,supported", "Invented,X1,V2,E\x1fU,supported", "text: region"},
		{"a campaign that is no line", "campaigns.csv", "botnet", "bot\x1enet", "text: campaign"},
		{"an essay as detail", "invented/facts.csv", "botnet,,", "botnet," + strings.Repeat("word ", 60) + "end,", ruleText},
		{"a vendor's page that is none", "vendors.csv", "https://invented.example.com/support", "support", `no_page: "support"`},
		{"vendors out of order", "vendors.csv", "Netco,,yes,", "Netco,,yes,\nAble,,,", "unsorted: Able"},
		{"a blank around a vendor", "vendors.csv", "Netco,,yes,", "\" Netco\",,yes,", "text: vendor"},
		{"a product without a model", "products/invented.csv", "X2,,router", "--,,router,,,,\nX2,,router", "text: a product needs a model"},
		{"a model that is an essay", "products/invented.csv", "X2,,router", strings.Repeat("X3 ", 40) + "X,,router,,,,\nX2,,router", "text: model"},
		{"two products of one ID", "products/invented.csv", "X2,,router", "X4 plus,,router,,,,\nX4+,,router,,,,\nX2,,router", "twice: the ID"},
		{"a revision that says nothing", "products/invented.csv", "X2,,router", "X2,n/a,router", "unknown: revision"},
		{"an unknown provider", "products/invented.csv", "router,Netco", "router,Nobody", `spelling: vendor "Nobody"`},
		{"a product's page that is none", "products/invented.csv", "X2-100,,", "X2-100,nowhere,", `no_page: "nowhere"`},
		{"products out of order", "products/invented.csv", "X1,V1,router,,X-One,,\nX1,V2,router,,X-One,,\n", "X1,V2,router,,X-One,,\nX1,V1,router,,X-One,,\n", "unsorted: X1"},
		{"an alias that is an essay", "products/invented.csv", "X2-100", strings.Repeat("X3 ", 40) + "X", "text: alias"},
		{"an alias that is another maker's box of the same provider", "products/invented.csv", "Netco Box; X2-100,,\n", "Netco Box; X2-100,,\nX3,,router,Netco,Netco Box,,\n", "alias: alias"},
		{"a copy whose home is no page", "copies.csv", "https://mirror.example.com/", "a mirror", `no_page: "a mirror"`},
		{"a campaign twice", "campaigns.csv", "botnet,Botnet,Police,2026\n", "botnet,Botnet,Police,2026\nbotnet,Botnet,Police,2025\n", "repeated: campaign"},
		{"a publisher without a name", "invented/publisher.json", `"publisher": "Invented"`, `"publisher": ""`, "text: a publisher needs a name"},
		{"a publisher whose home is no page", "invented/publisher.json", `"terms"`, `"home": "home", "terms"`, `no_page: "home"`},
		{"a source's key twice", "invented/sources.csv", "list,,Invented list", "list,,Another,https://invented.example.com/x,2026-11-01,,,,\nlist,,Invented list", `repeated: key "list"`},
		{"a source without a title", "invented/sources.csv", "Invented list,", ",", "text: a source needs a title"},
		{"a title that is an essay", "invented/sources.csv", "Invented list,", strings.Repeat("title ", 60) + "x,", "text: title"},
		{"a copy's address that is no page", "invented/sources.csv", "https://mirror.example.com/list", "list", `no_page: "list"`},
		{"a day of publishing that is none", "invented/sources.csv", "2026-10-05", "autumn", `date: "autumn" is no day`},
		{"an unknown trust of a source", "invented/sources.csv", "2026-10-05,,a mirror", "2026-10-05,high,a mirror", `unknown: trust "high"`},
		{"sources out of order", "invented/sources.csv", "key,publisher,title,url,read,published,trust,via,via_url\n", "key,publisher,title,url,read,published,trust,via,via_url\nz,,Z,https://invented.example.com/z,2026-11-01,,,,\n", "unsorted: list"},
		{"a wider statement without a scope", "invented/wider.csv", "all of the Y series", "", "text: a wider statement needs a scope"},
		{"a wider statement that is none", "invented/wider.csv", "end_of_life", "gone", `unknown: statement "gone"`},
		{"a wider statement of some day", "invented/wider.csv", "2020", "long ago", "date: date"},
		{"a first day on sale without a day", "invented/facts.csv", "Invented,X1,V1,,end_of_sales", "Invented,X1,V1,,general_availability,,,,,list,,\nInvented,X1,V1,,end_of_sales", "date: a first day on sale"},
		{"a date before there were routers", "invented/facts.csv", "end_of_sales,2019", "end_of_sales,1980", "date: 1980: before"},
		{"a promise nobody makes", "invented/facts.csv", "2021-05", "2099-12-31", "date: 2099-12-31: nobody"},
		{"an end of security support equal to the end of sale that another source gives", "invented/facts.csv", "Invented,X2,,,newest_firmware,2026-08-01,1.2.3,,,list,,\n", "Invented,X2,,,end_of_sales,2019-03,,,,other,,\nInvented,X2,,,end_of_security_support,2019-03,,,,list,,\nInvented,X2,,,newest_firmware,2026-08-01,1.2.3,,,list,,\n", ruleSaleIsEnd},
		{"an end that an authority dates, in a source of no day", "invented/sources.csv", "2026-10-05,,a mirror", ",authority,a mirror", ruleSaleIsEnd},
		{"a withdrawn claim that another source repeats", "invented/facts.csv", "Invented,X2,,,named,,,botnet,,list,,\n", "Invented,X2,,,named,,,botnet,,list,,\nInvented,X2,,,named,,,botnet,,other,taken back,yes\n", ruleWithdrawn},
		{"text that turns the line round", "invented/facts.csv", "botnet,,", "botnet,\u202eevil,", ruleText},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := loaded(t, with(t, [3]string{tc.file, tc.old, tc.new}))
			complaints := Verify(s)
			for _, c := range complaints {
				if strings.Contains(c.String(), tc.want) {
					if c.Line == 0 || c.File == "" {
						t.Errorf("no place in %v", c)
					}
					return
				}
			}
			t.Errorf("complaints %v, want one that says %q", complaints, tc.want)
		})
	}
	for name, facts := range map[string]string{"one kind of end": manyFacts, "two kinds of end": strings.Replace(manyFacts, "end_of_life", "end_of_security_support", 13)} {
		t.Run("more than 25 products with one same date, of "+name, func(t *testing.T) {
			s := loaded(t, with(t, [3]string{"products/invented.csv", "X1,V1", many + "X1,V1"},
				[3]string{"invented/facts.csv", "Invented,X1,V1,,end_of_sales", facts + "Invented,X1,V1,,end_of_sales"}))
			if c := Verify(s); len(c) != 1 || c[0].Rule != ruleSameDate {
				t.Errorf("complaints %v, want one of rule %s", c, ruleSameDate)
			}
			s.Publishers[0].SameDates = map[string]string{"2017-12-31": "the list ends a whole series on that day"}
			if c := Verify(s); len(c) != 0 {
				t.Errorf("complaints %v after a reviewer's note", c)
			}
		})
	}
}

func TestVerifyAcceptsWhatIsExplained(t *testing.T) {
	for name, edits := range map[string][][3]string{
		"a supported list of a day, read in a pinned copy": {
			{"invented/sources.csv", "https://mirror.example.com/list", "https://mirror.example.com/blob/0123456789abcdef0123456789abcdef01234567/list.csv"},
			{"invented/facts.csv", "supported,,", "supported,2026-10-01,"},
		},
		"the end of packages of one, two and three": {
			{"invented/facts.csv", "end_of_security_support,2021-05,,,,list", "end_of_security_support,2021-05,,,1-pack package; 2-pack package; 3-pack package,list"},
		},
		"an end that is the end of sale, with a note": {
			{"invented/facts.csv", "end_of_security_support,2021-05,,,,list,,", "end_of_security_support,2019,,,,list,the list says so,"},
		},
	} {
		if c := Verify(loaded(t, with(t, edits...))); len(c) != 0 {
			t.Errorf("%s: complaints %v", name, c)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	for _, tc := range []struct{ name, file, old, new, want string }{
		{"other columns", "invented/facts.csv", "vendor,model", "maker,model", "invented/facts.csv:1"},
		{"a row with too few fields", "invented/facts.csv", "botnet,,list,,", "botnet,,list", "line 6"},
		{"a mark that is not yes", "invented/facts.csv", "botnet,,list,,", "botnet,,list,,true", "invented/facts.csv:6"},
		{"an unknown word in publisher.json", "invented/publisher.json", `"terms"`, `"licence"`, "invented/publisher.json"},
		{"products of a vendor nobody listed", "vendors.csv", "Invented,", "Another,", "products/invented.csv"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := Load(with(t, [3]string{tc.file, tc.old, tc.new}))
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want an error that names %s", err, tc.want)
			}
		})
	}
	for _, file := range []string{"wanted.txt", "invented/wider.csv"} {
		fsys := with(t)
		delete(fsys, file)
		loaded(t, fsys) // it need not be there,
		fsys[file+"/a file in it"] = &fstest.MapFile{}
		if _, err := Load(fsys); err == nil || !strings.Contains(err.Error(), file) {
			t.Errorf("got %v, want an error that names %s", err, file) // but what is must be read
		}
	}
}

package report

import (
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"houdbaar/internal/device"
	"houdbaar/internal/i18n"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

var (
	english = i18n.New(i18n.English)
	dutch   = i18n.New(i18n.Dutch)
	today   = time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)
)

func TestHostileTextIsMadeFitToShow(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"ordinary names stay":                {"Hal (boven) – café Zoë 🎥", "Hal (boven) – café Zoë 🎥"},
		"white space becomes one space":      {"  a\r\n\t b\u00a0\u2028c  ", "a b c"},
		"NUL and escapes go":                 {"a\x00b\x1b[31mc\u0085", "ab[31mc"},
		"bidirectional overrides go":         {"abc\u202egpj.exe\u2066x\u2069\u200f", "abcgpj.exex"},
		"zero width characters go":           {"D\u200bI\u200dR\ufeff-860L\u00ad", "DIR-860L"},
		"bytes that are not UTF-8 go":        {"caf\xe9 \xff\xfe\xc0\xafbar", "caf bar"},
		"a flood of accents is cut to two":   {"e" + strings.Repeat("\u0301", 50) + "x", "e\u0301\u0301x"},
		"accents without a letter go":        {"\u0301\u0301x", "x"},
		"letters that show as nothing go":    {"\u3164\u2800a\u115fb", "a b"},
		"private and unassigned letters go":  {"a\ue000\U000f0000\ufffeb", "ab"},
		"the replacement character stays":    {"a\ufffdb", "a\ufffdb"},
		"nothing stays nothing":              {"", ""},
		"only rubbish is nothing":            {"\x00\u202e \n", ""},
		"what is too long is cut":            {strings.Repeat("x", 61), strings.Repeat("x", 59) + "…"},
		"what just fits is not":              {strings.Repeat("x", 60), strings.Repeat("x", 60)},
		"rubbish after what fits is no text": {strings.Repeat("x", 60) + "\x00 \n", strings.Repeat("x", 60)},
		"it is not cut at a space":           {strings.Repeat("x", 58) + "  yyyy", strings.Repeat("x", 58) + "…"},
	} {
		if got := Clean(c.in, 60); got != c.want {
			t.Errorf("%s: Clean(%q) = %q, want %q", name, c.in, got, c.want)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{"", "a\x00b", "e\u0301\u0301\u0301", "\u202e", "\xff", strings.Repeat("é ", 99)} {
		f.Add(seed, 7)
	}
	f.Fuzz(func(t *testing.T, text string, limit int) {
		limit = limit&63 + 1
		got := Clean(text, limit)
		if n := utf8.RuneCountInString(got); n > limit || !utf8.ValidString(got) {
			t.Fatalf("Clean(%q, %d) = %q, %d characters", text, limit, got, n)
		}
		for _, r := range got {
			if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs) {
				t.Fatalf("Clean(%q, %d) = %q keeps %U", text, limit, got, r)
			}
		}
		if again := Clean(got, limit); again != got {
			t.Fatalf("Clean(%q, %d) = %q, and again %q", text, limit, got, again)
		}
	})
}

// made builds an invented finding.
func made(vendor, model string, verdict lifecycle.VerdictKind, change func(*scan.Finding)) scan.Finding {
	f := scan.Finding{
		Device:   device.Device{ID: "id", Addrs: []netip.Addr{netip.MustParseAddr("192.0.2.1")}, Observations: []device.Observation{{Source: device.SourceUPnP}}},
		Identity: device.Identity{Vendor: vendor, Model: model, Kind: device.Router},
		Verdict:  lifecycle.Verdict{Kind: verdict},
	}
	if change != nil {
		change(&f)
	}
	return f
}

func gateway(f *scan.Finding) { f.Device.Gateway = true }

func TestTheTitleIsTheNamePeopleKnow(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*scan.Finding)
		want   string
	}{
		"their name for it, with the model": {func(f *scan.Finding) { f.Identity.Name = "Hal" }, "Hal (DIR-860L)"},
		"vendor and model without a name":   {func(f *scan.Finding) {}, "D-Link DIR-860L"},
		"a name that repeats the model":     {func(f *scan.Finding) { f.Identity.Name = "dir860l router" }, "D-Link DIR-860L"},
		"a name that repeats the vendor":    {func(f *scan.Finding) { f.Identity.Name = "D-LINK" }, "D-Link DIR-860L"},
		"a name when the model is unknown":  {func(f *scan.Finding) { f.Identity.Model, f.Identity.Name = "", "Hal" }, "Hal"},
		"maker and kind without a name":     {func(f *scan.Finding) { f.Identity.Model = "" }, "D-Link router"},
		"the address when nothing is known": {func(f *scan.Finding) { f.Identity = device.Identity{} }, "192.0.2.1"},
		"the router that says nothing":      {func(f *scan.Finding) { f.Identity, f.Device.Gateway = device.Identity{}, true }, "Your router"},
		"nothing at all":                    {func(f *scan.Finding) { f.Identity, f.Device.Addrs = device.Identity{}, nil }, "Unknown device"},
		"a hostile name":                    {func(f *scan.Finding) { f.Identity.Name = "x\x00\u202ey\n" + strings.Repeat("z", 500) }, "xy " + strings.Repeat("z", 56) + "… (DIR-860L)"},
	} {
		if got := NewLine(english, made("D-Link", "DIR-860L", lifecycle.CannotTell, c.change), Options{}).Title; got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// TestNoSentenceNamesAMakerTwice: some makers put their name in the model.
func TestNoSentenceNamesAMakerTwice(t *testing.T) {
	cam := lifecycle.Product{Vendor: "Google", Model: "Google Nest Cam IQ"}
	for _, p := range []*i18n.Printer{english, dutch} {
		for name, called := range map[string]string{"": "Google Nest Cam IQ", "Nest Cam IQ": "Google Nest Cam IQ", "google": "Google Nest Cam IQ", "Hal": "Hal (Google Nest Cam IQ)"} {
			f := made(cam.Vendor, cam.Model, lifecycle.CannotTell, func(f *scan.Finding) {
				f.Identity.Name = name
				f.Match = lifecycle.Match{How: lifecycle.ByAlias, Alias: "NC3100", Products: []lifecycle.Product{cam}}
				f.Verdict.Reasons = []lifecycle.Reason{{Code: lifecycle.CodeMatchedAlias, Args: map[string]string{"alias": "NC3100"}}, {Code: lifecycle.CodeCorrected}}
			})
			l := NewLine(p, f, Options{})
			if l.Title != called || l.Model != "Google Nest Cam IQ" {
				t.Errorf("called %q: title %q, model %q", name, l.Title, l.Model)
			}
			var b strings.Builder
			must(t, WriteFinding(&b, p, f, Options{}))
			if text := b.String(); strings.Contains(text, "Google Google") || !strings.Contains(text, "Google Nest Cam IQ") {
				t.Errorf("called %q:\n%s", name, text)
			}
		}
		if got := ProductText(p, ProductObject{Vendor: "Arlo", Model: "Arlo Pro 3", HardwareRevision: "V2"}); got != "Arlo Pro 3 V2" {
			t.Errorf("product %q", got)
		}
	}
}

func TestSmallPrintReadsAsTheLabelDoes(t *testing.T) {
	for _, c := range []struct{ revision, firmware, display, software, want string }{
		{"B1", "2.00B05", "", "", "Ver. B1 · firmware 2.00B05"},
		{"v5", "", "", "", "V5"},
		{"5.0", "", "", "", "Ver. 5.0"},
		{"", "154.07.57", "FRITZ!OS 7.57", "", "FRITZ!OS 7.57"},
		{"", "V1.0.11.100", "", "", "firmware V1.0.11.100"},
		{"", "23.05", "OpenWrt 23.05", "OpenWrt", "OpenWrt 23.05"},
		{"A1", "", "", "DD-WRT", "Ver. A1 · DD-WRT"},
		{"", "", "", "", ""},
	} {
		f := made("X", "Y", lifecycle.CannotTell, func(f *scan.Finding) {
			f.Identity.Revision, f.Identity.Firmware, f.Identity.FirmwareDisplay, f.Identity.Software = c.revision, c.firmware, c.display, c.software
		})
		if got := NewLine(dutch, f, Options{}).Small; got != c.want {
			t.Errorf("%+v: got %q", c, got)
		}
	}
}

func TestADeviceOnlyChoosesAPageOfItsOwn(t *testing.T) {
	at := netip.MustParseAddr("192.0.2.1")
	upnp := func(page string) device.Observation {
		return device.Observation{Source: device.SourceUPnP, Addr: at, Fields: map[string]string{"url": "http://192.0.2.1:49152/root.xml", "presentationURL": page}}
	}
	for name, c := range map[string]struct {
		said device.Observation
		want string
	}{
		"a full link to itself":          {upnp("http://192.0.2.1/"), "http://192.0.2.1/"},
		"https on another port":          {upnp(" https://192.0.2.1:8443/x "), "https://192.0.2.1:8443/x"},
		"a path is taken from its page":  {upnp("/index.html"), "http://192.0.2.1:49152/index.html"},
		"another host is refused":        {upnp("http://192.0.2.2/"), ""},
		"a name is refused":              {upnp("http://router.local/"), ""},
		"a public site is refused":       {upnp("https://example.com/?192.0.2.1"), ""},
		"a link with a user is refused":  {upnp("http://192.0.2.1@example.com/"), ""},
		"also with its own address last": {upnp("http://example.com@192.0.2.1/"), ""},
		"javascript is refused":          {upnp("javascript:alert(1)"), ""},
		"a file is refused":              {upnp("file://192.0.2.1/etc/passwd"), ""},
		"rubbish is refused":             {upnp("http://192.0.2.1:x\x00/%zz"), ""},
		"nothing is nothing":             {upnp(""), ""},
		"a web page announced by mDNS":   {device.Observation{Source: device.SourceMDNS, Addr: at, Fields: map[string]string{"service": "_http._tcp", "port": "80"}}, "http://192.0.2.1:80/"},
		"another's mDNS is refused":      {device.Observation{Source: device.SourceMDNS, Addr: netip.MustParseAddr("192.0.2.9"), Fields: map[string]string{"service": "_http._tcp", "port": "80"}}, ""},
		"a port that is none is refused": {device.Observation{Source: device.SourceMDNS, Addr: at, Fields: map[string]string{"service": "_http._tcp", "port": "80/../x"}}, ""},
	} {
		f := made("X", "Y", lifecycle.CannotTell, func(f *scan.Finding) { f.Device.Observations = []device.Observation{c.said} })
		if got := NewLine(english, f, Options{}).Page; got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// TestTheSummaryNeverCallsAnIncompleteScanWell is rule 2 of the verdicts.
func TestTheSummaryNeverCallsAnIncompleteScanWell(t *testing.T) {
	fine := func() scan.Scan {
		return scan.Scan{
			On:         today,
			Catalogue:  scan.CatalogueMeta{Version: "1", Date: today, Products: 10},
			Interfaces: []scan.Interface{{Name: "eth0", Used: true, Sent: 9, Heard: 9}, {Name: "lo", Why: "loopback"}},
			Findings: []scan.Finding{
				made("AVM", "FRITZ!Box 7590", lifecycle.SupportedNow, gateway),
				made("Synology", "DS920+", lifecycle.SupportedNow, nil),
			},
		}
	}
	for name, c := range map[string]struct {
		change func(*scan.Scan)
		want   string
		well   bool
	}{
		"all heard, identified and supported": {func(s *scan.Scan) {}, "All 2 routers, cameras and network drives we found still get updates.", true},
		"no catalogue":                        {func(s *scan.Scan) { s.Catalogue = scan.CatalogueMeta{} }, "The list of devices is missing or empty, so we can judge nothing. 2 devices still get updates.", false},
		"stopped":                             {func(s *scan.Scan) { s.Stopped = true }, "The scan was stopped before it was done, so devices may be missing. 2 devices still get updates.", false},
		"one way of searching failed":         {func(s *scan.Scan) { s.Problems = []scan.Problem{{Code: "source_failed"}} }, "2 devices still get updates. Not everything went well: there may be more devices.", false},
		"the router was not found":            {func(s *scan.Scan) { s.Findings = s.Findings[1:] }, "We did not find your router, so this is not the whole picture. 1 device still gets updates.", false},
		"the router kept silent, with a VPN on": {func(s *scan.Scan) {
			s.Findings[0].Identity.Model = ""
			s.Findings[0].Verdict.Kind = lifecycle.CannotTell
			s.Findings[0].Device.Observations = []device.Observation{{Source: device.SourceRoute}, {Source: device.SourceNeighbour}}
			s.Interfaces = append(s.Interfaces, scan.Interface{Name: "tun0", Why: "tunnel"})
		}, "We did not hear your router. Look at its label. Is a VPN on? Switch it off and scan again. 1 device still gets updates. 1 device we cannot tell yet.", false},
		"the router does not say its model": {func(s *scan.Scan) { s.Findings[0].Identity.Model = "" }, "Your router does not say which model it is. Look at its label. 2 devices still get updates.", false},
		"a second router is not known": {func(s *scan.Scan) {
			s.Findings = append(s.Findings, made("", "", lifecycle.CannotTell, gateway))
		}, "Your router does not say which model it is. Look at its label. 2 devices still get updates. 1 device we cannot tell yet.", false},
		"one camera is not known": {func(s *scan.Scan) {
			s.Findings = append(s.Findings, made("", "", lifecycle.CannotTell, nil))
		}, "2 devices still get updates. 1 device we cannot tell yet.", false},
		"something to do, in the order of urgency": {func(s *scan.Scan) {
			s.Findings = append(s.Findings, made("", "", lifecycle.UpdateFirmware, nil), made("", "", lifecycle.CheckLabel, nil),
				made("", "", lifecycle.ReplaceNow, nil), made("", "", lifecycle.ReplaceNow, nil), made("", "", lifecycle.PlanReplacement, nil))
		}, "Replace 2 devices. Replace 1 device soon. Check the label of 1 device. Update the software of 1 device. 2 devices still get updates.", false},
		"no network": {func(s *scan.Scan) { *s = scan.Scan{Catalogue: s.Catalogue} }, "This computer is not on a network. Connect it to your Wi-Fi or cable, and scan again.", false},
		"a chosen network that is not there": {func(s *scan.Scan) {
			*s = scan.Scan{Catalogue: s.Catalogue, Problems: []scan.Problem{{Code: "interface_missing"}}}
		}, "The network connection you chose is not there or not connected, so nothing was searched. Choose another one.", false},
		"a chosen network that is not connected": {func(s *scan.Scan) {
			*s = scan.Scan{Catalogue: s.Catalogue, Interfaces: []scan.Interface{{Name: "eth0", Why: "not_chosen"}, {Name: "eth1", Why: "down"}}}
		}, "The network connection you chose is not there or not connected, so nothing was searched. Choose another one.", false},
		"the network went away during the scan": {func(s *scan.Scan) { s.Problems = []scan.Problem{{Code: "network_lost"}} },
			"The network connection dropped during the scan, so devices may be missing. Connect again, and scan again. 2 devices still get updates.", false},
		"one of two networks went away": {func(s *scan.Scan) {
			s.Problems = []scan.Problem{{Code: "network_lost"}}
			s.Interfaces = append(s.Interfaces, scan.Interface{Name: "wlan0", Used: true})
		}, "Not every network connection lasted until the end of the scan, so devices may be missing. Connect again, and scan again. 2 devices still get updates.", false},
		"no answers": {func(s *scan.Scan) { s.Interfaces[0].Heard, s.Findings = 0, nil }, "Nothing answered us. Perhaps a firewall on this computer is in the way, or this is guest Wi-Fi.", false},
		"only a television besides the router": {func(s *scan.Scan) {
			s.Findings[0].Verdict.Kind = lifecycle.OtherDevice
			s.Findings = s.Findings[:1]
		}, "We found one device, and it is no router, camera or network drive.", false},
	} {
		s := fine()
		c.change(&s)
		got := Summary(english, s)
		if got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", name, got, c.want)
		}
		if nl := Summary(dutch, s); strings.Contains(nl, "Alle ") != c.well || strings.Contains(nl, "%!") {
			t.Errorf("%s: in Dutch %q", name, nl)
		}
		if nothing := c.well || strings.HasPrefix(got, "We found"); AllWell(s) != nothing {
			t.Errorf("%s: there is nothing to do: %v", name, !nothing)
		}
	}
}

func TestGroupsGoByUrgencyWithTheGatewayFirst(t *testing.T) {
	s := scan.Scan{On: today}
	add := func(id string, verdict lifecycle.VerdictKind, change func(*scan.Finding)) {
		f := made("V", "M", verdict, change)
		f.Device.ID = id
		s.Findings = append(s.Findings, f)
	}
	add("tv", lifecycle.OtherDevice, nil)
	add("fine", lifecycle.SupportedNow, nil)
	add("unknown", lifecycle.CannotTell, nil)
	add("old", lifecycle.ReplaceNow, nil)
	add("router", lifecycle.ReplaceNow, gateway)
	add("update", lifecycle.UpdateFirmware, nil)
	add("soon", lifecycle.PlanReplacement, nil)
	add("label", lifecycle.CheckLabel, nil)
	var got []string
	for _, g := range Groups(dutch, s, Options{}) {
		for _, l := range g.Lines {
			got = append(got, l.ID)
		}
	}
	if want := "router old soon label update unknown fine tv"; strings.Join(got, " ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAProvidersBoxIsNotBought(t *testing.T) {
	f := made("Sagemcom", "F3896LG", lifecycle.ReplaceNow, func(f *scan.Finding) { f.Identity.Provider, f.Identity.Kind = "Ziggo", device.Gateway })
	l := NewLine(dutch, f, Options{On: today})
	if l.Headline != "Vraag Ziggo om dit modem te vervangen" || len(l.Buy) != 0 || !strings.Contains(l.Provider, "Sagemcom F3896LG van Ziggo") {
		t.Errorf("headline %q, buy %q, script %q", l.Headline, l.Buy, l.Provider)
	}
	own := f
	own.Identity.Vendor, own.Identity.Model, own.Identity.Provider = "KPN", "Experia Box V8", "KPN"
	if got := NewLine(dutch, own, Options{On: today}).Provider; !strings.Contains(got, "een Experia Box V8 van KPN") {
		t.Errorf("the script of a box that bears the provider's name: %q", got)
	}
	f.Identity.Provider = ""
	l = NewLine(dutch, f, Options{On: today})
	if l.Headline != "Vervang dit modem" || len(l.Buy) != 3 || !strings.Contains(l.Buy[0], "2031") || l.Provider != "" {
		t.Errorf("headline %q, buy %q, script %q", l.Headline, l.Buy, l.Provider)
	}
}

func TestEveryVerdictComesWithANextStep(t *testing.T) {
	for kind := lifecycle.CannotTell; kind < lifecycle.OtherDevice; kind++ {
		for _, k := range []device.Kind{device.Router, device.Camera, device.NAS, device.Unknown} {
			l := NewLine(dutch, made("D-Link", "", kind, func(f *scan.Finding) { f.Identity.Kind = k }), Options{On: today})
			if len(l.Tonight) == 0 || l.Reason == "" || l.Chip == "" {
				t.Errorf("%s, %s: %+v", kind, k, l)
			}
			for _, s := range append(append([]string{l.Headline, l.Reason, l.Chip}, l.Tonight...), l.Buy...) {
				if strings.Contains(s, "%") || strings.Contains(s, "{") || strings.HasPrefix(s, "tonight.") {
					t.Errorf("%s, %s: %q", kind, k, s)
				}
			}
		}
	}
}

func TestOnlyWebLinksBecomeSources(t *testing.T) {
	got := sourceLines(english, []lifecycle.Source{
		{Publisher: "A", Title: "T", URL: "https://example.com/a", Read: today},
		{Publisher: "A", Title: "T", URL: "https://example.com/a", Read: today},
		{Publisher: "B", URL: "javascript:alert(1)"},
		{Publisher: "C", URL: "file:///etc/passwd"},
	})
	if len(got) != 3 || got[0].URL == "" || got[0].ReadText != "read on 21 November 2026" || got[1].URL != "" || got[2].URL != "" {
		t.Errorf("got %+v", got)
	}
}

// TestEveryReasonIsASentenceWhateverItCarries fills every code once with all there
// can be and once with nothing.
func TestEveryReasonIsASentenceWhateverItCarries(t *testing.T) {
	full := map[string]string{"vendor": "Acme", "model": "R1", "revision": "A1", "date": "2018-05-01", "first": "2018", "last": "2019-02", "looked": "2026-11-01",
		"ended": "A1", "plan": "A2", "supported": "B1", "disagree": "B2", "silent": "C1", "revisions": "A1,A2", "models": "R1,R2", "values": "router,camera",
		"alias": "R-One", "part": "model", "installed": "1.0", "newest": "2.0", "version": "2.0", "fixes": "CVE-2026-12345 and more", "region": "US",
		"publishers": "A,B", "provider": "KPN", "software": "OpenWrt", "campaign": "socksescort", "kind": "router", "label": "acme", "page": "https://example.com"}
	for _, p := range []*i18n.Printer{english, dutch} {
		for _, key := range i18n.Keys(i18n.English) {
			code, ok := strings.CutPrefix(key, "reason.")
			if !ok || strings.Contains(code, ".") {
				continue // another wording of one
			}
			for kind := lifecycle.CannotTell; kind <= lifecycle.OtherDevice; kind++ {
				for name, args := range map[string]map[string]string{"full": full, "empty": nil} {
					got := reasonText(p, made("", "", kind, nil), lifecycle.Reason{Code: code, Args: args})
					if strings.ContainsAny(got, "{}%") || !strings.ContainsAny(got[len(got)-1:], ".") {
						t.Errorf("%s, %s, %s: %q", code, kind, name, got)
					}
					if name == "full" && (strings.Contains(got, "  ") || strings.Contains(got, "()") || strings.Contains(got, "“”") || strings.Contains(got, " .")) {
						t.Errorf("%s, %s: something is missing in %q", code, kind, got)
					}
				}
			}
		}
	}
}

func TestWhereOthersSpeakTheMakerIsNotNamed(t *testing.T) {
	for _, p := range []*i18n.Printer{english, dutch} {
		for _, code := range []string{lifecycle.CodeEnded, lifecycle.CodeEndedNoDate, lifecycle.CodeEndsSoon, lifecycle.CodeDiscontinued, lifecycle.CodeSupportedUntil, lifecycle.CodeSupportedListed, lifecycle.CodeSupportedUpdated} {
			f := made("Acme", "R1", lifecycle.ReplaceNow, func(f *scan.Finding) {
				f.Verdict.Reasons = []lifecycle.Reason{{Code: code, Args: map[string]string{"date": "2018-05-01"}}, {Code: lifecycle.CodeSecondHandOnly, Args: map[string]string{"publishers": "Press"}}}
			})
			if got := NewLine(p, f, Options{}).Reason; strings.Contains(got, "Acme") || !strings.Contains(got, "Press") {
				t.Errorf("%s: %q", code, got)
			}
		}
	}
}

// TestWhatWasWithdrawnIsNoSourceOfTheVerdict: the source of a statement that was taken
// back stands beside the sentence that says so, or in the trail alone. Why is a note in
// English, and no part of a Dutch sentence.
func TestWhatWasWithdrawnIsNoSourceOfTheVerdict(t *testing.T) {
	gone := lifecycle.Reason{Code: lifecycle.CodeWithdrawn, Args: map[string]string{"why": "a slip"}, Sources: []lifecycle.Source{{Publisher: "Press", Title: "A list", URL: "https://press.example.com/list"}}}
	for p, words := range map[*i18n.Printer]string{english: "a slip", dutch: "ingetrokken en telt dus niet mee."} {
		for _, tc := range []struct {
			before []lifecycle.Reason
			shown  bool
		}{
			{[]lifecycle.Reason{{Code: lifecycle.CodeNotInCatalogue}}, true},
			{[]lifecycle.Reason{{Code: lifecycle.CodeEndedNoDate}, {Code: lifecycle.CodeSecondHandOnly, Args: map[string]string{"publishers": "Forum"}}}, false},
		} {
			l := NewLine(p, made("Acme", "R1", lifecycle.CannotTell, func(f *scan.Finding) { f.Verdict.Reasons = append(tc.before, gone) }), Options{})
			if strings.Contains(l.Reason, words) != tc.shown || len(l.Sources) > 0 != tc.shown {
				t.Errorf("%q, sources %v: want the sentence and its source together (%v)", l.Reason, l.Sources, tc.shown)
			}
			if !strings.Contains(fmt.Sprint(l.Why), words) || !strings.Contains(fmt.Sprint(l.Why), "Press") {
				t.Errorf("the trail leaves out what was withdrawn: %v", l.Why)
			}
		}
	}
}

// TestWhatDecidesComesFirstAndTheRestStandsApart: that a model exists, and which versions
// it has, is no ground of a verdict.
func TestWhatDecidesComesFirstAndTheRestStandsApart(t *testing.T) {
	says := func(code, publisher string) lifecycle.Reason {
		return lifecycle.Reason{Code: code, Args: map[string]string{"date": "2024-01-02", "version": "V2", "newest": "V2", "installed": "V1", "software": "OpenWrt"},
			Sources: []lifecycle.Source{{Publisher: publisher, Title: "List", URL: "https://example.com/" + publisher}}}
	}
	for name, c := range map[string]struct {
		kind             lifecycle.VerdictKind
		rule             string
		reasons          []lifecycle.Reason
		sources, besides []string
	}{
		"ended, a version known": {lifecycle.ReplaceNow, "", []lifecycle.Reason{says(lifecycle.CodeEnded, "Maker"), says(lifecycle.CodeFirmwareNotKnown, "Shelf")}, []string{"Maker"}, []string{"Shelf"}},
		"both of one source":     {lifecycle.SupportedNow, "", []lifecycle.Reason{says(lifecycle.CodeSupportedUpdated, "Maker"), says(lifecycle.CodeFirmwareNotKnown, "Maker")}, []string{"Maker"}, nil},
		"it only exists":         {lifecycle.CannotTell, "", []lifecycle.Reason{says(lifecycle.CodeNoStatement, "Names")}, nil, []string{"Names"}},
		"its last update":        {lifecycle.CannotTell, "", []lifecycle.Reason{says(lifecycle.CodeNoStatement, "Names"), says(lifecycle.CodeLastUpdate, "Shelf")}, []string{"Shelf"}, []string{"Names"}},
		"to be updated":          {lifecycle.UpdateFirmware, "", []lifecycle.Reason{says(lifecycle.CodeFirmwareBehind, "Shelf"), says(lifecycle.CodeSupportedUpdated, "Maker")}, []string{"Shelf", "Maker"}, nil},
		"other software":         {lifecycle.CannotTell, lifecycle.RuleThirdPartyFirmware, []lifecycle.Reason{{Code: lifecycle.CodeThirdParty}, says(lifecycle.CodeEnded, "Maker")}, nil, []string{"Maker"}},
	} {
		l := NewLine(english, made("Acme", "R1", c.kind, func(f *scan.Finding) { f.Verdict.Rule, f.Verdict.Reasons = c.rule, c.reasons }), Options{})
		publishers := func(lines []SourceLine) (out []string) {
			for _, s := range lines {
				out = append(out, s.Publisher)
			}
			return out
		}
		if got, more := publishers(l.Sources), publishers(l.Besides); !slices.Equal(got, c.sources) || !slices.Equal(more, c.besides) {
			t.Errorf("%s: it rests on %v, want %v; besides %v, want %v", name, got, c.sources, more, c.besides)
		}
		for _, step := range l.Why {
			for _, publisher := range c.besides {
				if text := strings.Join(step.Text, "\n"); strings.Contains(text, " ["+publisher) != (step.Head == english.Text("why.besides")) {
					t.Errorf("%s: under %q stands %s", name, step.Head, text)
				}
			}
		}
	}
}

func TestAProblemIsASentenceAlsoWithACodeNobodyKnows(t *testing.T) {
	for _, p := range []*i18n.Printer{english, dutch} {
		got := ProblemText(p, scan.Problem{Source: "mdns", Code: "never heard of", Detail: "bind:\x00 no\u202e"})
		if !strings.Contains(got, "mDNS") || !strings.Contains(got, "bind: no") || strings.ContainsAny(got, "{}\x00") {
			t.Errorf("%q", got)
		}
	}
}

// TestNoNetworkIsSaidOnce: by the summary, and not again among the problems.
func TestNoNetworkIsSaidOnce(t *testing.T) {
	s := scan.Scan{Problems: []scan.Problem{{Source: "network", Code: "no_network"}}}
	var b strings.Builder
	must(t, WriteText(&b, english, s, Options{}))
	if n := strings.Count(b.String(), "Connect it to your Wi-Fi"); n != 1 {
		t.Errorf("it is said %d times:\n%s", n, b.String())
	}
	s.Interfaces = []scan.Interface{{Name: "eth0", Used: true}}
	if len(Problems(s)) != 1 {
		t.Error("what the summary does not say is left out")
	}
}

func TestProductNamesTheRevisionThatMatched(t *testing.T) {
	model := lifecycle.Product{Vendor: "TP-Link", Model: "Archer C20"}
	v4, v5 := model, model
	v4.Revision, v5.Revision = "V4", "V5"
	for name, c := range map[string]struct {
		m    lifecycle.Match
		want string
	}{
		"the revision beside what is said of the model": {lifecycle.Match{How: lifecycle.ByModelAndRevision, Products: []lifecycle.Product{model, v5}}, "V5"},
		"no revision while it can be several":           {lifecycle.Match{How: lifecycle.ByModel, Products: []lifecycle.Product{model, v4, v5}}, ""},
		"no revision of a sibling":                      {lifecycle.Match{How: lifecycle.ByModel, Unlisted: true, Products: []lifecycle.Product{v5}}, ""},
		"no revision when only the model matched":       {lifecycle.Match{How: lifecycle.ByModel, Products: []lifecycle.Product{model, v5}}, ""},
	} {
		if got := productObject(c.m).HardwareRevision; got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestACatalogueOlderThanSixMonthsIsSaidToBeOld(t *testing.T) {
	made := time.Date(2026, 5, 21, 0, 0, 0, 0, time.UTC)
	for name, tc := range map[string]struct {
		meta scan.CatalogueMeta
		on   time.Time
		old  bool
	}{
		"of today":                       {scan.CatalogueMeta{Date: made, Products: 10}, made, false},
		"six months to the day":          {scan.CatalogueMeta{Date: made, Products: 10}, made.AddDate(0, 6, 0), false},
		"a day more":                     {scan.CatalogueMeta{Date: made, Products: 10}, made.AddDate(0, 6, 1), true},
		"judged for a day in the past":   {scan.CatalogueMeta{Date: made, Products: 10}, made.AddDate(-2, 0, 0), false},
		"there is none, and none is old": {scan.CatalogueMeta{}, made.AddDate(9, 0, 0), false},
	} {
		for _, language := range i18n.Languages {
			p := i18n.New(language)
			text := CatalogueText(p, tc.meta, tc.on)
			if got := strings.HasSuffix(text, p.Text("text.catalogue_old")); got != tc.old {
				t.Errorf("%s, %v: %q", name, language, text)
			}
		}
	}
}

// TestAtThePromptNothingIsSaidTwice, nor runs a row over the edge of a terminal.
func TestAtThePromptNothingIsSaidTwice(t *testing.T) {
	p := i18n.New(i18n.English)
	var s scan.Scan
	for _, name := range []string{"", strings.Repeat("long name ", 6)} {
		s.Findings = append(s.Findings, scan.Finding{Verdict: lifecycle.Verdict{Kind: lifecycle.ReplaceNow}, Identity: device.Identity{
			Vendor: "Acme", Model: "R1", Kind: device.Router, Name: name, Revision: "V1", Firmware: "V1.2.3", FirmwareDisplay: "V1.2.3"}})
	}
	var b strings.Builder
	must(t, WriteText(&b, p, s, Options{On: time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)}))
	for _, key := range []string{"tonight.lastupdate", "buy.automatic"} {
		if n := strings.Count(strings.Join(strings.Fields(b.String()), " "), p.Text(key)); n != 1 {
			t.Errorf("%q stands there %d times", p.Text(key), n)
		}
	}
	if !strings.Contains(b.String(), "Do the same tonight as for “Acme R1”, above.") {
		t.Error("the second device does not say where its steps are")
	}
	for given, want := range map[int]int{0: 80, 20: 60, 100: 100, 500: 120} {
		b.Reset()
		must(t, WriteText(&b, p, s, Options{Width: given}))
		most := 0
		for line := range strings.Lines(b.String()) {
			if !strings.HasPrefix(line, "  "+mark[lifecycle.ReplaceNow]) { // a name is not broken
				most = max(most, utf8.RuneCountInString(strings.TrimRight(line, "\n")))
			}
		}
		if most > want || most < want-20 {
			t.Errorf("on a terminal of %d the longest line is %d", given, most)
		}
	}
}

func TestWhyAFileIsNotWrittenIsSaidInTheReadersLanguage(t *testing.T) {
	missing := fmt.Errorf("open x: %w", fs.ErrNotExist)
	for _, c := range []struct {
		p          *i18n.Printer
		code, want string
		err        error
	}{
		{dutch, "full", "de schijf is vol", errors.New("no space left on device")},
		{english, "forbidden", "Houdbaar may not do that there", fs.ErrPermission},
		{dutch, "other", "dat bestand of die map is er niet", missing},
		{english, "other", "what nobody foresaw", errors.New("what nobody foresaw")},
	} {
		if got := FileText(c.p, c.code, c.err); got != c.want {
			t.Errorf("%v is %q, want %q", c.err, got, c.want)
		}
	}
}

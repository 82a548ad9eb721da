package catalogue_test

import (
	"fmt"
	"regexp"
	"testing"
)

// typedByPeople are what people type, what they mean, and an expression for every model
// that has to do with it.
var typedByPeople = []struct{ typed, first, related string }{
	// as it is written
	{"TP-Link Archer C7", "TP-Link Archer C7", `Archer C7`},
	{"TL-WR841N", "TP-Link TL-WR841N", `TL-WR841N`},
	{"D-Link DIR-860L", "D-Link DIR-860L", `DIR-860L`},
	{"AVM FRITZ!Box 7590", "AVM FRITZ!Box 7590", `FRITZ!Box 7590`},
	{"NETGEAR R7000", "NETGEAR R7000", `R7000`},
	{"Linksys E1000", "Linksys E1000", `E1000`},
	{"ASUS RT-AC66U", "ASUS RT-AC66U", `RT-AC66U`},
	{"Zyxel VMG8825-T50", "Zyxel VMG8825-T50", `VMG8825`},
	{"KPN Experia Box V10", "KPN Experia Box V10", `Experia Box V10|ZTE H369A`}, // its other name
	{"Ziggo Connectbox", "Ziggo Connectbox", `Connectbox`},
	{"H369A", "ZTE H369A", `H369A`},
	{"Synology DS218", "Synology DS218", `DS218`},
	{"QNAP TS-231", "QNAP TS-231", `TS-?231`},
	{"Hikvision DS-2CD2143G0-I", "Hikvision DS-2CD2143G0-I", `DS-2CD2143G0-I`},
	{"Reolink RLC-410", "Reolink RLC-410", `RLC-410`},
	{"Foscam C1", "Foscam C1", `Foscam C1`},
	{"Ring Video Doorbell", "Ring Video Doorbell", `Ring .*Doorbell`},
	{"Google Wifi", "Google Wifi", `Google.* Wifi`},
	{"Nest Wifi Pro", "Google Nest Wifi Pro", `Nest Wifi Pro`},
	{"EdgeRouter X", "Ubiquiti EdgeRouter X", `EdgeRouter X`},
	{"DrayTek Vigor2760", "DrayTek Vigor2760", `Vigor2760`},
	{"Tenda AC10", "Tenda AC10", `AC10`},
	{"Xiaomi Mi Router 4A", "Xiaomi Mi Router 4A", `Mi Router 4A`},
	{"MikroTik RB951", "MikroTik RB951", `RB951`},
	{"KPN Box 12", "KPN Box 12", `Box 12`},
	// without separators, or with others
	{"dir860", "D-Link DIR-860L", `DIR-860`},
	{"dlink dir 86O l", "D-Link DIR-860L", `DIR-860L`},
	{"TL WR 840", "TP-Link TL-WR840N", `TL-WR840`},
	{"tlwr841nd", "TP-Link TL-WR841ND", `TL-WR841N`},
	{"fritzbox7590ax", "AVM FRITZ!Box 7590 AX", `7590 AX`},
	{"rt ac66u", "ASUS RT-AC66U", `RT-AC66U`},
	{"wndr 3700", "NETGEAR WNDR3700", `WNDR3700`},
	{"draytek vigor 2760", "DrayTek Vigor2760", `Vigor2760`},
	{"sagemcom fast 5359", "Sagemcom F@st 5359", `F@st 5359`},
	{"dns320", "D-Link DNS-320", `DNS-320`},
	{"DCS930l", "D-Link DCS-930L", `DCS-930L`},
	{"experiabox", "KPN Experia Box V8", `Experia Box|ZTE H369A`},
	// without the maker
	{"fritz 7490", "AVM FRITZ!Box 7490", `7490`},
	{"7490", "AVM FRITZ!Box 7490", `7490`},
	{"archer a7", "TP-Link Archer A7", `Archer A7`},
	{"deco m5", "TP-Link Deco M5", `Deco M5`},
	{"wr841", "TP-Link TL-WR841N", `WR841`},
	{"e1200", "Linksys E1200", `E1200`},
	{"orbi rbr50", "NETGEAR RBR50", `RBR50`},
	{"experia v8", "KPN Experia Box V8", `Experia Box V8`},
	{"u6 lite", "Ubiquiti U6-Lite", `U6-Lite`},
	{"time capsule", "Apple AirPort Time Capsule", `Time Capsule`},
	{"my book live", "Western Digital My Book Live", `My Book Live`},
	{"mt300n", "GL.iNet GL-MT300N", `MT300N`},
	{"experia box v10", "KPN Experia Box V10", `Experia Box V10|ZTE H369A`},
	{"vmg8825", "Zyxel VMG8825-T50", `VMG8825`},
	{"nest hello", "Google Nest Doorbell (legacy)", `Nest Doorbell`},
	{"repeater 1750e", "AVM FRITZ!WLAN Repeater 1750E", `Repeater 1750E`},
	{"eero 6", "eero eero 6", `eero.* 6`},
	// by their numbers, or in another order
	{"dlink 860", "D-Link DIR-860L", `DIR-860L`},
	{"dcs 930", "D-Link DCS-930", `DCS-930`},
	{"synology 213", "Synology DS213", `DS213`},
	{"hikvision 2143G0", "Hikvision DS-2CD2143G0-I", `DS-2CD2143G0`},
	{"C2O archer tplink", "TP-Link Archer C20", `Archer C20`},
	// O and 0, l and 1
	{"R7OOO", "NETGEAR R7000", `R7000`},
	{"TL-WR84IN", "TP-Link TL-WR841N", `TL-WR841N`},
	{"Archer AX2l", "TP-Link Archer AX21", `Archer AX21`},
	{"tapo c2OO", "TP-Link Tapo C200", `Tapo C200`},
	{"fritzbox 749O", "AVM FRITZ!Box 7490", `7490`},
	{"archer c2O", "TP-Link Archer C20", `Archer C20`},
	{"DS2l8+", "Synology DS218+", `DS218\+`},
	{"DS-2CD2O43G2", "Hikvision DS-2CD2043G2-I", `DS-2CD2043G2`},
	{"re2O5", "TP-Link RE205", `RE205`},
	// mistyped
	{"netgaer r6400", "NETGEAR R6400", `R6400`},
	{"frtiz box 7490", "AVM FRITZ!Box 7490", `7490`},
	{"fritzbox 7409", "AVM FRITZ!Box 7490", `7490`},
	{"archr c20", "TP-Link Archer C20", `Archer C20`},
	{"synlogy ds920+", "Synology DS920+", `DS920\+`},
	{"hikvison 2143", "Hikvision DS-2CD2143G0-I", `2143`},
	{"ziggo conectbox", "Ziggo Connectbox", `Connectbox`},
	{"linkys e1000", "Linksys E1000", `E1000`},
	{"airport extrem", "Apple AirPort Extreme", `AirPort Extreme`},
	// with more words, and item numbers
	{"R7000-100PES", "NETGEAR R7000", `R7000$`},
	{"RAX30-100EUS", "NETGEAR RAX30", `RAX30`},
	{"nighthawk r7000 ac1900", "NETGEAR R7000", `R7000`},
	{"Netgear Nighthawk R7000 AC1900 smart wifi router", "NETGEAR R7000", `R7000`},
	{"rt ac68u router", "ASUS RT-AC68U", `RT-AC68U`},
	{"tapo c200 camera", "TP-Link Tapo C200", `Tapo C200`},
	{"fritz box 7530 wifi router", "AVM FRITZ!Box 7530", `7530`},
	{"Archer C7(EU)", "TP-Link Archer C7", `Archer C7`},
	{"archer c7 v5", "TP-Link Archer C7", `Archer C7`},
	{"Archer C7(EU) V5", "TP-Link Archer C7", `Archer C7`},
	{"velop whw03", "Linksys WHW03", `WHW03`},
	{"unifi ap ac lite", "Ubiquiti UAP-AC-LITE", `UAP-AC-LITE`},
	{"DiskStation DS213", "Synology DS213", `DS213`},
	// not here: nothing else is meant
	{"MikroTik hEX", "", ``},
	{"mikrotik hex s", "", ``},
	{"zyxel armor", "", ``},
	{"technicolor tg789", "", ``},
	{"netgear router", "", ``},
	{"ziggo mediabox", "", ``},
	{"dahua ipc-hfw9999", "", ``},
	{"glinet zzz", "", ``},
}

// TestSearchProposesNothingElse measures the lists of proposals: what is meant stands
// first, and what has nothing to do with it does not stand there.
func TestSearchProposesNothingElse(t *testing.T) {
	db := open(t)
	var proposals, related, lists, first int
	for _, tc := range typedByPeople {
		got, err := db.Search(ctx, tc.typed, 20)
		must(t, err)
		is := regexp.MustCompile(tc.related)
		var all []string // models
		for _, p := range got {
			if name := p.Vendor + " " + p.Model; len(all) == 0 || all[len(all)-1] != name {
				all = append(all, name)
			}
		}
		lists++
		if tc.first == "" && len(all) == 0 || len(all) > 0 && all[0] == tc.first {
			first++
		} else {
			t.Errorf("%q: %v, want %q first", tc.typed, all[:min(3, len(all))], tc.first)
		}
		for _, name := range all {
			proposals++
			if tc.first != "" && is.MatchString(name) {
				related++
			} else {
				t.Errorf("%q proposes %s", tc.typed, name)
			}
		}
	}
	t.Logf("%d of %d lists begin with what is meant; %d of %d proposals have to do with it", first, lists, related, proposals)
}

// TestSearchProposesNothingForInventedModels: a name that nobody gave to a product is
// like none.
func TestSearchProposesNothingForInventedModels(t *testing.T) {
	db := open(t)
	vendors := []string{"D-Link", "TP-Link", "NETGEAR", "AVM", "Linksys", "Hikvision", "ASUS", "Zyxel", "KPN", "Nobody"}
	lists, proposals := 0, 0
	for i := range 100 {
		typed := vendors[i%10] + " " + []string{fmt.Sprintf("ZQ-%dX", 7000+i), fmt.Sprintf("Quzzle %d", 31*i), fmt.Sprintf("Flurb%c", 'a'+i%26), fmt.Sprintf("XQJ%d Pro", 100+7*i)}[i%4]
		got, err := db.Search(ctx, typed, 20)
		must(t, err)
		if len(got) > 0 {
			lists, proposals = lists+1, proposals+len(got)
			t.Errorf("%q proposes %s %s", typed, got[0].Vendor, got[0].Model)
		}
	}
	t.Logf("%d of 100 lists are not empty; %d proposals", lists, proposals)
}

// TestSearchFindsEveryModelByItsName takes every thirtieth model of the catalogue, as
// people write it.
func TestSearchFindsEveryModelByItsName(t *testing.T) {
	db := open(t)
	n, missed := 0, 0
	last := ""
	products, err := db.All(ctx)
	must(t, err)
	var names [][2]string
	for _, p := range products {
		if name := p.Vendor + " " + p.Model; name != last {
			last = name
			if n++; n%30 == 0 {
				names = append(names, [2]string{p.Vendor, p.Model})
			}
		}
	}
	for _, m := range names {
		for _, typed := range []string{m[0] + " " + m[1], m[1], m[0] + " " + m[1] + " router", m[1] + " AC1900 dual band"} {
			got, err := db.Search(ctx, typed, 20)
			must(t, err)
			found := false
			for _, p := range got {
				found = found || p.Vendor == m[0] && p.Model == m[1]
			}
			if !found {
				missed++
				t.Errorf("%q does not propose %s %s", typed, m[0], m[1])
			}
		}
	}
	t.Logf("%d of %d searches missed their model", missed, 4*len(names))
}

package firmware

import (
	"bufio"
	"os"
	"strings"
	"testing"
)

func TestVersionsAreOrderedAsTheirVendorsDo(t *testing.T) {
	for _, c := range []struct{ vendor, older, newer string }{
		{"NETGEAR", "1.0.9.88", "V1.0.11.100_10.2.100"},
		{"NETGEAR", "V1.0.9.88_10.2.88", "1.0.11.136"},
		{"AVM", "154.07.29", "154.07.57"},
		{"AVM", "FRITZ!OS 7.57", "FRITZ!OS 08.02"},
		{"AVM", "113.06.93", "FRITZ!OS 07.62"},
		{"AVM", "06.04.49", "FRITZ!OS 04.86"},
		{"AVM", "7.57-99998", "07.57-99999"},
		{"D-Link", "2.00B05", "2.01B01"},
		{"D-Link", "2.01b01", "2.01B05"},
		{"D-Link", "v1.09", "1.10"},
		{"D-Link", "AU_1.02.05", "AU_1.02.06"},
		{"D-Link", "1.14.11", "1.15.03"},
		{"D-Link", "1.10.B03", "1.10.B04"},
		{"TP-Link", "1.1.17 Build 240529 Rel.57938n", "1.1.17 Build 240530 Rel.1n"},
		{"TP-Link", "1.1.17 Build 240529 Rel.57938n", "1.1.19"},
		{"TP-Link", "1.7.4 Build 2023121222 Rel. 63684", "1.7.4 Build 20231213 Rel. 100"},
		{"TP-Link", "1.13.2 Build 230824 Rel.74702n(4D45)", "1.13.2 Build 230824 Rel.74703n (4D45)"},
		{"TP-Link", "1.4.0 0.9.1 v0001.0 Build 240829 Rel.59015n", "1.4.0 0.9.1 v0001.0 Build 250829 Rel.59015n"},
		{"TP-Link", "1.3.6 Build 20240829 rel.71119", "1.3.9 Build 231024 Rel.72919n(4555)"},
		{"TP-Link", "1.7.1 Build 25080612", "1.7.1 Build 20250807 Rel. 61234"}, // the first has an hour
		{"TP-Link", "1.3.3 Build 26071612", "1.3.3 Build 260717"},
		{"TP-Link", "0.9.1 4.18 v0348.0 Build 250529 Rel.1n", "V5_260317"},
		{"TP-Link", "V5_260317", "V5_260419"},
		{"TP-Link", "0.9.1 4.16 v0001.0 Build 180817 Rel.37140n", "0.9.1 4.17 v0001.0 Build 200116 Rel.54321n"},
		{"Hikvision", "V5.5.800 build 210628", "V5.5.800 build 210629"},
		{"Hikvision", "V5.5.80 build 230101", "V5.5.800 build 210628"},
		{"Hikvision", "V4.30.005build 190708", "V4.84.121"},
		{"EZVIZ", "V5.3.2 build 230218", "V5.3.2 build 230722"},
		{"Dahua", "2.800.0000000.15.R, Build Date 2020-01-01", "2.800.0000000.16.R, Build Date 2020-10-13"},
		{"Dahua", "2.420.0000.0.R", "2.800.0000000.16.R"},
		{"Synology", "6.2-25426", "DSM 6.2.4-25556"},
		{"Synology", "DSM 6.2.4-25556", "7.2-64570"},
		{"Synology", "DSM 7.2.1-69057 Update 4", "DSM 7.2.1-69057 Update 5"},
		{"Synology", "DSM 7.1.1-42962", "DSM 7.4-90075"},
		{"ASUS", "3.0.0.4.386_45934", "3.0.0.4.386.45989"},
		{"ASUS", "386.48260", "388_22068"},
		{"ASUS", "3.0.0.4.388_23285-g1e3a0b4", "3.0.0.6.102_34372"},
		{"ASUS", "382_70348", "3.0.0.4.388_24198"},
		{"ASUS", "3.0.0.4.388_24198-g7c2c6f9_393-gf3d6b0a", "3.0.0.4.388_24762-g7c2c6f9"},
		{"Linksys", "1.0.00 build 11", "1.0.00 build 12"},
		{"Linksys", "2.1.41.162351", "2.1.42.183584"},
		{"Linksys", "Ver.1.0.04", "1.0.05"},
		{"Axis", "10.12.240", "10.12.250"},
		{"Axis", "5.51.7.4", "5.51.7.5"},
		{"MikroTik", "6.48.6 (long-term)", "6.49.10 (long-term)"},
		{"MikroTik", "7.16beta3", "7.16rc1"},
		{"MikroTik", "7.16rc1", "7.16"},
		{"MikroTik", "7.16", "7.16.1 (stable)"},
		{"Zyxel", "V5.50(ABOM.7)C0", "V5.50(ABOM.8)C0"},
		{"Zyxel", "V5.21(AAZF.18)C0", "V5.50(AAZF.1)C0"},
		{"Ubiquiti", "XW.ar934x.v6.3.6.33330.210101.1200", "XW.ar934x.v6.3.11.33396.220101.1200"},
		{"Ubiquiti", "XM.ar7240.v5.6.3.28591.151130.1749", "6.3.11"},
		{"Ubiquiti", "2.0.9", "2.0.9-hotfix.6"},
		{"Ubiquiti", "4.4.56", "4.4.57.5578372"},
		{"QNAP", "QTS 4.2.6", "5.1.0.2348 Build 20230325"},
		{"QNAP", "5.1.0.2348 Build 20230325", "5.1.0 Build 20230401"},
		{"QNAP", "h5.2.4.3070", "QuTS hero h5.2.4.3079"},
		{"Reolink", "v3.0.0.136_20121100", "v3.0.0.4348_2411261180"},
		{"Reolink", "V3.0.0.136_20121006", "v3.0.0.136_20121100"},
		{"Foscam", "2.71.1.58", "2.71.1.59"},
		{"GL.iNet", "4.5.22", "4.8.7"},
	} {
		a, b := parse(t, c.vendor, c.older), parse(t, c.vendor, c.newer)
		if got, ok := a.compare(b); !ok || got != -1 {
			t.Errorf("%s: %q against %q = %d, %t, want older", c.vendor, c.older, c.newer, got, ok)
		}
	}
}

func TestOneVersionInTwoSpellingsIsOne(t *testing.T) {
	for _, c := range [][3]string{
		{"AVM", "154.07.57", "FRITZ!OS 7.57"},
		{"AVM", "07.57", "7.57"},
		{"NETGEAR", "V1.0.11.136_10.2.120", "1.0.11.136"},
		{"ASUS", "3.0.0.4.386_48260", "386.48260"},
		{"MikroTik", "6.49.0", "6.49"},
		{"Hikvision", "V5.5.800 build 210628", "v5.5.800 210628"},
		{"Synology", "6.2-25556", "DSM 6.2.4-25556"},
		{"D-Link", "2.01b01", "2.01B01"},
	} {
		a, b := parse(t, c[0], c[1]), parse(t, c[0], c[2])
		if got, ok := a.compare(b); !ok || got != 0 {
			t.Errorf("%s: %q against %q = %d, %t, want the same", c[0], c[1], c[2], got, ok)
		}
	}
}

func TestVersionsThatCannotBeOrderedAreNotGuessed(t *testing.T) {
	for name, c := range map[string][3]string{
		"another FRITZ!Box":              {"AVM", "154.07.29", "113.07.57"},
		"a Labor version":                {"AVM", "FRITZ!OS 7.57 LABOR", "FRITZ!OS 7.60"},
		"a build with one without":       {"TP-Link", "1.1.17", "1.1.17 Build 240529"},
		"another hardware profile":       {"TP-Link", "0.9.1 4.16 v0001.0 Build 180817", "0.9.1 4.17 v0002.0 Build 200116"},
		"another D-Link revision's line": {"D-Link", "1.05B02", "2.01B01"},
		"another region":                 {"D-Link", "AU_1.02.06", "1.03.06"},
		"a world-wide D-Link beta":       {"D-Link", "1.10WWB09_Beta", "1.10WWB10"},
		"one digit against two":          {"D-Link", "1.2", "1.10"},
		"a Russian NETGEAR":              {"NETGEAR", "1.0.0.80RU", "1.0.0.90"},
		"a shorter NETGEAR":              {"NETGEAR", "1.0.9", "1.0.9.88"},
		"another Dahua build":            {"Dahua", "2.800.15OG004.0.R", "2.800.0000000.16.R"},
		"a Dahua test build":             {"Dahua", "2.800.0000000.15.T", "2.800.0000000.16.R"},
		"another Zyxel model":            {"Zyxel", "V5.50(ABOM.8)C0", "V5.50(ABPY.9)C0"},
		"a Zyxel beta":                   {"Zyxel", "V5.50(ABPY.1)b15_20201207", "V5.50(ABPY.1)C0"},
		"an Axis long-term track":        {"Axis", "10.12.240", "11.5.0"},
		"another RouterOS channel":       {"MikroTik", "6.48.6 (long-term)", "6.49 (stable)"},
		"another RouterOS":               {"MikroTik", "6.49.10", "7.16"},
		"another airOS board":            {"Ubiquiti", "XW.ar934x.v6.3.6", "XM.ar7240.v6.3.11"},
		"SRM and DSM":                    {"Synology", "SRM 1.3.1-9346 Update 14", "DSM 7.2-64570"},
		"an update that is not said":     {"Synology", "7.2.1-69057", "DSM 7.2.1-69057 Update 5"},
		"QTS and QuTS hero":              {"QNAP", "5.1.0.2348", "h5.1.1.2488"},
		"a number with a day":            {"QNAP", "5.1.0.2348", "5.1.0.2348 Build 20230325"},
		"a build of the same day":        {"TP-Link", "1.7.1 Build 20250806 Rel. 61234", "1.7.1 Build 25080612"},
		"Asuswrt-Merlin's own number":    {"ASUS", "3.0.0.4.388.8", "3.0.0.4.388_24198"},
		"a file of the same day":         {"TP-Link", "0.9.1 4.19 v0348.0 Build 260317 Rel.1n", "V5_260317"},
		"a file for another hardware":    {"TP-Link", "V5_260317", "V6_260419"},
		"a file and no build":            {"TP-Link", "3.16.9", "V5_260317"},
		"an ASUS beta":                   {"ASUS", "9.0.0.4.386.41994", "3.0.0.4.388_24198"},
		"two Foscam platforms":           {"Foscam", "2.71.1.59", "2.72.1.60"},
	} {
		t.Run(name, func(t *testing.T) {
			a, b := parse(t, c[0], c[1]), parse(t, c[0], c[2])
			if got, ok := a.compare(b); ok {
				t.Errorf("%q against %q = %d, want no order", c[1], c[2], got)
			}
			if got, ok := b.compare(a); ok {
				t.Errorf("%q against %q = %d, want no order", c[2], c[1], got)
			}
		})
	}
	if _, ok := parse(t, "NETGEAR", "1.0.0.1").compare(parse(t, "Cudy", "1.0.0.2")); ok {
		t.Error("two vendors' versions are ordered")
	}
	if _, ok := (version{}).compare(version{}); ok {
		t.Error("no version is compared with no version")
	}
}

func TestWhatIsNoVersionOfTheVendorIsNotRead(t *testing.T) {
	for _, c := range [][2]string{
		{"NETGEAR", ""}, {"NETGEAR", "odd"}, {"ASUS", "388.8_4"}, {"ASUS", "386.14_2"}, {"Ubiquiti", "UAP6MP.6.7.31.15000.240101.0000"}, {"Reolink", "1441_19032102"},
		{"Hikvision", "V5.5.800 build 211399"}, {"Synology", "DSM"}, {"Axis", "latest"},
		{"Sagemcom", "SG40_sip-fr-4.15.10.1_7.21.3.1"}, {"Xiongmai", "V4.02.R11.00000117.10001.131900.00000"},
		{"NETGEAR", "1.0.9999999999999999999"}, {"Cudy", strings.Repeat("1.", 200) + "1"}, {"D-Link", "1.01_B2 x" + strings.Repeat("y", 200)},
	} {
		if v, ok := read(c[0], c[1]); ok {
			t.Errorf("read(%s, %q) = %+v, want not read", c[0], c[1], v)
		}
	}
}

func TestDisplayIsWhatTheVendorsPageWrites(t *testing.T) {
	for _, c := range [][3]string{
		{"AVM", "154.07.57", "FRITZ!OS 7.57"},
		{"AVM", "113.07.01", "FRITZ!OS 7.01"},
		{"AVM", "FRITZ!OS 08.02", "FRITZ!OS 8.02"},
		{"AVM", "06.04.49", "FRITZ!OS 4.49"},
		{"NETGEAR", "V1.0.11.100_10.2.100", "V1.0.11.100"},
		{"NETGEAR", "1.0.11.100", "V1.0.11.100"},
		{"D-Link", "2.00b05", "2.00B05"},
		{"D-Link", "AU_1.02.06", "AU_1.02.06"},
		{"TP-Link", "1.1.17 Build 240529 Rel.57938n", "1.1.17 Build 240529"},
		{"Hikvision", "V5.5.800  build 210628", "V5.5.800 build 210628"},
		{"Dahua", "2.800.0000000.16.R, Build Date 2020-10-13", "2.800.0000000.16.R, Build Date 2020-10-13"},
		{"Synology", "6.2-25426", "DSM 6.2-25426"},
		{"Synology", "DSM 7.2.1-69057 Update 5", "DSM 7.2.1-69057 Update 5"},
		{"Synology", "1.0.5-0185", "1.0.5-0185"},
		{"ASUS", "386.48260", "3.0.0.4.386_48260"},
		{"Linksys", "Ver.1.0.04", "1.0.04"},
		{"MikroTik", "6.49.10 (long-term)", "RouterOS 6.49.10 (long-term)"},
		{"Zyxel", "5.50(ABOM.8)C0", "V5.50(ABOM.8)C0"},
		{"Ubiquiti", "XW.ar934x.v6.3.11.33396.210101.1200", "6.3.11.33396"},
		{"QNAP", "5.1.0.2348 Build 20230325", "QTS 5.1.0.2348 build 20230325"},
		{"Reolink", "V3.0.0.136_20121100", "v3.0.0.136_20121100"},
		{"Sagemcom", " SG40_sip-fr-4.15.10.1 ", "SG40_sip-fr-4.15.10.1"},
		{"", "", ""},
	} {
		if got := Display(c[0], c[1]); got != c[2] {
			t.Errorf("Display(%s, %q) = %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

// pool reads testdata/versions.txt: versions seen in the field, "vendor<TAB>version".
func pool(t testing.TB) map[string][]version {
	f, err := os.Open("testdata/versions.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out := map[string][]version{}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		vendor, raw, ok := strings.Cut(lines.Text(), "\t")
		if !ok || strings.HasPrefix(vendor, "#") {
			continue
		}
		v, ok := read(vendor, raw)
		if !ok {
			t.Errorf("%s: %q is not read", vendor, raw)
			continue
		}
		out[v.scheme] = append(out[v.scheme], v)
	}
	return out
}

func TestTheOrderIsAnOrderOverVersionsOfTheField(t *testing.T) {
	total, ordered := 0, 0
	for scheme, versions := range pool(t) {
		for _, a := range versions {
			total++
			if c, ok := a.compare(a); !ok || c != 0 {
				t.Errorf("%s: %v is not the same as itself", scheme, a)
			}
			for _, b := range versions {
				ab, ok := a.compare(b)
				if ba, back := b.compare(a); back != ok || ba != -ab {
					t.Errorf("%s: %v against %v is %d, back %d", scheme, a, b, ab, ba)
				}
				if !ok {
					continue
				}
				ordered++
				for _, c := range versions {
					bc, ok := b.compare(c)
					if !ok || ab > 0 || bc > 0 {
						continue
					}
					// a ≤ b ≤ c: where a and c can be ordered, a ≤ c.
					if ac, ok := a.compare(c); ok && (ac > 0 || ac == 0 && (ab < 0 || bc < 0)) {
						t.Errorf("%s: %v ≤ %v ≤ %v, but the first against the last is %d", scheme, a, b, c, ac)
					}
				}
			}
		}
	}
	if total < 250 || ordered < 10*total {
		t.Errorf("only %d versions and %d ordered pairs: the test proves little", total, ordered)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range [][3]string{
		{"AVM", "154.07.57", "7.57-99999"}, {"D-Link", "2.00B05", "AU_1.02.06"}, {"TP-Link", "0.9.1 4.16 v0001.0 Build 200116 Rel.54321n", "3.16.9"},
		{"ASUS", "3.0.0.4.386_45934", "388_22068"}, {"Ubiquiti", "XW.ar934x.v6.3.11.33396.210101.1200", "2.0.9-hotfix.6"}, {"", "1.2", "v1"},
		{"MikroTik", "7.16rc1", "6.49.10 (long-term)"}, {"Zyxel", "V5.50(ABOM.8)C0", "1.0"}, {"Synology", "7.2-64570", "SRM 1.3"},
		{"Dahua", "2.800.0000000.16.R, Build Date 2020-10-13", "1.1.1.1"}, {"QNAP", "h5.1.0.2348 Build 20230325", "QTS 4.2.6"},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, vendor, x, y string) {
		a, okA := read(vendor, x)
		b, okB := read(vendor, y)
		ab, ok := a.compare(b)
		ba, back := b.compare(a)
		if ok != back || ab != -ba {
			t.Errorf("%s: %q against %q is %d, %t and back %d, %t", vendor, x, y, ab, ok, ba, back)
		}
		if ok && !(okA && okB) {
			t.Errorf("%s: %q and %q are ordered but not read", vendor, x, y)
		}
		if shown := Display(vendor, x); okA {
			// What is shown can be read again and is the same version, as far as it goes.
			if again, ok := read(vendor, shown); !ok {
				t.Errorf("%s: %q is shown as %q, which cannot be read", vendor, x, shown)
			} else if c, ok := a.compare(again); ok && c != 0 {
				t.Errorf("%s: %q is shown as %q, which is another version", vendor, x, shown)
			}
		}
	})
}

func parse(t *testing.T, vendor, raw string) version {
	t.Helper()
	v, ok := read(vendor, raw)
	if !ok {
		t.Fatalf("%s: %q is not read", vendor, raw)
	}
	return v
}

func TestADayIsOneOfTheCalendar(t *testing.T) {
	for written, want := range map[string]uint64{
		"20260131": 20260131, "2026-12-01": 20261201, "261201": 20261201, "000101": 20000101, "19900101": 19900101,
		"19891231": 0, "20261301": 0, "20260001": 0, "20260132": 0, "20260100": 0, "260100": 0, "261301": 0,
	} {
		if got, ok := date(written); ok != (want != 0) || ok && got != want {
			t.Errorf("%q is %d, %v; want %d", written, got, ok, want)
		}
	}
}

func TestASUSsTestVersionsAreNotHeldAgainstTheOthers(t *testing.T) {
	if c, ok := Compare("ASUS", "9.0.0.6.102_5152", "3.0.0.6.102_37812"); ok {
		t.Errorf("ordered: %d", c)
	}
	for _, base := range []string{"3.0.0.6", "9.0.0.6"} {
		if c, ok := Compare("ASUS", base+".102_5152", base+".102_37812"); !ok || c != -1 {
			t.Errorf("of %s: %d, %v", base, c, ok)
		}
	}
}

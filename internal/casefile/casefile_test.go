package casefile

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"houdbaar/internal/announce"
	"houdbaar/internal/device"
)

// must ends a test that cannot go on.
func must(t testing.TB, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

// folder writes a case folder of files.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "a-case")
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		must(t, os.MkdirAll(filepath.Dir(path), 0o755))
		must(t, os.WriteFile(path, []byte(text), 0o644))
	}
	return dir
}

func TestReadTellsEveryPartFromItsPlace(t *testing.T) {
	c, err := Read("testdata/avm-fritzbox-7530")
	must(t, err)
	var got []string
	for _, o := range c.Observations {
		got = append(got, o.Source)
		if want := netip.MustParseAddr("192.168.178.1"); o.Addr != want {
			t.Errorf("%s has address %v, want %v", o.Source, o.Addr, want)
		}
	}
	want := []string{"route", "ssdp", "http", "upnp", "upnp", "http", "boxinfo"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("sources (-want +got)\n%s", d)
	}
	if c.Name != "avm-fritzbox-7530" || c.Truth.Model == nil || *c.Truth.Model != "FRITZ!Box 7530" || !c.Truth.Gateway {
		t.Errorf("name %q, truth %+v", c.Name, c.Truth)
	}
	if v := c.Observations[3].Get("systemVersion.Display"); v != "164.07.29" {
		t.Errorf("systemVersion.Display = %q", v)
	}
}

func TestReadFindsTheAddressWhereTruthIsMissing(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"from the host that was asked":  {"http/001.txt": "GET / HTTP/1.1\nHost: 192.168.1.9:8080\n\nHTTP/1.1 200 OK\n\n"},
		"from LOCATION":                 {"ssdp.txt": "NOTIFY * HTTP/1.1\nLOCATION: http://192.168.1.9:80/a\n\n"},
		"from truth.json, before these": {"ssdp.txt": "NOTIFY * HTTP/1.1\nLOCATION: http://192.168.1.1:80/a\n\n", "truth.json": `{"address":"192.168.1.9"}`},
	} {
		c, err := Read(folder(t, files))
		if err != nil || len(c.Observations) != 1 || c.Observations[0].Addr != netip.MustParseAddr("192.168.1.9") {
			t.Errorf("%s: %+v, %v", name, c.Observations, err)
		}
	}
}

func TestSSDPDatagramsEndAtAnEmptyLine(t *testing.T) {
	c, err := Read(folder(t, map[string]string{"ssdp.txt": "\r\nNOTIFY * HTTP/1.1\r\nNT: a\r\n\r\n\r\nNOTIFY * HTTP/1.1\nNT: b"}))
	must(t, err)
	if len(c.SSDP) != 2 || string(c.SSDP[0]) != "NOTIFY * HTTP/1.1\r\nNT: a\r\n\r\n" || c.Observations[1].Get("nt") != "b" {
		t.Errorf("%q", c.SSDP)
	}
}

func TestAFolderThatCannotBeReadSaysWhichAndWhere(t *testing.T) {
	many := map[string]string{}
	for i := range maxHTTP + 1 {
		many["http/"+string(rune('a'+i%26))+strings.Repeat("x", i/26)+".txt"] = "GET / HTTP/1.1\n\nHTTP/1.1 200 OK\n\n"
	}
	for _, tt := range []struct {
		name  string
		files map[string]string
		says  string // in the error, beside the folder
	}{
		{"an empty folder", map[string]string{"README": "x"}, "no ssdp.txt"},
		{"truth without parts", map[string]string{"truth.json": "{}"}, "no ssdp.txt"},
		{"broken truth", map[string]string{"truth.json": "{", "ssdp.txt": "x"}, "truth.json"},
		{"an address that is none", map[string]string{"truth.json": `{"address":"fritz.box"}`, "ssdp.txt": "x"}, "address"},
		{"a MAC that is none", map[string]string{"truth.json": `{"mac":"12:34"}`, "ssdp.txt": "x"}, "mac"},
		{"digits that are not hexadecimal", map[string]string{"mdns.hex": "00\n0x\n"}, "mdns.hex: line 2"},
		{"half a byte", map[string]string{"udp/3702.hex": "0"}, "3702.hex: line 1"},
		{"a port that is none", map[string]string{"udp/wsd.hex": "00"}, "wsd.hex"},
		{"a file of another kind", map[string]string{"http/001.html": "x"}, "001.html"},
		{"an exchange without response", map[string]string{"http/001.txt": "GET / HTTP/1.1\n\n"}, "001.txt"},
		{"a file too large", map[string]string{"ssdp.txt": strings.Repeat("x", maxFile+1)}, "larger"},
		{"too many exchanges", many, "more than 256"},
		{"too many packets", map[string]string{"mdns.hex": strings.Repeat("00\n", maxPackets+1)}, "more than 4096"},
	} {
		_, err := Read(folder(t, tt.files))
		if err == nil || !strings.Contains(err.Error(), tt.says) || !strings.Contains(err.Error(), "a-case") {
			t.Errorf("%s: error %q, want it to name a-case and %q", tt.name, err, tt.says)
		}
	}
	if _, err := Read(filepath.Join(t.TempDir(), "absent")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("an absent folder gave %v", err)
	}
	full := folder(t, map[string]string{"udp/3702.hex": "00", "http/001.txt": "GET / HTTP/1.1\n\nHTTP/1.1 200 OK\n\n"})
	if err := os.Mkdir(filepath.Join(full, "ssdp.txt"), 0o700); err != nil { // as a pipe, in which nothing ever ends
		t.Fatal(err)
	}
	if _, err := Read(full); err == nil || !strings.Contains(err.Error(), "ssdp.txt is no file") {
		t.Errorf("a part that is no file gave %v", err)
	}
	file := filepath.Join(folder(t, map[string]string{"a": "b"}), "a")
	if _, err := Read(file); err == nil || !strings.Contains(err.Error(), "not a folder") {
		t.Errorf("a file gave %v", err)
	}
}

func TestAPacketNobodyUnderstandsIsNoiseAndTheRestIsRead(t *testing.T) {
	c, err := Read(folder(t, map[string]string{
		"ssdp.txt":       "M-SEARCH * HTTP/1.1\nST: ssdp:all\n\nNOTIFY * HTTP/1.1\nNT: a\n\n",
		"udp/37020.hex":  hex.EncodeToString([]byte("<Probe/>")),
		"http/.DS_Store": "x",
	}))
	if err != nil || len(c.Observations) != 1 || c.Noise != 2 {
		t.Errorf("%d observations, noise %d, %v", len(c.Observations), c.Noise, err)
	}
}

// written returns what Write makes of a case: every file, with what is packed unpacked.
func written(t *testing.T, dir string) string {
	t.Helper()
	c, err := Read(dir)
	must(t, err)
	again := rewritten(t, asDevice(c), Options{})
	truth, err := json.Marshal(again.Truth)
	must(t, err)
	return writtenIn(again) + string(truth)
}

func TestWrittenFoldersNameNobody(t *testing.T) {
	for _, tt := range []struct {
		dir        string
		gone, left []string
	}{
		{
			"invented-household-nas",
			[]string{"Vries", "Tessa", "1930PDN012345", "aa:bb:cc", "AA:BB:CC", "Vriesnet", "<wanIp>84.12", "9f8e7d6c5b4a", "02005eaabbcc", "\x2a\x02\xa4\x46", "\xaa\xbb\xcc", "verdieping"},
			[]string{"DS000j 6.2-25556", "<firmwareVersion>84.12.3.4<", "Linux/3.10.105 UPnP/1.0 Invented/1.2.3.4", "NAS (DS000j)", "version_build=25556", "02:00:00:00:00:01", "192.168.1.70", "<modelName>DS000j<"},
		},
		{
			"invented-camera",
			[]string{"Tessa", "Voordeur", "IPC-T10020190101AAWRC12345678", "1A2B3C4PAZ00001", "020000000003", "02-00-00-00-00-03", "netherlands"},
			[]string{"IPC-T100%20Mk2", "V5.5.82build 190909", "V5.5.82 build 190909", "2.800.0000000.16.R", "<DeviceDescription>IPC-T100<", "http://192.168.1.61/onvif/device_service"},
		},
		{
			"tplink-tapo-c210",
			[]string{"Zolder", "Tessa", "02-00-00-00-00-02", "QUJDREVGR0hJSktMTU5PUFFSU1RVVg"},
			[]string{`"device_model":"C210"`, `"1.4.3 Build 241010 Rel.33858n"`},
		},
		{
			"dlink-dir-868l",
			[]string{"=thuis"},
			[]string{"model_number=DIR-868L", "hw_version=B1", "version=0201", "<FirmwareVersion>2.03<"},
		},
		{
			"avm-fritzbox-7530",
			[]string{"739f2409", "020000000001"},
			[]string{"AVM FRITZ!Box 7530 164.07.29", "<Display>164.07.29<", "<j:Revision>90000<", "<friendlyName>FRITZ!Box 7530<"},
		},
	} {
		all := written(t, filepath.Join("testdata", tt.dir))
		for _, s := range tt.gone {
			if strings.Contains(strings.ToLower(all), strings.ToLower(s)) {
				t.Errorf("%s: %q is still there", tt.dir, s)
			}
		}
		for _, s := range tt.left {
			if !strings.Contains(all, s) {
				t.Errorf("%s: %q is gone from\n%.3000q", tt.dir, s, all)
			}
		}
	}
}

// sightings makes a device of observations that announce read in an exchange.
func sightings(path, response string) device.Device {
	x := announce.Exchange{
		From:    netip.MustParseAddrPort("192.168.1.9:80"),
		Request: []byte("GET " + path + " HTTP/1.1\r\nHost: 192.168.1.9\r\n\r\n"), Response: []byte(response),
	}
	return device.Device{Addrs: []netip.Addr{x.From.Addr()}, Observations: announce.HTTP(x)}
}

func TestScrubbingDecodesWhatIsPackedAndKeepsTheFormatsOwnWords(t *testing.T) {
	for _, tt := range []struct{ name, response, want string }{
		{
			"chunks are joined, and the length is told",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n<a><se\r\n1c\r\nrial>AB12345678</serial></a>\r\n0\r\n\r\n",
			"HTTP/1.1 200 OK\r\nContent-Length: 34\r\n\r\n<a><serial>AA00000001</serial></a>",
		},
		{
			"the same serial number is the same everywhere, also in base64",
			"HTTP/1.1 200 OK\r\n\r\n" + `{"serialNumber":"AB12345678","url":"/x/AB12345678","b":"c2VyaWFsOiBBQjEyMzQ1Njc4"}`,
			"HTTP/1.1 200 OK\r\n\r\n" + `{"serialNumber":"AA00000001","url":"/x/AA00000001","b":"c2VyaWFsOiBBQTAwMDAwMDAx"}`,
		},
		{
			"a name that is also a tag or a key is replaced in values only",
			"HTTP/1.1 200 OK\r\n\r\n<x><alias>Oom Piet</alias><piet a=\"Piet\">Piet's</piet></x>",
			"HTTP/1.1 200 OK\r\n\r\n<x><alias>Xxb Xxxc</alias><piet a=\"Xxxc\">Xxxc's</piet></x>",
		},
		{
			"versions stay, whatever they look like",
			"HTTP/1.1 200 OK\r\nServer: X/84.1.2.3\r\n\r\n" + `{"firmwareVersion":"84.1.2.3","build":"20231011123456","hash":"0f3c2d1a9b8e","sw":"1f3c2d1a9b8e"}`,
			"HTTP/1.1 200 OK\r\nServer: X/84.1.2.3\r\n\r\n" + `{"firmwareVersion":"84.1.2.3","build":"20231011123456","hash":"0f0000000001","sw":"1f3c2d1a9b8e"}`,
		},
		{
			"names go, however their letters are written",
			"HTTP/1.1 200 OK\r\n\r\n" + `{"friendlyName":"Ren\u00e9e","a":"Ren&#233;e's","b":"/Ren%C3%A9e","c":"RENÉE","d":"reneeweg"}`,
			"HTTP/1.1 200 OK\r\n\r\n" + `{"friendlyName":"xxxxxxxxxx","a":"xxxxxxxxxx's","b":"/xxxxxxxxxx","c":"XXXxxB","d":"reneeweg"}`,
		},
		{
			"public addresses go, in all the ways they are written",
			"HTTP/1.1 200 OK\r\n\r\n" + `{"wan_ip":"84.12.3.4","dns":"8.8.8.8","lan":"192.168.1.1","v6":"2a02:a446:1:1:200:5eff:feaa:bbcc","url":"http://84.12.3.4/"}`,
			"HTTP/1.1 200 OK\r\n\r\n" + `{"wan_ip":"10.10.0.1","dns":"0.0.0.2","lan":"192.168.1.1","v6":"fd00:0000:0:0:000:0000:0000:0003","url":"http://10.10.0.1/"}`,
		},
		{
			"hardware addresses go, in all the ways they are written",
			"HTTP/1.1 200 OK\r\n\r\n" + `{"a":"20:00:5e:aa:bb:cc","b":"20-00-5E-AA-BB-CC","c":"2000.5eaa.bbcc","d":"20%3A00%3A5e%3Aaa%3Abb%3Acc","e":"AP20005eaabbcc_5G","f":"20:00:5e:aa:bb:cd","g":"00:00:00:00:00:00","h":"ff:ff:ff:ff:ff:ff","i":"x-20005EAABBCC"}`,
			"HTTP/1.1 200 OK\r\n\r\n" + `{"a":"20:00:5e:00:00:01","b":"20-00-5E-00-00-01","c":"2000.5e00.0001","d":"20%3A00%3A5e%3A00%3A00%3A01","e":"AP20005e000001_5G","f":"20:00:5e:00:00:02","g":"00:00:00:00:00:00","h":"ff:ff:ff:ff:ff:ff","i":"x-20005E000001"}`,
		},
		{
			"what is longer than a hardware address is no such",
			"HTTP/1.1 200 OK\r\n\r\n" + `{"a":"20:00:5e:aa:bb:cc:dd:ee","b":"20005eaabbccdd","c":"12:30:45","d":"0123456789012","e":"20005eaabbccddee"}`,
			"HTTP/1.1 200 OK\r\n\r\n" + `{"a":"00:00:00:00:00:00:00:01","b":"00000aaaaaaaab","c":"12:30:45","d":"0123456789012","e":"00000aaaaaaaaaac"}`,
		},
		{
			"addresses of one host or of nobody stay, other IPv6 ones go",
			"HTTP/1.1 200 OK\r\n\r\n" + `{"a":"::1","b":"ff02::fb","c":"fe80::200:5eff:feaa:bbcc","d":"fd12:3456::1","e":"100.64.1.2","f":"203.0.113.9","g":"172.16.0.1"}`,
			"HTTP/1.1 200 OK\r\n\r\n" + `{"a":"::1","b":"ff02::fb","c":"fe80::000:0000:0000:0001","d":"fd00:0000::2","e":"100.64.1.2","f":"203.0.113.9","g":"172.16.0.1"}`,
		},
		{
			"what people filled in goes, and what they cannot fill stays",
			"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + `<html><input name="ssid" value="Zolderkamer"><input type="password" value="w8woord12"><input type="submit" value="Save"><input name="mode" value="bridge"><td>Serial Number</td><td>QX12345678</td></html>`,
			"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + `<html><input name="ssid" value="Aaaaaaaaaab"><input type="password" value="a0aaaaa02"><input type="submit" value="Save"><input name="mode" value="bridge"><td>Serial Number</td><td>AA00000003</td></html>`,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := rewritten(t, sightings("/x", tt.response), Options{}).HTTP[0].Bytes()
			if d := cmp.Diff("GET /x HTTP/1.1\r\nHost: 192.168.1.9\r\n\r\n"+tt.want, string(got)); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

func TestANameInAServerHeaderOrBeforeAColonIsReplaced(t *testing.T) {
	from := netip.MustParseAddrPort("192.168.178.1:1900")
	for head, field := range map[string]string{
		"HTTP/1.1 200 OK\r\n":                      "server",
		"HTTP/1.1 200 OK\r\nSERVER: Linux/2.6\r\n": "server#2",
		"HTTP/1.1 200 OK\rX-Owner: Piet\r":         "server",
	} {
		o, ok := announce.SSDP(announce.Packet{From: from, Data: []byte(head + "SERVER: Thuis bij Piet UPnP/1.0 AVM FRITZ!Box 7530 164.07.29\r\n\r\n")})
		if !ok {
			t.Fatal("not read")
		}
		label := "Piet: tv"
		packet := "\x00\x00\x84\x00\x00\x00\x00\x01\x00\x00\x00\x00" + string(rune(len(label))) + label + "\x05_http\x04_tcp\x05local\x00" +
			"\x00\x10\x80\x01\x00\x00\x00\x78\x00\x04\x03a=b"
		d := device.Device{Observations: append(announce.MDNS([]announce.Packet{{From: from, Data: []byte(packet)}}), o)}
		c := rewritten(t, d, Options{})
		if len(c.Observations) != 2 {
			t.Fatalf("%+v", c.Observations)
		}
		if got := c.Observations[0].Get(field); got != "Xxxxc xxd Xxxb UPnP/1.0 AVM FRITZ!Box 7530 164.07.29" {
			t.Errorf("SERVER is %q", got)
		}
		if got := c.Observations[1].Get("instance"); got != "Xxxb: tv" {
			t.Errorf("the instance is %q", got)
		}
	}
}

func TestWhatIsPrivateInLinesThatEndWithCRIsReplaced(t *testing.T) {
	d := sightings("/x", "HTTP/1.1 200 OK\rServer: Camera/1.0\rSet-Cookie: sid=abcd1234\rX-Serial-Number: ZX81QL48K\r\r<title>R1</title><b>ZX81QL48K</b>")
	text := writtenIn(rewritten(t, d, Options{}))
	for _, secret := range []string{"abcd1234", "ZX81QL48K"} {
		if strings.Contains(text, secret) {
			t.Errorf("%s was written:\n%s", secret, text)
		}
	}
	if !strings.Contains(text, "Server: Camera/1.0") || !strings.Contains(text, "<title>R1</title>") {
		t.Errorf("what is of the product was not:\n%s", text)
	}
}

// TestAHostThatSomebodyNamedIsReplaced: a front page led to it, so that it was asked for.
func TestAHostThatSomebodyNamedIsReplaced(t *testing.T) {
	for _, host := range []string{"zonneschijn", "Zonneschijn.local", "kast.zonneschijn.lan", "zonneschijn.fritz.box", "zonneschijn.speedport.ip"} {
		x := announce.Exchange{From: netip.MustParseAddrPort("192.168.1.9:5000"), Request: []byte("GET /webman/ HTTP/1.1\r\nHost: " + host + ":5000\r\n\r\n"),
			URL: "http://" + host + ":5000/webman/", Response: []byte("HTTP/1.1 302 Found\r\nLocation: https://" + host + "/\r\n\r\n" +
				"<title>Synology DiskStation</title><a href='http://" + host + "/x'>Zonneschijn</a><a href='http://www.w3.org/TR/'>w3</a><a href='http://fritz.box/'>Box</a><a href='http://speedport.ip/'>Port</a>")}
		c := rewritten(t, device.Device{Addrs: []netip.Addr{x.From.Addr()}, Observations: announce.HTTP(x)}, Options{})
		if text := writtenIn(c); strings.Contains(strings.ToLower(text), "zonneschijn") || !strings.Contains(text, "Synology DiskStation") || !strings.Contains(text, "www.w3.org/TR/") ||
			!strings.Contains(text, "//fritz.box/") || !strings.Contains(text, "//speedport.ip/") {
			t.Errorf("written:\n%s", text)
		}
		if c.Observations[0].Addr != x.From.Addr() {
			t.Errorf("read %+v", c.Observations)
		}
	}
}

// TestACertificateIsWrittenWithoutWhatIsOfOneDevice: its number, key and times are not
// written at all, and of what it is called only what is of products.
func TestACertificateIsWrittenWithoutWhatIsOfOneDevice(t *testing.T) {
	x := announce.Exchange{From: netip.MustParseAddrPort("192.168.1.9:443"), Response: []byte("HTTP/1.1 200 OK\r\n\r\n<title>Login</title><b>ZX12CD34</b>"),
		Request: []byte("GET / HTTP/1.1\r\nHost: 192.168.1.9\r\nCertificate: CN=NAS van Piet Q203B12345; O=Axis Communications AB; OU=Familie Zonneschijn; OU=SN#ZX12CD34; " +
			"DNS=axis-accc8e123456.local; DNS=zonneschijn.myqnapcloud.com; issuer=Piets Root\r\n\r\n")}
	c := rewritten(t, device.Device{Addrs: []netip.Addr{x.From.Addr()}, Observations: announce.HTTP(x)}, Options{})
	text := strings.ToLower(writtenIn(c))
	for _, secret := range []string{"piet", "q203b12345", "zonneschijn", "123456", "zx12cd34"} {
		if strings.Contains(text, secret) {
			t.Errorf("%s was written:\n%s", secret, text)
		}
	}
	if c.Observations[0].Get("certificate.o") != "Axis Communications AB" || !strings.HasPrefix(c.Observations[0].Get("certificate.cn"), "NAS ") {
		t.Errorf("read %+v", c.Observations)
	}
}

// TestAPrintedNameIsReplacedOrNothingIsWritten: a word that stands in numbers cannot be.
func TestAPrintedNameIsReplacedOrNothingIsWritten(t *testing.T) {
	for label, want := range map[string]string{`NAS\032van\032Piet`: "NAS xxb Xxxc", `Zo\195\171\032Camera`: ""} {
		packet := "\x00\x00\x84\x00\x00\x00\x00\x01\x00\x00\x00\x00" + string(rune(len(label))) + label + "\x05_http\x04_tcp\x05local\x00" +
			"\x00\x10\x80\x01\x00\x00\x00\x78\x00\x04\x03a=b"
		d := device.Device{Observations: announce.MDNS([]announce.Packet{{From: netip.MustParseAddrPort("192.168.1.9:5353"), Data: []byte(packet)}})}
		out, got := filepath.Join(t.TempDir(), "out"), ""
		if err := Write(out, d, Options{}); err == nil {
			c, err := Read(out)
			must(t, err)
			got = c.Observations[0].Get("instance")
		}
		if got != want {
			t.Errorf("%s was written as %q, want %q", label, got, want)
		}
	}
}

func TestWrittenTwiceIsWrittenAlike(t *testing.T) {
	for _, dir := range []string{"invented-household-nas", "invented-camera"} {
		if a, b := written(t, filepath.Join("testdata", dir)), written(t, filepath.Join("testdata", dir)); a != b {
			t.Errorf("%s (-first +second)\n%s", dir, cmp.Diff(a, b))
		}
	}
}

func TestWriteKeepsTheWordsItIsToldAreOfProducts(t *testing.T) {
	d := sightings("/x", "HTTP/1.1 200 OK\r\n\r\n<x><friendlyName>Zonneschijn van Piet</friendlyName></x>")
	for _, tt := range []struct {
		keep []string
		want string
	}{
		{nil, "<friendlyName>Xxxxxxxxxxb xxc Xxxd<"},
		{[]string{"Zonneschijn 3000"}, "<friendlyName>Zonneschijn xxb Xxxc<"},
	} {
		if got := writtenIn(rewritten(t, d, Options{Keep: tt.keep})); !strings.Contains(got, tt.want) {
			t.Errorf("keep %v: %s, want %s", tt.keep, got, tt.want)
		}
	}
}

func TestWriteRefusesToOverwriteAndToWriteNothing(t *testing.T) {
	dir := t.TempDir()
	d := sightings("/", "HTTP/1.1 200 OK\r\n\r\n")
	if err := Write(dir, d, Options{}); err == nil {
		t.Error("a folder that is there was written over")
	}
	out := filepath.Join(dir, "new")
	if err := Write(out, device.Device{Observations: []device.Observation{{Source: device.SourceLabel}}}, Options{}); !errors.Is(err, ErrNothing) {
		t.Errorf("a device without bytes gave %v", err)
	}
	left, _ := os.ReadDir(dir)
	if len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// FuzzScrub: whatever the bytes, nothing panics.
func FuzzScrub(f *testing.F) {
	for _, dir := range []string{"invented-household-nas", "invented-camera", "tplink-tapo-c210", "dlink-dir-868l", "avm-fritzbox-7530"} {
		c, err := Read(filepath.Join("testdata", dir))
		must(f, err)
		for _, b := range append(c.SSDP, c.MDNS...) {
			f.Add(b)
		}
		for _, x := range c.HTTP {
			f.Add(x.Bytes())
		}
		for _, list := range c.UDP {
			for _, b := range list {
				f.Add(b)
			}
		}
	}
	f.Add([]byte("GET / HTTP/1.1\r\n\r\nHTTP/1.1 200 OK\r\n\r\nvar a='\\x2e1\\x3a84\\x2e12\\x2e34\\x2e56'"))
	d := device.Device{MAC: "02:00:5e:aa:bb:cc", Observations: []device.Observation{{
		Source: device.SourceUPnP,
		Fields: map[string]string{"friendlyName": "Piet Jansé", "serialNumber": "AB12345", "modelName": "M-1", "firmwareVersion": "1.2.3.4"},
	}}}
	f.Fuzz(func(t *testing.T, b []byte) {
		s := newScrubber(d, nil)
		for _, port := range []uint16{3702, 5678, 9999, 10000, 10001, 20002, 37020, 37810} {
			s.udp(port, append([]byte(nil), b...))
		}
		s.dns(append([]byte(nil), b...))
		s.exchange(b)
	})
}

package announce

import (
	"crypto/ed25519"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// certified returns a certificate as a device makes itself one; of another maker where
// issuer says so.
func certified(t testing.TB, subject pkix.Name, issuer string, names ...string) []byte {
	t.Helper()
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	c := &x509.Certificate{SerialNumber: big.NewInt(0x4d2), Subject: subject, DNSNames: names, NotAfter: time.Unix(1<<31, 0)}
	parent := c
	if issuer != "" {
		parent = &x509.Certificate{Subject: pkix.Name{CommonName: issuer}}
	}
	der, err := x509.CreateCertificate(nil, c, parent, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func TestWhatACertificateIsCalledIsSaid(t *testing.T) {
	for name, c := range map[string]struct {
		der  []byte
		want map[string]string
	}{
		"a router's own": {certified(t, pkix.Name{CommonName: "www.routerlogin.net", Organization: []string{"NETGEAR"}}, "", "routerlogin.net", "routerlogin.com"),
			map[string]string{"cn": "www.routerlogin.net", "o": "NETGEAR", "dns": "routerlogin.net", "dns#2": "routerlogin.com"}},
		"another's": {certified(t, pkix.Name{CommonName: "cam", OrganizationalUnit: []string{"Cameras"}}, "Maker's Root"),
			map[string]string{"cn": "cam", "ou": "Cameras", "issuer": "Maker's Root"}},
		"marks and lines": {certified(t, pkix.Name{CommonName: "a; O=Fake\r\nHost: evil"}, ""), map[string]string{"cn": "a  O=Fake  Host: evil"}},
		"long names":      {certified(t, pkix.Name{CommonName: strings.Repeat("a", 5000)}, ""), map[string]string{"cn": strings.Repeat("a", 100)}},
		"a hundred names": {certified(t, pkix.Name{}, "", strings.Split(strings.Repeat("a.lan b.lan c.lan d.lan e.lan ", 20)+"f.lan", " ")...),
			map[string]string{"dns": "a.lan", "dns#2": "b.lan", "dns#3": "c.lan", "dns#4": "d.lan"}},
		"no name":         {certified(t, pkix.Name{}, ""), map[string]string{}},
		"none":            {nil, map[string]string{}},
		"no certificate":  {[]byte("junk"), map[string]string{}},
		"far too large":   {make([]byte, 1<<20), map[string]string{}},
		"cut in the half": {certified(t, pkix.Name{CommonName: "x"}, "")[:100], map[string]string{}},
	} {
		t.Run(name, func(t *testing.T) {
			x := Exchange{Request: []byte("GET / HTTP/1.1\r\nHost: 192.168.1.1\r\n\r\n"), Response: []byte("HTTP/1.1 200 OK\r\n\r\nhi"), Certificate: c.der}
			o := HTTP(x)[0]
			again, err := ParseExchange(o.Raw[0])
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range append(HTTP(again), o) {
				got := map[string]string{}
				for field, v := range o.Fields {
					if key, ok := strings.CutPrefix(field, "certificate."); ok {
						got[key] = v
					}
				}
				if d := cmp.Diff(c.want, got); d != "" || o.Get("url") != "http://192.168.1.1/" || o.Get("body") != "" && o.Get("path") != "/" {
					t.Errorf("(-want +got)\n%s\n%q", d, o.Raw[0])
				}
			}
		})
	}
}

func FuzzCertificate(f *testing.F) {
	f.Add(certified(f, pkix.Name{CommonName: "a", Organization: []string{"b"}}, "c", "d"))
	f.Fuzz(func(t *testing.T, der []byte) {
		if text := certificateText(der); strings.ContainsAny(text, "\r\n") || len(text) > 8<<10 {
			t.Errorf("%q", text)
		}
	})
}

package lan

import (
	"bytes"
	"net/netip"
	"strings"
	"testing"
)

func FuzzReceive(f *testing.F) {
	for _, s := range []string{
		"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
		"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nX: y\n z\n\nhi", "<html>", "RTSP/1.0 400 Bad Request\r\n\r\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, method := range []string{"GET", "HEAD"} {
			got, _ := receive(bytes.NewReader(b), method)
			if len(got) > maxHead+maxBody || !bytes.HasPrefix(b, got) {
				t.Errorf("%d bytes of %d were kept, or other ones", len(got), len(b))
			}
		}
	})
}

func FuzzParseURL(f *testing.F) {
	for _, s := range []string{
		"http://192.168.1.1:5000/root.xml", "https://[fe80::1]/", "http://[fe80::1%25eth0]:80/a?b", "http://a@192.168.1.1/", "http://[::ffff:10.0.0.1]/", "http://0x7f.1/",
		"http://192.168.1.1:5000\\@10.0.0.1/", "//10.0.0.1/", "http:10.0.0.1", "http://10.0.0.1:/%2f%0d%0aX: y",
	} {
		f.Add(s)
	}
	from := netip.MustParseAddr("fe80::9%eth0")
	f.Fuzz(func(t *testing.T, raw string) {
		target, path, err := ParseURL(raw, from)
		if err != nil {
			return
		}
		a := target.Addr.Addr()
		if !a.IsValid() || a.Is4In6() || a.Zone() != "" && a.Zone() != "eth0" || strings.ContainsAny(raw, "@\\ \r\n") {
			t.Errorf("%q leads to %s", raw, target.Addr)
		}
		if q := (Question{Method: "GET", Path: path}); q.check() == nil && strings.ContainsAny(string(q.head(target)[:len(path)+5]), "\r\n") {
			t.Errorf("%q asks %q", raw, q.head(target))
		}
	})
}

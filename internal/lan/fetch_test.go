package lan

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func loopback(t *testing.T) *Network {
	t.Helper()
	n, err := Open(Options{Loopback: true})
	must(t, err)
	return n
}

// serve answers every connection with what answer writes, and counts them.
func serve(t *testing.T, answer func(net.Conn)) (Target, *atomic.Int32) {
	t.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { l.Close() })
	var asked atomic.Int32
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			asked.Add(1)
			go func() {
				defer c.Close()
				http.ReadRequest(bufio.NewReader(c))
				answer(c)
			}()
		}
	}()
	return Target{Addr: l.Addr().(*net.TCPAddr).AddrPort()}, &asked
}

func get(path string) Question { return Question{Method: "GET", Path: path} }

func TestFetchReturnsTheBytesAsTheyCame(t *testing.T) {
	for name, c := range map[string]struct {
		answer, want string // want "" means the answer
		open         bool   // the device leaves the connection open
	}{
		"a plain page": {answer: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"},
		"a length ends it although the line is open": {answer: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", open: true},
		"lines that end with CR":                     {answer: "HTTP/1.1 200 OK\rServer: a\r\rhi"},
		"lines that end with CR, and LF in the page": {answer: "HTTP/1.1 200 OK\rServer: a\r\rhi\nho\n"},
		"chunks stay chunks":                         {answer: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n", open: true},
		"HTTP/1.0 without a length":                  {answer: "HTTP/1.0 200 OK\r\n\r\n<root/>"},
		"bare line feeds":                            {answer: "HTTP/1.1 200 OK\nServer: x\nContent-Length: 2\n\nhi"},
		"a redirect is an answer":                    {answer: "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.2:1/reboot\r\nContent-Length: 0\r\n\r\n", open: true},
		"compressed stays compressed":                {answer: "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\x1f\x8b\x08"},
		"no status line at all":                      {answer: "<html>model R7000</html>"},
		"another protocol":                           {answer: "RTSP/1.0 400 Bad Request\r\n\r\n"},
		"a header line without a colon":              {answer: "HTTP/1.1 200 OK\r\nnonsense\r\nServer: x\r\n\r\nhi"},
		"an interim answer first":                    {answer: "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", open: true},
		"a 401 with its realm":                       {answer: "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"NETGEAR R7000\"\r\nContent-Length: 0\r\n\r\n"},
	} {
		t.Run(name, func(t *testing.T) {
			release := make(chan struct{})
			defer close(release)
			to, asked := serve(t, func(w net.Conn) {
				io.WriteString(w, c.answer)
				if c.open {
					<-release
				}
			})
			x, err := loopback(t).Fetch(t.Context(), get("/desc.xml?a=b"), to)
			must(t, err)
			if string(x.Response) != c.answer {
				t.Errorf("response %q; want %q", x.Response, c.answer)
			}
			if asked.Load() != 1 {
				t.Errorf("%d connections; want 1", asked.Load())
			}
			want := "GET /desc.xml?a=b HTTP/1.1\r\nHost: " + to.Addr.String() + "\r\nUser-Agent: Houdbaar\r\nAccept: */*\r\nConnection: close\r\n\r\n"
			if string(x.Request) != want {
				t.Errorf("request %q; want %q", x.Request, want)
			}
		})
	}
}

func TestFetchIsBounded(t *testing.T) {
	junk := strings.Repeat("x", 1<<10)
	pour := func(w net.Conn, line string) {
		for range 1 << 20 { // 1 GiB, were it read
			if _, err := io.WriteString(w, line); err != nil {
				return
			}
		}
	}
	for name, c := range map[string]struct {
		answer func(net.Conn)
		want   error
		most   int
	}{
		"a body of a gigabyte": {func(w net.Conn) {
			io.WriteString(w, "HTTP/1.1 200 OK\r\n\r\n")
			pour(w, junk)
		}, ErrTooLarge, maxHead + maxBody},
		"headers without end": {func(w net.Conn) {
			io.WriteString(w, "HTTP/1.1 200 OK\r\n")
			pour(w, "X-Header: "+junk+"\r\n")
		}, ErrTooLarge, maxHead},
		"one header line without end": {func(w net.Conn) {
			io.WriteString(w, "HTTP/1.1 200 OK\r\nX: ")
			pour(w, junk)
		}, ErrTooLarge, maxHead},
		"interim answers without end": {func(w net.Conn) { pour(w, "HTTP/1.1 100 Continue\r\n\r\n") }, ErrTooLarge, maxHead},
		"no HTTP, without end":        {func(w net.Conn) { pour(w, junk) }, ErrTooLarge, maxHead + maxBody},
		"a chunk of a gigabyte": {func(w net.Conn) {
			io.WriteString(w, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40000000\r\n")
			pour(w, junk)
		}, ErrTooLarge, maxHead + maxBody},
		"silence": {func(w net.Conn) { io.Copy(io.Discard, w) }, context.DeadlineExceeded, 0},
		"a byte now and then": {func(w net.Conn) {
			tick := time.NewTicker(20 * time.Millisecond)
			defer tick.Stop()
			for range tick.C {
				if _, err := io.WriteString(w, "H"); err != nil {
					return
				}
			}
		}, context.DeadlineExceeded, 1 << 10},
		"half an answer": {func(w net.Conn) {
			io.WriteString(w, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
		}, io.ErrUnexpectedEOF, 100},
		"nothing, and closed": {func(w net.Conn) {}, io.EOF, 0},
	} {
		t.Run(name, func(t *testing.T) {
			to, _ := serve(t, c.answer)
			q := get("/")
			q.Wait = 300 * time.Millisecond
			if c.want == ErrTooLarge {
				q.Wait = maxWait
			}
			x, err := loopback(t).Fetch(t.Context(), q, to)
			if !errors.Is(err, c.want) {
				t.Errorf("error %v; want %v", err, c.want)
			}
			if len(x.Response) > c.most {
				t.Errorf("%d bytes kept; want at most %d", len(x.Response), c.most)
			}
			if name == "half an answer" && !strings.HasSuffix(string(x.Response), "half") {
				t.Errorf("kept %q; want the half that came", x.Response)
			}
		})
	}
}

// TestFetchEndsWhenStopped, and not when its own time is over: that is another error.
func TestFetchEndsWhenStopped(t *testing.T) {
	asked := make(chan struct{})
	to, _ := serve(t, func(w net.Conn) { close(asked); io.Copy(io.Discard, w) })
	ctx, stop := context.WithCancel(t.Context())
	go func() { <-asked; stop() }()
	if _, err := loopback(t).Fetch(ctx, get("/"), to); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v; want %v", err, context.Canceled)
	}
}

func TestFetchRefusesBeforeItSends(t *testing.T) {
	to, asked := serve(t, func(w net.Conn) { io.WriteString(w, "HTTP/1.1 200 OK\r\n\r\n") })
	at := func(s string) Target { return Target{Addr: netip.MustParseAddrPort(s)} }
	ok := get("/")
	with := func(name, value string) Question {
		return Question{Method: "GET", Path: "/", Header: map[string]string{name: value}}
	}
	for name, c := range map[string]struct {
		q    Question
		to   Target
		want error
	}{
		"a public address":                {ok, at("8.8.8.8:80"), ErrNotLocal},
		"IPv4 in IPv6 clothing":           {ok, Target{Addr: netip.AddrPortFrom(netip.MustParseAddr("::ffff:127.0.0.1"), to.Addr.Port())}, ErrNotLocal},
		"a multicast group":               {ok, at("239.255.255.250:1900"), ErrNotLocal},
		"a link-local without a zone":     {ok, at("[fe80::1]:80"), ErrNotLocal},
		"mail":                            {ok, at("127.0.0.1:25"), ErrPort},
		"a remote shell":                  {ok, at("127.0.0.1:22"), ErrPort},
		"names":                           {ok, at("127.0.0.1:53"), ErrPort},
		"a printer, which would print it": {ok, at("127.0.0.1:9100"), ErrPort},
		"port 0":                          {ok, at("127.0.0.1:0"), ErrPort},
		"another method":                  {Question{Method: "DELETE", Path: "/"}, to, ErrQuestion},
		"a path that is none":             {get("desc.xml"), to, ErrQuestion},
		"a line break in the path":        {get("/a\r\nX: y"), to, ErrQuestion},
		"a blank in the path":             {get("/a HTTP/1.0"), to, ErrQuestion},
		"credentials":                     {with("Authorization", "Basic eDp5"), to, ErrQuestion},
		"a cookie":                        {with("cookie", "a=b"), to, ErrQuestion},
		"another host":                    {with("Host", "router"), to, ErrQuestion},
		"a line break in a header":        {with("X", "a\r\nY: b"), to, ErrQuestion},
		"a name that is two lines":        {ok, Target{Addr: to.Addr, Name: "fritz.box\r\nX: y"}, ErrQuestion},
		"a name with a port":              {ok, Target{Addr: to.Addr, Name: "fritz.box:80"}, ErrQuestion},
		"a name that is a way":            {ok, Target{Addr: to.Addr, Name: "fritz.box/x"}, ErrQuestion},
		"a name without end":              {ok, Target{Addr: to.Addr, Name: strings.Repeat("a", 101)}, ErrQuestion},
		"a name somewhere else":           {ok, Target{Addr: netip.MustParseAddrPort("192.0.2.1:80"), Name: "fritz.box"}, ErrNotLocal},
		"a colon in a header's name":      {with("X: a", "b"), to, ErrQuestion},
		"a body of a GET":                 {Question{Method: "GET", Path: "/", Body: "x"}, to, ErrQuestion},
	} {
		t.Run(name, func(t *testing.T) {
			n := loopback(t)
			if _, err := n.Fetch(t.Context(), c.q, c.to); !errors.Is(err, c.want) {
				t.Errorf("error %v; want %v", err, c.want)
			}
			if n.Sent() != 0 || asked.Load() != 0 {
				t.Errorf("%d packets sent, %d connections; want none", n.Sent(), asked.Load())
			}
		})
	}
	// Without the loopback as a network even 127.0.0.1 is out of bounds.
	n, err := Open(Options{})
	must(t, err)
	if _, err := n.Fetch(t.Context(), ok, to); !errors.Is(err, ErrNotLocal) {
		t.Errorf("loopback: error %v; want %v", err, ErrNotLocal)
	}
	// The allowance.
	n = loopback(t).Allow(1)
	if _, err := n.Fetch(t.Context(), ok, to); err != nil {
		t.Fatal(err)
	}
	if _, err := n.Fetch(t.Context(), ok, to); !errors.Is(err, ErrAllowance) || asked.Load() != 1 {
		t.Errorf("error %v after %d connections; want %v after 1", err, asked.Load(), ErrAllowance)
	}
}

func TestNoProxyIsUsed(t *testing.T) {
	proxy, asked := serve(t, func(net.Conn) {})
	t.Setenv("HTTP_PROXY", "http://"+proxy.Addr.String())
	t.Setenv("http_proxy", "http://"+proxy.Addr.String())
	to, direct := serve(t, func(w net.Conn) { io.WriteString(w, "HTTP/1.1 200 OK\r\n\r\n") })
	if _, err := loopback(t).Fetch(t.Context(), get("/"), to); err != nil {
		t.Fatal(err)
	}
	if asked.Load() != 0 || direct.Load() != 1 {
		t.Errorf("proxy asked %d times, device %d; want 0 and 1", asked.Load(), direct.Load())
	}
}

func TestADeviceWithItsOwnCertificateIsRead(t *testing.T) {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "hi") }))
	s.TLS = &tls.Config{MaxVersion: tls.VersionTLS10, MinVersion: tls.VersionTLS10}
	s.StartTLS()
	defer s.Close()
	x, err := loopback(t).Fetch(t.Context(), get("/"), Target{Addr: netip.MustParseAddrPort(s.Listener.Addr().String()), TLS: true})
	if err != nil || !strings.HasSuffix(string(x.Response), "hi") {
		t.Errorf("%v, %q; want a page over TLS 1.0", err, x.Response)
	}
}

func TestParseURL(t *testing.T) {
	router, link := netip.MustParseAddr("192.168.1.1"), netip.MustParseAddr("fe80::1%eth0")
	for raw, c := range map[string]struct {
		from       netip.Addr
		want, path string // want "" means refused
	}{
		"http://192.168.1.1:49000/igddesc.xml":            {router, "http://192.168.1.1:49000", "/igddesc.xml"},
		"http://192.168.1.1":                              {router, "http://192.168.1.1", "/"},
		"http://192.168.1.1:1900/a%20b?c=d#e":             {router, "http://192.168.1.1:1900", "/a%20b?c=d"},
		"HTTP://192.168.1.1/":                             {router, "http://192.168.1.1", "/"},
		"https://192.168.1.1:5001/desc":                   {router, "https://192.168.1.1:5001", "/desc"},
		"http://[fe80::1]:5000/d.xml":                     {link, "http://[fe80::1]:5000", "/d.xml"},
		"http://[fe80::1%25eth0]/d.xml":                   {link, "http://[fe80::1]", "/d.xml"},
		"http://[fe80::1%25lo]/d.xml":                     {from: link},
		"http://[::ffff:192.168.1.1]/":                    {from: router},
		"http://[::ffff:c0a8:101]/":                       {from: router},
		"http://user@192.168.1.1/":                        {from: router},
		"http://192.168.1.1@10.0.0.1/":                    {from: router},
		"http://192.168.1.1:80@10.0.0.1/":                 {from: router},
		"http://192.168.1.1\\@10.0.0.1/":                  {from: router},
		"http://router.lan/":                              {from: router},
		"http://192.168.1.1.nip.example/":                 {from: router},
		"http://localhost/":                               {from: router},
		"http://0xc0a80101/":                              {from: router},
		"http://3232235777/":                              {from: router},
		"http://192.168.1.01/":                            {from: router},
		"http://192.168.257/":                             {from: router},
		"http://192.168.1.1:http/":                        {from: router},
		"http://192.168.1.1:99999/":                       {from: router},
		"http://192.168.1.1:-1/":                          {from: router},
		"ftp://192.168.1.1/":                              {from: router},
		"file:///etc/passwd":                              {from: router},
		"javascript:alert(1)":                             {from: router},
		"//192.168.1.1/":                                  {from: router},
		"/desc.xml":                                       {from: router},
		"http:192.168.1.1/":                               {from: router},
		"http://192.168.1.1/\r\nX: y":                     {from: router},
		"http://192.168.1.1/a b":                          {from: router},
		"":                                                {from: router},
		"http://":                                         {from: router},
		"http://[fe80::1/":                                {from: router},
		"http://192.168.1.1/" + strings.Repeat("a", 4096): {from: router},
	} {
		got, path, err := ParseURL(raw, c.from)
		if c.want == "" {
			if err == nil {
				t.Errorf("ParseURL(%.60q) = %s %s; want it refused", raw, got, path)
			}
			continue
		}
		if err != nil || got.String() != c.want || path != c.path {
			t.Errorf("ParseURL(%q) = %s %s, %v; want %s %s", raw, got, path, err, c.want, c.path)
		}
		if got.Addr.Addr().Zone() != c.from.Zone() {
			t.Errorf("ParseURL(%q): zone %q; want the sender's", raw, got.Addr.Addr().Zone())
		}
	}
}

func TestWhichPortsSpeakHTTP(t *testing.T) {
	for port, want := range map[uint16]bool{80: true, 81: true, 88: true, 443: true, 631: true, 1900: true, 5000: true, 8080: true, 49000: true, 52869: true, 65535: true,
		0: false, 1: false, 21: false, 22: false, 23: false, 25: false, 53: false, 110: false, 139: false, 445: false, 515: false, 554: false, 1023: false,
		3389: false, 5060: false, 6379: false, 9100: false, 9107: false, 11211: false} {
		if got := speaksHTTP(port); got != want {
			t.Errorf("port %d: %v; want %v", port, got, want)
		}
	}
}

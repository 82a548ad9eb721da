package probe

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"

	"houdbaar/internal/device"
	"houdbaar/internal/lan"
)

// TestTheFrontPageIsFollowedOnTheDeviceAlone has devices send their visitor on, and looks
// at what they were asked for and at what was heard.
func TestTheFrontPageIsFollowedOnTheDeviceAlone(t *testing.T) {
	for name, c := range map[string]struct {
		pages map[string]string // path → where it sends one, a page, or a title
		asked string
		title string
	}{
		"a page that stays":          {map[string]string{"/": "=R1"}, "/", "R1"},
		"to the page to sign in":     {map[string]string{"/": "/login.html", "/login.html": "=R1"}, "/ /login.html", "R1"},
		"beside itself":              {map[string]string{"/": "web/", "/web/": "index.html?a=b", "/web/index.html?a=b": "=R1"}, "/ /web/ /web/index.html?a=b", "R1"},
		"by its whole address":       {map[string]string{"/": "http://{self}/a.htm#x", "/a.htm": "=R1"}, "/ /a.htm", "R1"},
		"round and round":            {map[string]string{"/": "/a", "/a": "/"}, "/ /a", ""},
		"to itself":                  {map[string]string{"/": "/"}, "/", ""},
		"on and on":                  {map[string]string{"/": "/a", "/a": "/b", "/b": "/c", "/c": "=R1"}, "/ /a /b", ""},
		"to nothing":                 {map[string]string{"/": "/a"}, "/ /a", ""},
		"to another address":         {map[string]string{"/": "http://127.0.0.2:{port}/a"}, "/", ""},
		"to a name":                  {map[string]string{"/": "http://router.example/a"}, "/", ""},
		"to a name of this":          {map[string]string{"/": "http://localhost:{port}/a"}, "/", ""},
		"to its own name":            {map[string]string{"/": "http://fritz.box:{port}/a", "/a": "b", "/b": "=R1"}, "/ /a@fritz.box /b@fritz.box", "R1"},
		"to a name of a name":        {map[string]string{"/": "http://www.TPLinkWiFi.net:{port}/webpages/", "/webpages/": "=R1"}, "/ /webpages/@www.TPLinkWiFi.net", "R1"},
		"to what it announces":       {map[string]string{"/": "<script>window.location.assign('http://DiskStation.local:{port}/webman/')</script>", "/webman/": "=R1"}, "/ /webman/@DiskStation.local", "R1"},
		"to a word somebody chose":   {map[string]string{"/": "http://router:{port}/a", "/a": "=R1"}, "/", ""},
		"to a name somebody chose":   {map[string]string{"/": "http://router.lan:{port}/a", "/a": "=R1"}, "/", ""},
		"to a name that it gave":     {map[string]string{"/": "http://nas.fritz.box:{port}/a", "/a": "=R1"}, "/", ""},
		"to the same page by name":   {map[string]string{"/": "http://speedport.ip:{port}/"}, "/ /@speedport.ip", ""},
		"to one name after another":  {map[string]string{"/": "http://a.local:{port}/", "/x": "=R1"}, "/ /@a.local", ""},
		"from its name to itself":    {map[string]string{"/": "http://a.local:{port}/x", "/x": "http://{address}:{port}/y", "/y": "=R1"}, "/ /x@a.local /y", "R1"},
		"into a frame by its name":   {map[string]string{"/": "<frameset><frame src=http://routerlogin.net:{port}/status.htm>", "/status.htm": "=R1"}, "/ /status.htm@routerlogin.net", "R1"},
		"by its name to what acts":   {map[string]string{"/": "http://fritz.box:{port}/reboot.cgi"}, "/", ""},
		"by its name to other ports": {map[string]string{"/": "http://fritz.box:22/"}, "/", ""},
		"to what begins as its name": {map[string]string{"/": "http://fritz.box.example:{port}/a"}, "/", ""},
		"to what ends as its name":   {map[string]string{"/": "http://notfritz.box:{port}/a"}, "/", ""},
		"to a number for a name":     {map[string]string{"/": "http://2130706434:{port}/a"}, "/", ""},
		"to half a number":           {map[string]string{"/": "http://127.2:{port}/a"}, "/", ""},
		"to a number with letters":   {map[string]string{"/": "http://0x7f000002:{port}/a"}, "/", ""},
		"to a name and a word":       {map[string]string{"/": "http://admin:admin@fritz.box:{port}/a"}, "/", ""},
		"to a name with a blank":     {map[string]string{"/": "http://fritz.box%20x:{port}/a"}, "/", ""},
		"to an endless name":         {map[string]string{"/": "http://" + strings.Repeat("a.", 500) + "lan:{port}/a"}, "/", ""},
		"to another without http":    {map[string]string{"/": "//127.0.0.2:{port}/a"}, "/", ""},
		"to a port that is none":     {map[string]string{"/": "http://127.0.0.1:23/"}, "/", ""},
		"with a name and a word":     {map[string]string{"/": "http://admin:admin@{self}/a"}, "/", ""},
		"to no page at all":          {map[string]string{"/": "javascript:alert(1)"}, "/", ""},
		"to the way out":             {map[string]string{"/": "/cgi-bin/logout.cgi"}, "/", ""},
		"to what starts it again":    {map[string]string{"/": "/a?do=Reboot"}, "/", ""},
		"to how it came":             {map[string]string{"/": "/goform/factory"}, "/", ""},
		"to what it is":              {map[string]string{"/": "/information.htm", "/information.htm": "=R1"}, "/ /information.htm", "R1"},
		"to what hides its word":     {map[string]string{"/": "/%72e%62oot.cgi"}, "/", ""},
		"into frames": {map[string]string{"/": "<frameset><frame src=menu.htm><frame src=title.htm><frame src=status.htm>", "/status.htm": "=R1", "/title.htm": "=T"},
			"/ /status.htm /title.htm", "R1T"},
		"into frames in a frame": {map[string]string{"/": "<frameset><frame src=a/main.htm><frame src=x.htm>", "/a/main.htm": "<frameset><frame src=b.htm>", "/a/b.htm": "=R1"},
			"/ /a/main.htm /a/b.htm", "R1"},
		"on and into a frame":      {map[string]string{"/": "/b/", "/b/": "<iframe src=info.html></iframe>", "/b/info.html": "=R1"}, "/ /b/ /b/info.html", "R1"},
		"into a frame and on":      {map[string]string{"/": "<frameset><frame src=x.htm><frame src=main.htm>", "/main.htm": "/y", "/y": "=R1"}, "/ /main.htm /y", "R1"},
		"into frames of itself":    {map[string]string{"/": "<frameset><frame src=/><frame src=a.htm>", "/a.htm": "<frameset><frame src=/a.htm><frame src=/#x>"}, "/ /a.htm", ""},
		"into frames without end":  {map[string]string{"/": "<frameset><frame src=a>", "/a": "<frameset><frame src=b>", "/b": "<frameset><frame src=c>"}, "/ /a /b", ""},
		"into a hundred frames":    {map[string]string{"/": "<frameset>" + strings.Repeat("<frame src=a><frame src=b><frame src=c><frame src=d>", 25)}, "/ /a /b", ""},
		"into frames of others":    {map[string]string{"/": "<frameset><frame src=http://127.0.0.2:{port}/status.htm><frame src=//127.0.0.2:{port}/><frame src=http://127.0.0.1:22/><frame src=ok.htm>", "/ok.htm": "=R1"}, "/ /ok.htm", "R1"},
		"into frames that act":     {map[string]string{"/": "<frameset><frame src=/reboot.cgi><frame src=logout.htm><frame src=status.cgi?reset=1><frame src=/apply.asp><frame src=/%72eboot.htm><frame src=/goform/info><frame src=a.asp?action=x>"}, "/", ""},
		"into frames not for here": {map[string]string{"/": "<frameset><frame src=about:blank><frame src=javascript:x()><frame src=data:text/html,x><frame src=file:///etc/passwd>"}, "/", ""},
		"into a frame that is gone": {map[string]string{"/": "<frameset><frame src=status.htm><frame src=title.htm><frame src=main.htm>", "/title.htm": "=T"},
			"/ /status.htm /title.htm", "T"},
	} {
		t.Run(name, func(t *testing.T) {
			var mu sync.Mutex
			var asked, titles []string
			dev, p := played(t, func(w http.ResponseWriter, r *http.Request) {
				mu.Lock()
				defer mu.Unlock()
				host, port, _ := strings.Cut(r.Host, ":")
				if host == "127.0.0.1" {
					asked = append(asked, r.URL.RequestURI())
				} else {
					asked = append(asked, r.URL.RequestURI()+"@"+host)
				}
				to, ok := c.pages[r.URL.RequestURI()]
				to = strings.NewReplacer("{self}", r.Host, "{port}", port, "{address}", "127.0.0.1").Replace(to)
				if is, told := strings.CutPrefix(to, "="); told {
					fmt.Fprintf(w, "<title>%s</title>", is)
				} else if strings.HasPrefix(to, "<") {
					fmt.Fprint(w, to)
				} else if ok {
					w.Header().Set("Location", to)
					w.WriteHeader(http.StatusFound)
				} else {
					w.WriteHeader(http.StatusNotFound)
				}
			})
			door := named("http", loopback(t))
			door.ports = []port{p}
			door.Probe(t.Context(), dev, func(o device.Observation) { titles = append(titles, o.Get("title")) })
			if got := strings.Join(asked, " "); got != c.asked {
				t.Errorf("asked for %q, want %q", got, c.asked)
			}
			if got := strings.Join(titles, ""); got != c.title {
				t.Errorf("heard of %q, want %q", got, c.title)
			}
		})
	}
}

// TestTheFrontPageIsFollowedToHTTPS is what most newer routers want, some of them by name.
func TestTheFrontPageIsFollowedToHTTPS(t *testing.T) {
	secure := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "<title>R1 of %s</title>", r.TLS.ServerName)
	}))
	defer secure.Close()
	dev, p := played(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, strings.Replace(secure.URL, "127.0.0.1", "routerlogin.net", 1)+"/", http.StatusMovedPermanently)
	})
	door := named("http", loopback(t))
	door.ports = []port{p}
	var titles, makers []string
	door.Probe(t.Context(), dev, func(o device.Observation) {
		titles, makers = append(titles, o.Get("title")), append(makers, o.Get("certificate.o"))
	})
	if want := []string{"", "Acme Co"}; !slices.Equal(makers, want) { // httptest's own
		t.Errorf("certificates for %q, want %q", makers, want)
	}
	if !slices.Contains(titles, "R1 of routerlogin.net") {
		t.Errorf("read %q", titles)
	}
}

// TestOnlyTheFrontPageIsFollowed keeps every other question where it was sent.
func TestOnlyTheFrontPageIsFollowed(t *testing.T) {
	for _, d := range doors {
		if d.onward != (d.name == "http") {
			t.Errorf("%s follows: %v", d.name, d.onward)
		}
	}
	named, ok := place{target: lan.Target{Addr: netip.MustParseAddrPort("[fe80::1%eth0]:80")}, path: "/"}.leads("https://fritz.box/x")
	if !ok || named.target.Addr != netip.MustParseAddrPort("[fe80::1%eth0]:443") || named.target.Name != "fritz.box" {
		t.Errorf("a name leads from a link-local address to %v, %v", named, ok)
	}
	six := place{target: lan.Target{Addr: netip.MustParseAddrPort("[fe80::1%eth0]:80")}, path: "/"}
	if to, ok := six.leads("https://[fe80::1]/login"); !ok || to.path != "/login" || to.target.Addr != netip.MustParseAddrPort("[fe80::1%eth0]:443") || !to.target.TLS {
		t.Errorf("a link-local address leads to %v, %v", to, ok)
	}
}

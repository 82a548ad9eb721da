package announce

import (
	"strings"
	"testing"
)

// The pages are invented, in the manner of those that routers, cameras and NAS have at
// their root.
func TestOnward(t *testing.T) {
	for name, c := range map[string]struct{ response, want string }{
		"a redirect": {"HTTP/1.1 302 Found\r\nLocation: /login.html\r\n\r\n", "/login.html"},
		"to HTTPS, lower case, with a page": {"HTTP/1.0 301 Moved\r\nlocation:  https://192.168.1.1/ \r\n\r\n<html><title>301</title><h1>Moved</h1></html>",
			"https://192.168.1.1/"},
		"a redirect said twice":       {"HTTP/1.1 302 Found\r\nLocation: /a.htm\r\nLocation: /b.htm\r\n\r\n", "/a.htm"},
		"a redirect without a place":  {"HTTP/1.1 302 Found\r\n\r\n", ""},
		"a place that is no redirect": {"HTTP/1.1 200 OK\r\nLocation: /other\r\n\r\nHello", ""},
		"a refresh": {"HTTP/1.1 200 OK\r\n\r\n<html><head><meta http-equiv=\"refresh\" content=\"0; URL=cgi-bin/luci/?a=1&amp;b=2\" /></head><body></body></html>",
			"cgi-bin/luci/?a=1&b=2"},
		"a refresh the other way round":    {"HTTP/1.1 200 OK\r\n\r\n<META CONTENT='1;url=/main.htm' HTTP-EQUIV=Refresh>", "/main.htm"},
		"a refresh after a minute":         {"HTTP/1.1 200 OK\r\n\r\n<meta http-equiv=refresh content=\"60; url=/\">", ""},
		"a refresh of the page itself":     {"HTTP/1.1 200 OK\r\n\r\n<meta http-equiv=refresh content=\"5\">", ""},
		"a refresh for who has no scripts": {"HTTP/1.1 200 OK\r\n\r\n<noscript><meta http-equiv=refresh content='0;url=/nojs.htm'></noscript><div id=app></div>", ""},
		"a script":                         {"HTTP/1.1 200 OK\r\n\r\n<html><head><script>window.top.location.href='/Main_Login.asp';</script></head></html>", "/Main_Login.asp"},
		"a script against caches": {"HTTP/1.1 200 OK\r\n\r\n<script>window.location.href = \"/doc/page/login.asp?_\" + (new Date()).getTime();</script>",
			"/doc/page/login.asp?_"},
		"a script that replaces":      {"HTTP/1.1 200 OK\r\n\r\n<body onload=\"location.replace('index_login.html')\">", "index_login.html"},
		"a script that joins a place": {"HTTP/1.1 200 OK\r\n\r\n<script>location.href = base + '/x.html'</script>", ""},
		"a script on a page for people": {"HTTP/1.1 200 OK\r\n\r\n<script>function out() { location.href='/bye.htm' }</script><form><input name=user></form>",
			""},
		"a script on a page of frames": {"HTTP/1.1 200 OK\r\n\r\n<script>if (x) location.href='/bye.htm'</script><frameset><frame src=top.htm></frameset>", "top.htm"},
		"a script on a page with one":  {"HTTP/1.1 200 OK\r\n\r\n<script>function out() { location.href='/bye.htm' }</script><iframe src=''></iframe>", ""},
		"a page that asks for a name":  {"HTTP/1.1 401 Unauthorized\r\n\r\n<script>location.href='/bye.htm'</script>", ""},
	} {
		found := HTTP(Exchange{URL: "http://192.168.1.1/", Response: []byte(c.response)})
		if len(found) == 0 {
			t.Fatalf("%s: nothing read", name)
		}
		if got := strings.Join(Onward(found[0]), " "); got != c.want {
			t.Errorf("%s: goes to %q, want %q", name, got, c.want)
		}
	}
}

// The pages are invented, in the manner of old routers and cameras, whose first page only
// names its parts.
func TestOnwardIntoFrames(t *testing.T) {
	hundred := strings.Repeat(`<frame src="a.htm"><frame src="http://10.0.0.2/status.htm">`, 50)
	for i := range 100 {
		hundred += `<frame src="status` + string(rune('a'+i%26)) + `.htm">`
	}
	for name, c := range map[string]struct{ body, want string }{
		"a title, a tree and a view": {`<html><title>Web Configure</title><FRAMESET ROWS="88,1*">
			<FRAME SRC="title.htm" NAME="title" NORESIZE><FRAMESET COLS="210,1*"><FRAME SRC="treeapp.asp" NAME="menu">
			<FRAME SRC="overview.asp" NAME="view"></FRAMESET></FRAMESET><NOFRAMES><BODY>no frames? <a href=x>x</a></BODY></NOFRAMES>`,
			"overview.asp title.htm"},
		"the status is in a folder": {`<frameset><frame name=topFrame src="../frames/top.htm"><frame name=bottomLeftFrame src="/userRpm/MenuRpm.htm">
			<frame name=mainFrame src="/userRpm/StatusRpm.htm"><frame name=helpFrame src="../help/StatusHelpRpm.htm"></frameset>`,
			"/userRpm/StatusRpm.htm ../frames/top.htm"},
		"single quotes and entities":    {`<frameset><frame src='a.asp?x=1&amp;y=2'></frameset>`, "a.asp?x=1&y=2"},
		"without quotes":                {"<frameset>\n<frame\nname=x\nsrc=a.htm>", "a.htm"},
		"a frame that a script writes":  {`<frameset><script>document.write('<frame src="logo.htm">');document.write('<frame src="'+page+'">')</script></frameset>`, "logo.htm"},
		"a menu alone":                  {`<frameset><frame src=menu.htm></frameset>`, "menu.htm"},
		"a menu beside anything":        {`<frameset><frame src=menu.htm><frame src=x.htm></frameset>`, "x.htm"},
		"a page inside an empty page":   {`<body><iframe id=f width=100% src="login.html"></iframe></body>`, "login.html"},
		"a page inside a page":          {`<form action=/x><iframe src="login.html"></iframe></form>`, ""},
		"a page beside a text":          {strings.Repeat("words ", 100) + `<iframe src="login.html"></iframe>`, ""},
		"a frame without a place":       {`<frameset><frame name=x><frame src=""></frameset>`, ""},
		"a source by another name":      {`<frameset><frame data-src="status.htm"></frameset>`, ""},
		"a comment":                     {`<frameset><!-- <frame src="status.htm"> --></frameset>`, ""},
		"for who has no frames":         {`<frameset></frameset><noframes><iframe src="status.htm"></iframe></noframes>`, ""},
		"what never ends, or no text":   {`<frameset><frame src=/video.cgi><frame src=/a.mjpg><frame src=x.gif><frame src=backup.cfg><frame src=help.htm></frameset>`, ""},
		"a box called so":               {`<frameset><frame src=/livebox.html><frame src=live.htm><frame src=liveview.asp></frameset>`, "/livebox.html"},
		"a script for a source":         {`<frameset><frame src="javascript:parent.go('x')"></frameset>`, ""},
		"a form's program":              {`<frameset><frame src="/goform/status"><frame src="/boaform/admin/status"></frameset>`, ""},
		"a program that is told what":   {`<frameset><frame src="/cgi-bin/webproc?x"><frame src="/status.cgi?1"></frameset>`, ""},
		"a program that is told naught": {`<frameset><frame src="/cgi-bin/status.cgi"></frameset>`, "/cgi-bin/status.cgi"},
		"a page that is told to act":    {`<frameset><frame src="/status.asp?a=1&action=go"><frame src="/x.php?cmd=ls"><frame src="/info.htm?set_lang=1"></frameset>`, ""},
		"a hundred, and some elsewhere": {"<frameset>" + hundred, "http://10.0.0.2/status.htm statusa.htm statusb.htm statusc.htm statusd.htm statuse.htm statusf.htm statusg.htm"},
		"a frame without an end":        {"<frameset><frame src=" + strings.Repeat("a", 20000), ""},
	} {
		found := HTTP(Exchange{URL: "http://192.168.1.1/", Response: []byte("HTTP/1.1 200 OK\r\n\r\n" + c.body)})
		if got := strings.Join(Onward(found[0]), " "); got != c.want {
			t.Errorf("%s: shows %q, want %q", name, got, c.want)
		}
	}
}

package announce

import "testing"

// The pages are invented, in the manner of those that routers, cameras and NAS have at
// their root.
func TestOnward(t *testing.T) {
	for name, c := range map[string]struct{ response, want string }{
		"a redirect": {"HTTP/1.1 302 Found\r\nLocation: /login.html\r\n\r\n", "/login.html"},
		"to HTTPS, lower case, with a page": {"HTTP/1.0 301 Moved\r\nlocation:  https://192.168.1.1/ \r\n\r\n<html><title>301</title><h1>Moved</h1></html>",
			"https://192.168.1.1/"},
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
		"a script on a page of frames": {"HTTP/1.1 200 OK\r\n\r\n<script>if (x) location.href='/bye.htm'</script><frameset><frame src=top.htm></frameset>", ""},
		"a page that asks for a name":  {"HTTP/1.1 401 Unauthorized\r\n\r\n<script>location.href='/bye.htm'</script>", ""},
	} {
		found := HTTP(Exchange{URL: "http://192.168.1.1/", Response: []byte(c.response)})
		if len(found) == 0 {
			t.Fatalf("%s: nothing read", name)
		}
		if got := Onward(found[0]); got != c.want {
			t.Errorf("%s: goes to %q, want %q", name, got, c.want)
		}
	}
}

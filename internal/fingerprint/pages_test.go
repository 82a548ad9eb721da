package fingerprint

import (
	"strings"
	"testing"
)

func TestAPageNamesItsDeviceInLargeLetters(t *testing.T) {
	s := Default()
	for _, c := range []struct{ name, body, vendor, model, kind string }{
		{"a heading with maker and kind", `<h2>Welcome to <b>AXIS</b> 540/542 Network Print Server</h2>`, "Axis", "", "printer"},
		{"a description that is a model", `<head><meta name="description" content="WVC54GCA"></head>`, "Linksys", "WVC54GCA", "camera"},
		{"a heading with maker and model", `<h1>TP-Link Archer C7</h1>`, "TP-Link", "Archer C7", "router"},
		{"a maker at the foot", `<p>Copyright &copy; 2011-2015 Tenda Technology Co., Ltd. All rights reserved.</p>`, "Tenda", "", "router"},
		{"a page about other makers' things", `<h1>Drivers for the NETGEAR R7000</h1>`, "", "", ""},
		{"a page of notes", `<title>Network notes</title><h1>NETGEAR R7000</h1><h2>Linksys WRT54G</h2>`, "", "", ""},
		{"two devices in large letters", `<title>Network</title><h1>NETGEAR R7000</h1><h2>Linksys WRT54G</h2>`, "", "", ""},
		{"two models in large letters", `<title>Network</title><h1>NETGEAR R7000</h1><h2>NETGEAR R6400</h2>`, "", "", ""},
		{"one device twice in large letters", `<title>Status</title><h1>NETGEAR R7000</h1><h2>NETGEAR R7000</h2>`, "NETGEAR", "R7000", "router"},
		{"a page that tells a story", `<h1>My NETGEAR R7000 and how I set it up</h1>`, "", "", ""},
		{"a model in a script", `<title>Login</title><script>var modelName = "DCS-932L";</script>`, "D-Link", "DCS-932L", "camera"},
		{"a dashboard with a model in it", `<title>Home Assistant</title><script>x={"model":"DIR-615"}</script>`, "", "", "other"},
		{"a list of devices", `<title>Overview</title><script>var devices=[{"model":"DIR-615"}]</script>`, "", "", ""},
		{"a camera on a recorder's page", `<title>Live</title><td class="camera-model">DCS-932L</td>`, "", "", ""},
		{"a table of clients", `<title>Status</title><h2>Clients</h2><h3>D-Link DCS-932L</h3>`, "", "", ""},
		{"a short model of who knows whom", `<title>Power</title><script>var model="E1500";</script>`, "", "E1500", ""},
		{"a folder called as a router", `<title>Index of /R7000</title><h1>Index of /R7000</h1>`, "", "", ""},
		{"a copyright without an owner", `<p>&copy; 2019</p>`, "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			fields := map[string]string{"body": c.body}
			if _, rest, ok := strings.Cut(c.body, "<title>"); ok {
				fields["title"], _, _ = strings.Cut(rest, "</title>")
			}
			id := s.Identify(one("http", fields))
			if id.Vendor != c.vendor || id.Model != c.model || string(id.Kind) != c.kind {
				t.Errorf("%q, %q, %q; want %q, %q, %q", id.Vendor, id.Model, id.Kind, c.vendor, c.model, c.kind)
			}
		})
	}
}

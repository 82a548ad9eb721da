package probe

import "houdbaar/internal/lan"

// currentSetting reads the page that NETGEAR's own set-up program looks for. It is
// asked for as a path only: as a query suffix it is the shape of an old exploit.
var currentSetting = Door{
	name:      "currentsetting",
	ports:     web,
	questions: []lan.Question{{Method: "GET", Path: "/currentsetting.htm", Why: "NETGEAR: model and firmware version"}},
	fits:      by(true, "NETGEAR"),
}

// hnap asks HNAP1, which older D-Link and Linksys routers and cameras answer to
// GET with GetDeviceSettings (nmap, scripts/hnap-info.nse).
var hnap = Door{
	name:      "hnap",
	ports:     web[:1],
	questions: []lan.Question{{Method: "GET", Path: "/HNAP1/", Why: "D-Link, Linksys: model and firmware version"}},
	fits:      by(true, "D-Link", "Linksys", "Cisco", "TRENDnet"),
}

// jnap asks Linksys Smart Wi-Fi for GetDeviceInfo, which needs no login and reads
// only (reujab/linksys, readme). Nothing but GetDeviceInfo is ever asked: in the name
// that Linksys' own program has for it, and where that is not known in the one of
// Cisco's days, by which scanners find the EA series of 2012 (Greenbone's test of JNAP).
var jnap = Door{
	name:      "jnap",
	ports:     web[:1],
	questions: []lan.Question{jnapIn("linksys.com"), jnapIn("cisco.com")},
	fits:      by(true, "Linksys", "Belkin"),
}

func jnapIn(domain string) lan.Question {
	return lan.Question{Method: "POST", Path: "/JNAP/", Body: "{}", Why: "Linksys: model, hardware version and firmware version",
		Header: map[string]string{"X-JNAP-Action": "http://" + domain + "/jnap/core/GetDeviceInfo", "Content-Type": "application/json; charset=UTF-8"}}
}

// googleWifi asks for the status that Google Wifi, Nest Wifi and OnHub give to
// everybody (Home Assistant, components/google_wifi/sensor.py).
var googleWifi = Door{
	name:      "googlewifi",
	ports:     web[:1],
	questions: []lan.Question{{Method: "GET", Path: "/api/v1/status", Why: "Google Wifi, Nest Wifi: model and software version"}},
	fits:      by(true, "Google"),
}

// xiaomi asks for init_info. Its serial number is dropped on receipt, by announce.
var xiaomi = Door{
	name:      "xiaomi",
	ports:     web[:1],
	questions: []lan.Question{{Method: "GET", Path: "/cgi-bin/luci/api/xqsystem/init_info", Why: "Xiaomi: model and firmware version"}},
	fits:      by(true, "Xiaomi"),
}

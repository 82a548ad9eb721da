package probe

import "houdbaar/internal/lan"

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

package probe

import "houdbaar/internal/lan"

// hnap asks HNAP1, which older D-Link and Linksys routers and cameras answer to
// GET with GetDeviceSettings (nmap, scripts/hnap-info.nse).
var hnap = Door{
	name:      "hnap",
	ports:     web[:1],
	questions: []lan.Question{{Method: "GET", Path: "/HNAP1/", Why: "D-Link, Linksys: model and firmware version"}},
	fits:      by(true, "D-Link", "Linksys", "Cisco", "TRENDnet"),
}

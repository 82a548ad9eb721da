package probe

import "houdbaar/internal/lan"

// googleWifi asks for the status that Google Wifi, Nest Wifi and OnHub give to
// everybody (Home Assistant, components/google_wifi/sensor.py).
var googleWifi = Door{
	name:      "googlewifi",
	ports:     web[:1],
	questions: []lan.Question{{Method: "GET", Path: "/api/v1/status", Why: "Google Wifi, Nest Wifi: model and software version"}},
	fits:      by(true, "Google"),
}

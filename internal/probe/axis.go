package probe

import "houdbaar/internal/lan"

// axis asks for the properties that Axis gives to everybody from AXIS OS 8.40 on
// (developer.axis.com, basic device information).
var axis = Door{
	name:  "axis",
	ports: web,
	questions: []lan.Question{{Method: "POST", Path: "/axis-cgi/basicdeviceinfo.cgi", Why: "Axis: model and firmware version",
		Header: map[string]string{"Content-Type": "application/json"},
		Body:   `{"apiVersion":"1.0","method":"getAllUnrestrictedProperties"}`}},
	fits: by(false, "Axis"),
}

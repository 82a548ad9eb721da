package probe

import (
	"houdbaar/internal/device"
	"houdbaar/internal/lan"
)

// nipca asks D-Link cameras for the information page of D-Link's Network IP Camera
// API, which most give without a login.
var nipca = Door{
	name:      "nipca",
	ports:     web[:1],
	questions: []lan.Question{{Method: "GET", Path: "/common/info.cgi", Why: "D-Link cameras: model, hardware and firmware version"}},
	fits: func(dev device.Device, id device.Identity) bool {
		return id.Vendor == "D-Link" && (id.Kind.Class() == device.ClassCamera || id.Kind == device.Unknown)
	},
}

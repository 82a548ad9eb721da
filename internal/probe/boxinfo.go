package probe

import "houdbaar/internal/lan"

// boxinfo reads the FRITZ!Box's own summary, without its serial number
// (kbr/fritzconnection, core/fritzconnection.py).
var boxinfo = Door{
	name:      "boxinfo",
	ports:     web[:1],
	questions: []lan.Question{{Method: "GET", Path: "/jason_boxinfo.xml", Why: "FRITZ!Box: model and FRITZ!OS version"}},
	fits:      by(false, "AVM"),
}

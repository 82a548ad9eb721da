package probe

import "houdbaar/internal/lan"

// tr064 reads the FRITZ!Box's TR-064 description, whose systemVersion holds the
// FRITZ!OS version. Its actions need a login; the description does not
// (kbr/fritzconnection, core/processor.py).
var tr064 = Door{
	name:      "tr064",
	ports:     []port{{49000, false}},
	questions: []lan.Question{{Method: "GET", Path: "/tr64desc.xml", Why: "FRITZ!Box: model and FRITZ!OS version"}},
	fits:      by(false, "AVM"),
}

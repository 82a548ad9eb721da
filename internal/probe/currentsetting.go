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

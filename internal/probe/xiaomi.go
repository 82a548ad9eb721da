package probe

import "houdbaar/internal/lan"

// xiaomi asks for init_info. Its serial number is dropped on receipt, by announce.
var xiaomi = Door{
	name:      "xiaomi",
	ports:     web[:1],
	questions: []lan.Question{{Method: "GET", Path: "/cgi-bin/luci/api/xqsystem/init_info", Why: "Xiaomi: model and firmware version"}},
	fits:      by(true, "Xiaomi"),
}

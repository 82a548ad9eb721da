package announce

// readBoxinfo reads jason_boxinfo.xml of a FRITZ!Box, whose elements are
// prefixed: <j:Version>.
func readBoxinfo(p page) []map[string]string { return said(p.xml.find("BoxInfo").leaves()) }

package announce

// readBoxinfo reads jason_boxinfo.xml of a FRITZ!Box, whose elements are
// prefixed: <j:Version>.
func readBoxinfo(p page) []map[string]string {
	if p.xml == nil {
		return nil
	}
	n := p.xml.find("BoxInfo")
	if n == nil {
		return nil
	}
	fields := map[string]string{}
	n.leaves(fields)
	return said(fields)
}

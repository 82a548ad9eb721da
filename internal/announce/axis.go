package announce

// readAxis reads the answer of Axis basicdeviceinfo.cgi to
// getAllUnrestrictedProperties.
func readAxis(p page) []map[string]string {
	return said(below(p.json, "data.propertyList"))
}

package announce

// readJNAP reads the answer to Linksys JNAP GetDeviceInfo: {"result": ...,
// "output": {...}}.
func readJNAP(p page) []map[string]string {
	if _, ok := p.json["result"]; !ok {
		return nil
	}
	fields := below(p.json, "output")
	if fields["modelNumber"] == "" && fields["firmwareVersion"] == "" {
		return nil
	}
	return said(fields)
}

package announce

// readSADP reads the ProbeMatch of Hikvision's SADP. A Probe, the question, is
// heard as well and has no DeviceDescription or other self-description.
func readSADP(b []byte) []map[string]string {
	n := parseXML(toUTF8(b, "")).find("ProbeMatch")
	if n == nil {
		return nil
	}
	fields := map[string]string{}
	n.leaves(fields)
	return said(fields)
}

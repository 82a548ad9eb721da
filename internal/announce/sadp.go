package announce

// readSADP reads the ProbeMatch of Hikvision's SADP. A Probe, the question, is
// heard as well and has no DeviceDescription or other self-description.
func readSADP(b []byte) []map[string]string {
	return said(parseXML(toUTF8(b, "")).find("ProbeMatch").leaves())
}

package announce

// readONVIF reads the answer to ONVIF GetDeviceInformation.
func readONVIF(p page) []map[string]string {
	if p.xml == nil {
		return nil
	}
	n := p.xml.find("GetDeviceInformationResponse")
	if n == nil {
		return nil
	}
	fields := map[string]string{}
	n.leaves(fields)
	return said(fields)
}

package announce

// readONVIF reads the answer to ONVIF GetDeviceInformation.
func readONVIF(p page) []map[string]string {
	return said(p.xml.find("GetDeviceInformationResponse").leaves())
}

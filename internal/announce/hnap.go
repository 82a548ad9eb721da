package announce

// readHNAP reads the answer to HNAP1 GetDeviceSettings, which a GET of /HNAP1/
// gives. The lists of modules and actions are left out.
func readHNAP(p page) []map[string]string {
	answer := p.xml.find("GetDeviceSettingsResponse")
	if answer == nil {
		answer = p.xml.find("GetDeviceSettings2Response")
	}
	return said(answer.leaves())
}

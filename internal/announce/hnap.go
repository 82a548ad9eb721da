package announce

// readHNAP reads the answer to HNAP1 GetDeviceSettings, which a GET of /HNAP1/
// gives. The lists of modules and actions are left out.
func readHNAP(p page) []map[string]string {
	if p.xml == nil {
		return nil
	}
	for _, name := range []string{"GetDeviceSettingsResponse", "GetDeviceSettings2Response"} {
		if n := p.xml.find(name); n != nil {
			fields := map[string]string{}
			n.leaves(fields)
			return said(fields)
		}
	}
	return nil
}

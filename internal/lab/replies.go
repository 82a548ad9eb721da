package lab

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strings"
)

// The answers of the makers' own protocols, written after their descriptions (see
// announce, where each is read), for devices of which nobody has given us a
// recording. Whoever calls them invents the values.

// SSDPReply is an answer to a search that points to a URL; more are further header lines.
func SSDPReply(uuid, location string, more ...string) []byte {
	return []byte("HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=1800\r\nEXT:\r\nST: upnp:rootdevice\r\nUSN: uuid:" + uuid + "::upnp:rootdevice\r\nLOCATION: " + location + "\r\n" + strings.Join(more, "") + "\r\n")
}

// WSDReply is a ProbeMatch of WS-Discovery: a camera with ONVIF scopes at a URL.
func WSDReply(uuid, model, name, url string) []byte {
	return []byte(`<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://www.w3.org/2003/05/soap-envelope" xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" xmlns:dn="http://www.onvif.org/ver10/network/wsdl">
<SOAP-ENV:Header><wsa:MessageID>uuid:` + uuid + `</wsa:MessageID><wsa:RelatesTo>urn:uuid:0</wsa:RelatesTo><wsa:To>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</wsa:To><wsa:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/ProbeMatches</wsa:Action></SOAP-ENV:Header>
<SOAP-ENV:Body><d:ProbeMatches><d:ProbeMatch><wsa:EndpointReference><wsa:Address>urn:uuid:` + uuid + `</wsa:Address></wsa:EndpointReference><d:Types>dn:NetworkVideoTransmitter</d:Types><d:Scopes>onvif://www.onvif.org/type/video_encoder onvif://www.onvif.org/hardware/` + model + ` onvif://www.onvif.org/name/` + name + `</d:Scopes><d:XAddrs>` + url + `</d:XAddrs><d:MetadataVersion>1</d:MetadataVersion></d:ProbeMatch></d:ProbeMatches></SOAP-ENV:Body></SOAP-ENV:Envelope>`)
}

// ONVIFAnswer is the answer to GetDeviceInformation.
func ONVIFAnswer(maker, model, firmware string) []byte {
	body := `<?xml version="1.0"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><tds:GetDeviceInformationResponse xmlns:tds="http://www.onvif.org/ver10/device/wsdl"><tds:Manufacturer>` + maker +
		`</tds:Manufacturer><tds:Model>` + model + `</tds:Model><tds:FirmwareVersion>` + firmware + `</tds:FirmwareVersion><tds:SerialNumber>0</tds:SerialNumber><tds:HardwareId>1</tds:HardwareId></tds:GetDeviceInformationResponse></s:Body></s:Envelope>`
	return []byte(fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s", len(body), body))
}

// SADPReply is a ProbeMatch of Hikvision's SADP.
func SADPReply(model, firmware string) []byte {
	return []byte(`<?xml version="1.0" encoding="UTF-8"?>
<ProbeMatch><Uuid>0</Uuid><Types>inquiry</Types><DeviceType>140</DeviceType><DeviceDescription>` + model + `</DeviceDescription><SoftwareVersion>` + firmware + `</SoftwareVersion><DSPVersion>V1.0</DSPVersion><Activated>true</Activated></ProbeMatch>`)
}

// DHIPReply is the answer to Dahua's DHDiscover.search.
func DHIPReply(vendor, class, model, firmware string) []byte {
	body, _ := json.Marshal(map[string]any{"mac": "00:00:00:00:00:00", "method": "client.notifyDevInfo", "params": map[string]any{
		"deviceInfo": map[string]any{"DeviceClass": class, "DeviceType": model, "Vendor": vendor, "Version": firmware}}})
	b := append([]byte("\x20\x00\x00\x00DHIP"), make([]byte, 24)...)
	binary.LittleEndian.PutUint32(b[16:], uint32(len(body)))
	binary.LittleEndian.PutUint32(b[24:], uint32(len(body)))
	return append(b, body...)
}

// UbiquitiReply is a reply of Ubiquiti discovery, version 1 or 2.
func UbiquitiReply(version byte, model, firmware string) []byte {
	command, modelKind := byte(0), byte(0x14)
	if version == 2 {
		command, modelKind = 9, 0x15
	}
	values := appendText(appendText(nil, 0x03, firmware), modelKind, model)
	return append(binary.BigEndian.AppendUint16([]byte{version, command}, uint16(len(values))), values...)
}

// appendText appends a value with its type and the length of its text before it.
func appendText(b []byte, kind byte, text string) []byte {
	return append(binary.BigEndian.AppendUint16(append(b, kind), uint16(len(text))), text...)
}

// MNDPReply is an announcement of MikroTik neighbour discovery.
func MNDPReply(identity, board, version string) []byte {
	b := appendText([]byte{0, 0, 0, 1, 0}, 5, identity) // a type has two bytes here
	b = appendText(append(b, 0), 7, version)
	b = appendText(append(b, 0), 8, "MikroTik")
	return appendText(append(b, 0), 12, board)
}

// InfosvrReply is a reply of ASUS infosvr.
func InfosvrReply(product, firmware string) []byte {
	b := make([]byte, 512)
	copy(b, []byte{0x0c, 0x16, 0x1f, 0})
	copy(b[200:231], product)
	copy(b[232:247], firmware)
	return b
}

// KasaReply is the answer to TP-Link Kasa get_sysinfo.
func KasaReply(kind, model, hardware, firmware string) []byte {
	b, _ := json.Marshal(map[string]any{"system": map[string]any{"get_sysinfo": map[string]any{
		"type": kind, "model": model, "hw_ver": hardware, "sw_ver": firmware}}})
	last := byte(171)
	for i := range b {
		b[i] ^= last
		last = b[i]
	}
	return b
}

// TDPReply is an answer of TP-Link TDP, its open part.
func TDPReply(kind, model, hardware, firmware string) []byte {
	body, _ := json.Marshal(map[string]any{"error_code": 0, "result": map[string]any{
		"device_type": kind, "device_model": model, "hardware_version": hardware, "firmware_version": firmware,
		"encrypt_info": map[string]any{"sym_schm": "AES", "key": "", "data": ""}}})
	return append([]byte{2, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0x46, 0x3c, 0xb5, 0xd3}, body...)
}

// DVRIPReply is an answer of Xiongmai's device search. built may be "".
func DVRIPReply(name string, channels int, built string) []byte {
	common := map[string]any{"HostName": name, "ChannelNum": channels, "DeviceType": 1, "HttpPort": 80, "TCPPort": 34567,
		"MonMode": "TCP", "SN": "0000000000000001", "MAC": "00:12:31:00:00:01", "HostIP": "0x0A004D0A"}
	if built != "" {
		common["BuildDate"] = built
	}
	body, _ := json.Marshal(map[string]any{"NetWork.NetCommon": common, "Ret": 100, "SessionID": "0x00000000"})
	head := make([]byte, 20)
	head[0] = 0xff
	binary.LittleEndian.PutUint16(head[14:], 1531)
	binary.LittleEndian.PutUint32(head[16:], uint32(len(body)+1))
	return append(append(head, body...), '\n')
}

// PPPPReply is what a camera of the PPPP family answers to a search.
func PPPPReply(prefix string) []byte {
	b := make([]byte, 24)
	copy(b, "\xf1\x41\x00\x14")
	copy(b[4:12], prefix)
	b[15] = 1
	copy(b[16:], "AAAAA")
	return b
}

// ReolinkReply is an answer of Reolink's device search: kind 1 is a camera, 2 a recorder.
func ReolinkReply(kind, channels byte, name string) []byte {
	b := make([]byte, 388)
	b[50], b[51], b[52] = kind, 1+kind, channels
	copy(b[58:], "IPC")
	copy(b[80:], "\xec\x71\xdb\x00\x00\x01")
	copy(b[104:], "\xaa\xaa\x00\x00")
	copy(b[108:], "10.77.0.10")
	copy(b[128:], "\x28\x23\x00\x00")
	copy(b[132:], name)
	copy(b[164:], "EC:71:DB:00:00:01")
	copy(b[228:], "95270000AAAAAAAA")
	return b
}

// V380Reply is what a camera of the V380 app answers to a search.
func V380Reply(result string) []byte {
	return []byte("NVDEVRESULT^" + result + "^00:00:00:00:00:01^10.77.0.10^255.255.255.0^10.77.0.1^8800^0^0^0^0^0^10000001^0^0^0\x00")
}

// FoscamReply is an answer of Foscam's device search.
func FoscamReply(name string, system, web [4]byte) []byte {
	b := make([]byte, 88)
	copy(b, "MO_I\x01\x00")
	b[15] = 64
	copy(b[36:56], name)
	copy(b[77:], system[:])
	copy(b[81:], web[:])
	return b
}

package probe

import (
	"fmt"
	"strings"
)

// A generation is what devices of one age answer at a door: values that their sources
// name, in the form they name, and nothing that tells one device from another.
type generation struct {
	name   string // and where its form or values were read; "invented" where neither was
	door   string
	status string // "" = 200 OK
	head   string // more header lines
	body   string
	source string            // "" = the door learns nothing
	want   map[string]string // all that the source may say
}

func soap(body string) string {
	return `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>` + body + `</soap:Body></soap:Envelope>`
}

// generations are at least two of each door.
var generations = []generation{
	{name: "FRITZ!OS 7 (fritzconnection, tests)", door: "tr064",
		body:   `<?xml version="1.0"?><root xmlns="urn:dslforum-org:device-1-0"><systemVersion><HW>226</HW><Major>154</Major><Minor>7</Minor><Patch>10</Patch><Buildnumber>67453</Buildnumber><Display>154.07.10</Display></systemVersion><device><deviceType>urn:dslforum-org:device:InternetGatewayDevice:1</deviceType><manufacturer>AVM</manufacturer><modelName>FRITZ!Box 7590</modelName></device></root>`,
		source: "upnp", want: map[string]string{"systemVersion.Display": "154.07.10", "modelName": "FRITZ!Box 7590", "manufacturer": "AVM"}},
	{name: "FRITZ!OS 8 (docsight, pull request 181; the model is invented)", door: "tr064",
		body:   `<?xml version="1.0"?><root xmlns="urn:dslforum-org:device-1-0"><specVersion><major>1</major><minor>0</minor></specVersion><systemVersion><HW>1</HW><Display>267.08.21</Display></systemVersion><device><deviceType>urn:dslforum-org:device:InternetGatewayDevice:1</deviceType><manufacturer>FRITZ!</manufacturer><modelName>FRITZ!Box 1</modelName></device></root>`,
		source: "upnp", want: map[string]string{"systemVersion.Display": "267.08.21", "modelName": "FRITZ!Box 1", "manufacturer": "FRITZ!"}},
	{name: "an old FRITZ!Box without systemVersion (gitbock, issue 2)", door: "tr064",
		body:   `<?xml version="1.0"?><root xmlns="urn:dslforum-org:device-1-0"><device><deviceType>urn:dslforum-org:device:InternetGatewayDevice:1</deviceType><manufacturer>AVM Berlin</manufacturer><modelName>FRITZ!Box 7170</modelName></device></root>`,
		source: "upnp", want: map[string]string{"modelName": "FRITZ!Box 7170", "manufacturer": "AVM Berlin"}},

	{name: "FRITZ!OS 6 (fritzconnection)", door: "boxinfo",
		body:   `<j:BoxInfo xmlns:j="http://jason.avm.de/updatecheck/"><j:Name>FRITZ!Box 7490</j:Name><j:HW>185</j:HW><j:Version>113.06.50</j:Version><j:Revision>1</j:Revision><j:Serial></j:Serial></j:BoxInfo>`,
		source: "boxinfo", want: map[string]string{"Name": "FRITZ!Box 7490", "Version": "113.06.50", "HW": "185"}},
	{name: "FRITZ!OS 7, prefixes undeclared (invented)", door: "boxinfo",
		body:   "\r\n<q:BoxInfo><q:Name>FRITZ!Box 7590</q:Name><q:HW>226</q:HW><q:Version>154.07.57</q:Version></q:BoxInfo>",
		source: "boxinfo", want: map[string]string{"Name": "FRITZ!Box 7590", "Version": "154.07.57", "HW": "226"}},

	{name: "SOAPVersion 1.15 (NETGEAR's Genie)", door: "currentsetting",
		body:   "Firmware=V1.0.1.20_1.0.40\r\nRegionTag=WNDR4500_NA\r\nRegion=us\r\nModel=WNDR4500\r\nInternetConnectionStatus=Up\r\nParentalControlSupported=1\r\nSOAPVersion=1.15\r\nReadyShareSupportedLevel=7\r\n",
		source: "currentsetting", want: map[string]string{"Firmware": "V1.0.1.20_1.0.40", "Model": "WNDR4500", "RegionTag": "WNDR4500_NA"}},
	{name: "a version without its second half, LF only", door: "currentsetting",
		body:   "Firmware=V1.0.4.84\nRegionTag=R6400v2_WW\nModel=R6400v2\nSOAPVersion=3.29\nLoginMethod=2.0\n",
		source: "currentsetting", want: map[string]string{"Firmware": "V1.0.4.84", "Model": "R6400v2", "RegionTag": "R6400v2_WW"}},

	{name: "Linksys E1200 (nmap, hnap-info)", door: "hnap",
		body:   soap(`<GetDeviceSettingsResponse xmlns="http://purenetworks.com/HNAP1/"><GetDeviceSettingsResult>OK</GetDeviceSettingsResult><Type>GatewayWithWiFi</Type><DeviceName>Cisco00001</DeviceName><VendorName>Linksys</VendorName><ModelDescription>Linksys E1200</ModelDescription><ModelName>E1200</ModelName><FirmwareVersion>1.0.00 build 11</FirmwareVersion></GetDeviceSettingsResponse>`),
		source: "hnap", want: map[string]string{"ModelName": "E1200", "FirmwareVersion": "1.0.00 build 11", "VendorName": "Linksys"}},
	{name: "D-Link with HNAPVersion and lists", door: "hnap",
		body:   soap(`<GetDeviceSettingsResponse xmlns="http://purenetworks.com/HNAP1/"><GetDeviceSettingsResult>OK</GetDeviceSettingsResult><VendorName>D-Link</VendorName><ModelName>DIR-868L</ModelName><FirmwareVersion>2.03</FirmwareVersion><LatestFirmwareVersion></LatestFirmwareVersion><HardwareVersion>B1</HardwareVersion><HNAPVersion>0124</HNAPVersion><SOAPActions><string>http://purenetworks.com/HNAP1/Reboot</string></SOAPActions></GetDeviceSettingsResponse>`),
		source: "hnap", want: map[string]string{"ModelName": "DIR-868L", "FirmwareVersion": "2.03", "HardwareVersion": "B1", "VendorName": "D-Link"}},

	{name: "Smart Wi-Fi of 2012, without a hardware version", door: "jnap",
		body:   "{\"result\":\"OK\",\"output\":{\"manufacturer\":\"Linksys\",\"modelNumber\": \"EA4500\",\n\"firmwareVersion\": \"2.1.42.183584\"}}",
		source: "jnap", want: map[string]string{"modelNumber": "EA4500", "firmwareVersion": "2.1.42.183584", "manufacturer": "Linksys"}},
	{name: "a Velop of 2020, which cuts its model short", door: "jnap",
		body:   `{"result":"OK","output":{"manufacturer":"Linksys","modelNumber":"MX42","hardwareVersion":"1","firmwareVersion":"1.0.11.208553"}}`,
		source: "jnap", want: map[string]string{"modelNumber": "MX42", "firmwareVersion": "1.0.11.208553", "hardwareVersion": "1", "manufacturer": "Linksys"}},
	{name: "one that wants a login", door: "jnap", body: `{"result":"_ErrorUnauthorized"}`},

	{name: "DCS-932L", door: "nipca",
		body:   "model=DCS-932L\r\nbrand=D-Link\r\nproduct=Wireless Internet Camera\r\nversion=1.06\r\nbuild=2\r\nhw_version=A\r\nnipca=1.9.7\r\n",
		source: "nipca", want: map[string]string{"model": "DCS-932L", "version": "1.06", "hw_version": "A", "build": "2"}},
	{name: "DCS-5222L, LF only (after the form)", door: "nipca",
		body:   "model=DCS-5222L\nversion=2.14.04\nbuild=4\nhw_version=B\n",
		source: "nipca", want: map[string]string{"model": "DCS-5222L", "version": "2.14.04", "hw_version": "B", "build": "4"}},
	{name: "DCS-8000LH, which wants its pin", door: "nipca", status: "401 Unauthorized", head: "WWW-Authenticate: Basic realm=\"DCS-8000LH\"\r\n"},

	{name: "AXIS OS 9", door: "axis", head: "Content-Type: application/json\r\n",
		body:   `{"apiVersion":"1.0","data":{"propertyList":{"Brand":"AXIS","ProdNbr":"M3045-V","ProdFullName":"AXIS M3045-V Network Camera","Version":"9.80.3.2"}}}`,
		source: "axis", want: map[string]string{"ProdNbr": "M3045-V", "Version": "9.80.3.2", "Brand": "AXIS"}},
	{name: "AXIS OS 10, with more", door: "axis", head: "Content-Type: application/json\r\n",
		body:   `{"apiVersion":"1.3","context":"","data":{"propertyList":{"Brand":"AXIS","BuildDate":"Jun 1 2022 09:30","HardwareID":"7FF.1","ProdNbr":"P3245-V","ProdFullName":"AXIS P3245-V Dome Camera","ProdType":"Dome Camera","Version":"10.12.114","WebURL":"http://www.axis.com"}}}`,
		source: "axis", want: map[string]string{"ProdNbr": "P3245-V", "Version": "10.12.114", "Brand": "AXIS", "HardwareID": "7FF.1"}},
	{name: "the owner switched it off", door: "axis", head: "Content-Type: application/json\r\n",
		body: `{"apiVersion":"1.0","error":{"code":2002,"message":"HTTP request type not supported"}}`},

	{name: "Google Wifi (Home Assistant; a unit's answer)", door: "googlewifi",
		body:   `{"dns":{"mode":"automatic","servers":[]},"setupState":"GWIFI_OOBE_COMPLETE","software":{"blockingUpdate":1,"softwareVersion":"14150.376.32","updateChannel":"stable-channel","updateNewVersion":"0.0.0.0"},"system":{"countryCode":"us","groupRole":"leaf","modelId":"ACc3d"},"wan":{"online":true}}`,
		source: "googlewifi", want: map[string]string{"software.softwareVersion": "14150.376.32", "system.modelId": "ACc3d", "software.updateNewVersion": "0.0.0.0"}},
	{name: "one without a model (Home Assistant's tests have none)", door: "googlewifi",
		body:   `{"wan":{"localIpAddress":"192.0.2.1","online":true},"software":{"softwareVersion":"11316.165.32","updateNewVersion":"0.0.0.0"},"system":{"uptime":86400}}`,
		source: "googlewifi", want: map[string]string{"software.softwareVersion": "11316.165.32", "system.uptime": "86400", "software.updateNewVersion": "0.0.0.0"}},

	{name: "hardware alone", door: "xiaomi",
		body:   `{"hardware":"R3G","romversion":"2.28.44","id":"00000/A0AA00000","routername":"Thuis","code":0}`,
		source: "xiaomi", want: map[string]string{"hardware": "R3G", "romversion": "2.28.44"}},
	{name: "hardware and model", door: "xiaomi",
		body:   `{"romversion":"2.0.28","model":"xiaomi.router.rd03v2","hardware":"RD03v2","inited":1,"newEncryptMode":1,"id":"00000/A0AA00000","routername":"Thuis","code":0}`,
		source: "xiaomi", want: map[string]string{"hardware": "RD03v2", "model": "xiaomi.router.rd03v2", "romversion": "2.0.28"}},

	{name: "ONVIF, answered with a prefix", door: "onvif", head: "Content-Type: application/soap+xml\r\n",
		body:   `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><tds:GetDeviceInformationResponse xmlns:tds="http://www.onvif.org/ver10/device/wsdl"><tds:Manufacturer>Invented</tds:Manufacturer><tds:Model>IPC-100</tds:Model><tds:FirmwareVersion>2.1.0</tds:FirmwareVersion><tds:HardwareId>1.0</tds:HardwareId></tds:GetDeviceInformationResponse></s:Body></s:Envelope>`,
		source: "onvif", want: map[string]string{"Manufacturer": "Invented", "Model": "IPC-100", "FirmwareVersion": "2.1.0", "HardwareId": "1.0"}},
	{name: "ONVIF, answered without one", door: "onvif",
		body:   `<?xml version="1.0"?><Envelope><Header/><Body><GetDeviceInformationResponse><Manufacturer>Invented</Manufacturer><Model>C1</Model><FirmwareVersion>V5.5.82 build 190909</FirmwareVersion></GetDeviceInformationResponse></Body></Envelope>`,
		source: "onvif", want: map[string]string{"Manufacturer": "Invented", "Model": "C1", "FirmwareVersion": "V5.5.82 build 190909"}},
	{name: "ONVIF, refused by a fault", door: "onvif", status: "400 Bad Request",
		body: `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:NotAuthorized</s:Value></s:Subcode></s:Code><s:Reason><s:Text>Sender not Authorized</s:Text></s:Reason></s:Fault></s:Body></s:Envelope>`},

	{name: "a front page with a title", door: "http",
		body:   `<html><head><title>DS920+ - Synology NAS</title></head></html>`,
		source: "http", want: map[string]string{"title": "DS920+ - Synology NAS"}},
	{name: "one that wants a login, and names itself in the realm (recog)", door: "http", status: "401 Unauthorized",
		head:   "Server: Invented/1.0\r\nWWW-Authenticate: Basic realm=\"NETGEAR R7000\"\r\n",
		source: "http", want: map[string]string{"realm": "NETGEAR R7000", "server": "Invented/1.0"}},
}

// response is the generation's answer; with its length, as HTTP/1.1 has it, or without.
func (g generation) response(length bool) []byte {
	status := g.status
	if status == "" {
		status = "200 OK"
	}
	if !length {
		return []byte("HTTP/1.0 " + status + "\r\n" + g.head + "\r\n" + g.body)
	}
	return []byte(fmt.Sprintf("HTTP/1.1 %s\r\n%sContent-Length: %d\r\nConnection: close\r\n\r\n%s", status, g.head, len(g.body), g.body))
}

// half is the answer as it is when the device hangs up in the middle of its body.
func (g generation) half(length bool) []byte {
	r := g.response(length)
	return r[:strings.Index(string(r), "\r\n\r\n")+4+len(g.body)/2]
}

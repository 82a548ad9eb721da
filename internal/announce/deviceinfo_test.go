package announce

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"houdbaar/internal/device"
)

func TestDocumentsThatAreNeitherXMLNorBareJSON(t *testing.T) {
	for _, tt := range []struct {
		name, body string
		want       map[string]string
	}{
		{"lines with colons", "Firmware External Version: V4.13\nModel Name: DIR-615\nHardware Version:\nLAN MAC: <snip>\n",
			map[string]string{"Firmware External Version": "V4.13", "Model Name": "DIR-615", "Hardware Version": "", "LAN MAC": "<snip>"}},
		{"lines with equals", "Firmware.Version=1011\r\nProduct.Type=DVR\r\n", map[string]string{"Firmware.Version": "1011", "Product.Type": "DVR"}},
		{"one line", "type=DH-XVR5108C-X\n", map[string]string{"type": "DH-XVR5108C-X"}},
		{"TP-Link's names and values", "00000\r\nid 0|1,0,0\r\nmodelName Archer%20C80\r\nsoftVer 1.13.15%20Build%20240812\r\nhardVer %20RE330%201.0\r\nmainVer 0x1\r\n",
			map[string]string{"id": "0|1,0,0", "modelName": "Archer C80", "softVer": "1.13.15 Build 240812", "hardVer": "RE330 1.0", "mainVer": "0x1"}},
		{"TP-Link's in no UTF-8", "00000\r\nid 0|1\r\nmodelName Caf%e9\r\n", map[string]string{"id": "0|1", "modelName": "Café"}},
		{"lines in parts", "[0,0,0,0,0,0]0\nhardwareVersion=Archer MR200 v5.3\nmodelName=Archer MR200\n[error]0\n", map[string]string{"hardwareVersion": "Archer MR200 v5.3", "modelName": "Archer MR200"}},
		{"lines with quotes", "modelName=\"WR-900\"\nfirmwareVersion='1.2.3'\nmotto=\"a\" or 'b'\n", map[string]string{"modelName": "WR-900", "firmwareVersion": "1.2.3", "motto": `"a" or 'b'`}},
		{"a camera's variables", "var model=\"C9F0SeZ3N0P8L0\";\r\nvar softVersion=\"V13.1.30.5.3-20190820\";\r\nvar tz=-3600;\r\n",
			map[string]string{"model": "C9F0SeZ3N0P8L0", "softVersion": "V13.1.30.5.3-20190820", "tz": "-3600"}},
		{"a record made by a script", "<script>function st(domain,HardwareVersion,ModelName,Mac)\n{ this.Mac = Mac; }\nvar hosts = new Host(\"InternetGatewayDevice.LANDevice.1\",\"R7000\");\nvar infos = new Array(new st(\"InternetGatewayDevice.DeviceInfo\",\"26AD\\x2eA\",top.ModelName,\"\"),null);</script>",
			map[string]string{"domain": "InternetGatewayDevice.DeviceInfo", "HardwareVersion": "26AD.A", "ModelName": "", "Mac": ""}},
		{"the attributes of the outermost element", `<?xml version="1.0"?><Unit_Description Version="9" Unit_Name="RX-A2060"><Menu Func="Unit"><Cmd ID="G1">Param_1</Cmd></Menu></Unit_Description>`,
			map[string]string{"Version": "9", "Unit_Name": "RX-A2060", "Menu.Cmd": "Param_1"}},
		{"elements that are pairs", `<?xml version="1.0"?><model><O N="Product Information"><P N="ModelName" V="OBi202" /><P N="SoftwareVersion" V="3.2.2" /><P N="A b" V="1"/><Q id="7" value="2"/></O></model>`,
			map[string]string{"O.P": "", "O.Q": "", "O.ModelName": "OBi202", "O.SoftwareVersion": "3.2.2", "O.P.N": "A b", "O.P.V": "1", "O.Q.id": "7", "O.Q.value": "2"}},
		{"NETGEAR's GetInfo", `<soap-env:Envelope><soap-env:Body><m:GetInfoResponse xmlns:m="urn:NETGEAR-ROUTER:service:DeviceInfo:1"><ModelName>R7000</ModelName><Firmwareversion>V1.0.12.216</Firmwareversion></m:GetInfoResponse><ResponseCode>000</ResponseCode></soap-env:Body></soap-env:Envelope>`,
			map[string]string{"ModelName": "R7000", "Firmwareversion": "V1.0.12.216"}},
		{"GetInfo of TR-064", `<s:Envelope><s:Body><u:GetInfoResponse><NewManufacturerName>AVM</NewManufacturerName><NewSoftwareVersion>113.07.01</NewSoftwareVersion></u:GetInfoResponse></s:Body></s:Envelope>`,
			map[string]string{"ManufacturerName": "AVM", "SoftwareVersion": "113.07.01"}},
		{"a Speedport's pairs", `[{"vartype":"value","varid":"device_name","varvalue":"Speedport Plus"},{"vartype":"template","varid":"addphone","varvalue":[{"varid":"id","varvalue":"1"}]},{"varid":"rebooting","varvalue":"0"}]`,
			map[string]string{"device_name": "Speedport Plus", "rebooting": "0"}},
		{"an object behind a guard", `while(1); /*{"DeviceName":"DG8045"}*/`, map[string]string{"DeviceName": "DG8045"}},
		{"an object in a call", `callback({"model":"A1"})`, map[string]string{"model": "A1"}},
		{"a list of one", "[ {\"value\": {\"model\": \"RLC-511\"} } ]\n", map[string]string{"value.model": "RLC-511"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			obs := HTTP(exchange("/", "", tt.body))
			if len(obs) != 2 || obs[1].Source != device.SourceDeviceInfo {
				t.Fatalf("got %v, want http and deviceinfo", obs)
			}
			if d := cmp.Diff(tt.want, obs[1].Fields); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

func TestSettingsAreReadThoughTheyAreCalledHTML(t *testing.T) {
	for body, want := range map[string]bool{
		"Product=dlink-ABCDEF\nModel=DNS-320\nVersion=2.03\nPtz=\n":            true,
		"Model=DNS-320\nVersion=2.03\n":                                        false, // two lines may be anything
		"Model=DNS-320\nVersion=2.03\nMacaddr=<b>1</b>\n":                      false,
		"Notes on settings\nModel=DNS-320\nVersion=2.03\nMacaddr=001122334455": false,
	} {
		if got := len(HTTP(exchange("/", "text/html", body))) == 2; got != want {
			t.Errorf("%q is a document: %v, want %v", body, got, want)
		}
	}
}

func TestAPageIsReadWithItsMarksAsTheyAreShown(t *testing.T) {
	obs := HTTP(exchange("/", "", `<script>var ProductName = 'HG8145X7\x2d10'; var d = 'a\x20\x22b\x22\x27';</script>`))
	if want := `<script>var ProductName = 'HG8145X7-10'; var d = 'a \x22b\x22\x27';</script>`; obs[0].Fields["body"] != want {
		t.Errorf("got %q, want %q", obs[0].Fields["body"], want)
	}
}

func TestScriptsAndNumbersAreNoDocuments(t *testing.T) {
	for _, body := range []string{
		"var model=\"X1\";\nfunction f() { return 1 }\nvar softVersion=\"1.0\";\n",
		"var model=\"X1\";\n",
		"00000\nmodelName X1\nWords: and more, of them\n",
		"12345\n",
		"[device]\nmodel=KD-55\n[latest]\nfirmware=1.2.3\n",
		`<script>function st(domain,ModelName) {} var h = new st("InternetGatewayDevice.LANDevice.1.Hosts","R7000");</script>`,
		`<script>var h = new st("InternetGatewayDevice.DeviceInfo","R7000");</script>`,
		`<script>function st(domain,Name,ModelName) {} var h = new st("InternetGatewayDevice.DeviceInfo","a\"b","R7000");</script>`,
	} {
		if obs := HTTP(exchange("/", "", body)); len(obs) != 1 {
			t.Errorf("%q: got %v", body, obs[1:])
		}
	}
}

func TestOtherAnswersOverSOAPSayNothingOfTheDevice(t *testing.T) {
	for _, body := range []string{
		`<s:Envelope><s:Body><u:GetExternalIPAddressResponse><NewExternalIPAddress>192.0.2.1</NewExternalIPAddress></u:GetExternalIPAddressResponse></s:Body></s:Envelope>`,
		`<s:Envelope><s:Body><s:Fault><faultcode>s:Client</faultcode><detail><ModelName>R7000</ModelName></detail></s:Fault></s:Body></s:Envelope>`,
		`<s:Envelope></s:Envelope>`,
		`<s:Envelope><s:Body><u:GetInfoResponse></u:GetInfoResponse></s:Body></s:Envelope>`,
	} {
		if obs := HTTP(exchange("/", "", body)); len(obs) != 1 {
			t.Errorf("%s: got %v", body, obs[1:])
		}
	}
}

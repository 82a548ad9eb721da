package fingerprint

import (
	"strings"
	"testing"

	"houdbaar/internal/device"
)

// page is a page as it is met, with what stands between its title's elements as a field.
func page(body string) device.Observation {
	if _, rest, ok := strings.Cut(body, "<title>"); ok {
		title, _, _ := strings.Cut(rest, "</title>")
		return saw(device.SourceHTTP, "title", title, "body", body)
	}
	return saw(device.SourceHTTP, "body", body)
}

func TestAPageNamesItsDeviceInLargeLetters(t *testing.T) {
	for _, c := range []struct{ name, body, vendor, model, kind string }{
		{"a table's row", `<title>Status</title><tr><td>Model Name:</td><td>WRT54GL</td></tr>`, "Linksys", "WRT54GL", "router"},
		{"a row of a list", `<title>Status</title><li><span class="label">Model:</span> <span class="value">CGM4331COM</span></li>`, "Technicolor", "CGM4331COM", "gateway"},
		{"a row of hardware", `<title>Touchstone Status</title><tr><td>Hardware Model</td><td>CM3500B</td></tr>`, "Arris", "CM3500B", "modem"},
		{"a row of the board, a model", `<title>Info</title><tr><td>Board ID:</td><td>WRT54GL</td></tr>`, "Linksys", "WRT54GL", "router"},
		{"a row in Japanese", `<title>Web設定</title><tr><td>機種名</td><td>WRT54GL</td></tr>`, "Linksys", "WRT54GL", "router"},
		{"a row in French", `<title>Info</title><tr><td>Modèle :</td><td>WRT54GL</td></tr>`, "Linksys", "WRT54GL", "router"},
		{"a row in Russian", `<title>Info</title><tr><td>Модель устройства:</td><td>WRT54GL</td></tr>`, "Linksys", "WRT54GL", "router"},
		{"rows of maker and model", `<title>System Summary</title><tr><td>Manufacturer</td><td>Pace Plc</td></tr><tr><td>Model</td><td>5268AC</td></tr>`, "Pace", "5268AC", "gateway"},
		{"a script's maker and model", `<title>Router Login</title><script>var vendor_name='InHand'; var model_name='IR615-S-FQ58';</script>`, "InHand", "IR615-S-FQ58", "router"},
		{"a lamp's maker in a script", `<title>Router Login</title><script>var model="ZX6000"; var lamp={vendor:"InHand"};</script>`, "", "ZX6000", "router"},
		{"the title's model behind its maker", `<title>Air 4920</title><h1>AirTies Air 4920</h1>`, "Airties", "Air 4920", "mesh"},
		{"two of a mesh", `get_cfg_clientlist = [[{"alias":"Hall","model_name":"RT-AX88U","config":{}},{"alias":"Attic","model_name":"RT-AC68U"}]][0];`, "", "", ""},
		{"a script's satellite", `<title>NETGEAR Router</title><script>var satellites=[{model:"RBS50"}];</script>`, "NETGEAR", "", "router"},
		{"one of a script's several", `<title>NETGEAR Router</title><script>var ap2={model:"R8000",fw_version:"1.0.4"};</script>`, "NETGEAR", "", "router"},
		{"what a script advertises", `<title>NETGEAR Router</title><script>promo({model:"R8000"});</script>`, "NETGEAR", "", "router"},
		{"an agent in a mesh", `<title>TP-Link Router</title><script>var d={role:"agent",model:"RE450"};</script>`, "TP-Link", "", "router"},
		{"a list's second", `<title>TP-Link Router</title><script>show({id:1},{model:"RE450"});</script>`, "TP-Link", "", "router"},
		{"a modem inside with its maker", `<title>Status</title><h3>Internal modem</h3><tr><td>Manufacturer</td><td>Sierra Wireless</td></tr><tr><td>Model</td><td>MC7455</td></tr>`, "", "", ""},
		{"a maker's model on a provider's page", `<title>CenturyLink Modem Configuration</title><tr><td>Model Number:</td><td>C1000A</td></tr>`, "Actiontec", "C1000A", "gateway"},
		{"an element marked as the product", `<title>Login</title><div id="prod">DJA0231</div>`, "Technicolor", "DJA0231", "gateway"},
		{"a row in Portuguese", `<title>Login</title><td>Nome do Produto:</td><td>WRT54GL</td>`, "Linksys", "WRT54GL", "router"},
		{"a row of a name in Portuguese", `<title>Login</title><td>Nome do Produto:</td><td>Ana R7000</td>`, "", "", ""},
		{"a number and a sort", `<title>2Wire Gateway</title><td>Model:</td><td>2701HG-B Gateway</td>`, "2Wire", "2701HG-B", "gateway"},
		{"rows of two makers", `<title>Info</title><tr><td>Vendor</td><td>Pace</td></tr><tr><td>Model</td><td>9268ZX</td></tr><tr><td>Vendor</td><td>D-Link</td></tr>`, "", "", ""},
		{"rows of a disk", `<title>Info</title><h3>Disks</h3><tr><td>Vendor</td><td>Pace</td></tr><tr><td>Model</td><td>9268ZX</td></tr>`, "", "", ""},
		{"rows of a chip", `<title>Info</title><tr><td>Vendor</td><td>Realtek</td></tr><tr><td>Model</td><td>8196E</td></tr>`, "", "", ""},
		{"a number of nobody's", `<title>Info</title><tr><td>Model</td><td>9268ZX</td></tr>`, "", "", ""},
		{"a row in German", `<title>Switch</title><td nowrap=''>Produktname</td><td>GS308E</td>`, "NETGEAR", "GS308E", "other"},
		{"a row of the board, a board", `<title>Info</title><tr><td>Board ID:</td><td>96338W-20P2</td></tr>`, "", "", ""},
		{"a line of words", `<p>Name: Attic<br>Modello: WRT54GL<br>`, "Linksys", "WRT54GL", "router"},
		{"a row of the owner's name", `<title>Info</title><tr><td>Device name:</td><td>Attic E1500</td></tr>`, "", "", ""},
		{"a modem's name", `<title>Status</title><tr><td>Manufacturer</td><td>Quectel</td></tr><tr><td>Model</td><td>EP06-E</td></tr>`, "", "", ""},
		{"a module's model", `<title>Info</title><tr><td>Modem model</td><td>EC25-E</td></tr>`, "", "", ""},
		{"a program's model", `<title>Home</title><p>Model: gpt-4o</p>`, "", "", ""},
		{"a processor", `<title>Home</title><div>System model: Intel Core i5</div>`, "", "", ""},
		{"a part's model", `<title>Home</title><h3>UPS</h3><p>Model: BX950UI</p>`, "", "", ""},
		{"another camera's model", `<title>Home</title><h2>Camera 1</h2><span>Model: DS-2CD2042WD</span>`, "", "", ""},
		{"a choice of models", `<title>Home</title><label>Model</label><select><option>WRT54GL</option></select>`, "", "", ""},
		{"another maker's short model", `<title>Samsung TV</title><p>Model: R7000</p>`, "Samsung", "", "tv"},
		{"a word about models", `<title>Info</title><p>Model overview</p><span>Model</span> <a>Select</a>`, "", "", ""},
		{"an element marked for translation", `<title>Status</title><strong data-i18n="model">CGA2121</strong>`, "Technicolor", "CGA2121", "gateway"},
		{"two rows that differ", `<title>Status</title><tr><td>Model</td><td>WRT54GL</td></tr><tr><td>Model</td><td>DIR-615</td></tr>`, "", "", ""},
		{"a heading with maker and kind", `<h2>Welcome to <b>AXIS</b> 540/542 Network Print Server</h2>`, "Axis", "", "printer"},
		{"a description that is a model", `<head><meta name="description" content="WVC54GCA"></head>`, "Linksys", "WVC54GCA", "camera"},
		{"a heading with maker and model", `<h1>TP-Link Archer C7</h1>`, "TP-Link", "Archer C7", "router"},
		{"a maker at the foot", `<p>Copyright &copy; 2011-2015 Tenda Technology Co., Ltd. All rights reserved.</p>`, "Tenda", "", "router"},
		{"a maker as the head's owner", `<head><title>Livebox</title><meta name="Copyright" content="SAGEM COMMUNICATIONS"></head>`, "Sagemcom", "", "gateway"},
		{"an agency as the head's owner", `<head><title>Livebox</title><meta name="copyright" content="(c) 2012 Invented Webdesign"></head>`, "", "", "gateway"},
		{"a meta of Belkin's", `<meta name="description" content="Belkin 2307">`, "Belkin", "", "router"},
		{"a table's model behind its maker", `<title>Status</title><table><tr><td>Model Name:</td><td>PROLiNK H9200AR</td></tr></table>`, "PROLiNK", "H9200AR", "router"},
		{"a table's other name of it", `<title>Status</title><table><tr><td><b>Alias Name</b></td><td>Tenda D301</td></tr></table>`, "Tenda", "D301", "router"},
		{"a table's name of somebody's", `<title>Status</title><table><tr><td>Device Name</td><td>Anna R7000</td></tr></table>`, "", "", ""},
		{"a printer at a router", `<title>TP-Link</title><table><tr><td>Device Name</td><td>Canon MX490</td></tr></table>`, "TP-Link", "", "router"},
		{"a title by a script", `<title></title><script>document.title = "DCS-932L";</script>`, "D-Link", "DCS-932L", "camera"},
		{"a title by a script, of parts", `<script>document.title = "NETGEAR " + name;</script>`, "", "", ""},
		{"a greeting in a sentence's letters", `<body> Welcome to DSL-2730B Web Management</body>`, "D-Link", "DSL-2730B", "gateway"},
		{"an element marked as a title", `<title>Hall</title><p class="x" id="login-title">FLIR AX8</p>`, "FLIR", "AX8", "camera"},
		{"a greeting of somebody's pages", `<p>Welcome to my blog about the NETGEAR R7000</p>`, "", "", ""},
		{"a page about other makers' things", `<h1>Drivers for the NETGEAR R7000</h1>`, "", "", ""},
		{"a page of notes", `<title>Network notes</title><h1>NETGEAR R7000</h1><h2>Linksys WRT54G</h2>`, "", "", ""},
		{"two devices in large letters", `<title>Network</title><h1>NETGEAR R7000</h1><h2>Linksys WRT54G</h2>`, "", "", ""},
		{"two models in large letters", `<title>Network</title><h1>NETGEAR R7000</h1><h2>NETGEAR R6400</h2>`, "", "", ""},
		{"one device twice in large letters", `<title>Status</title><h1>NETGEAR R7000</h1><h2>NETGEAR R7000</h2>`, "NETGEAR", "R7000", "router"},
		{"a page that tells a story", `<h1>My NETGEAR R7000 and how I set it up</h1>`, "", "", ""},
		{"a model in a script", `<title>Login</title><script>var modelName = "DCS-932L";</script>`, "D-Link", "DCS-932L", "camera"},
		{"a program's in a hidden field", `<title>Chat</title><input type="hidden" name="model" value="gpt-4o">`, "", "", ""},
		{"a model in a hidden field", `<title>Login</title><input type="hidden" id="modelName" value="DCS-932L">`, "D-Link", "DCS-932L", "camera"},
		{"a dashboard with a model in it", `<title>Home Assistant</title><script>x={"model":"DIR-615"}</script>`, "", "", "other"},
		{"a list of devices", `<title>Overview</title><script>var devices=[{"model":"DIR-615"}]</script>`, "", "", ""},
		{"a camera on a recorder's page", `<title>Live</title><td class="camera-model">DCS-932L</td>`, "", "", ""},
		{"a table of clients", `<title>Status</title><h2>Clients</h2><h3>D-Link DCS-932L</h3>`, "", "", ""},
		{"a short model of who knows whom", `<title>Power</title><script>var model="E1500";</script>`, "", "E1500", ""},
		{"a folder called as a router", `<title>Index of /R7000</title><h1>Index of /R7000</h1>`, "", "", ""},
		{"a copyright without an owner", `<p>&copy; 2019</p>`, "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			id := identify(page(c.body))
			if id.Vendor != c.vendor || id.Model != c.model || string(id.Kind) != c.kind {
				t.Errorf("%q, %q, %q; want %q, %q, %q", id.Vendor, id.Model, id.Kind, c.vendor, c.model, c.kind)
			}
		})
	}
}

func TestAPageSaysWhatItsDeviceRunsInATable(t *testing.T) {
	for name, c := range map[string]struct{ body, want string }{
		"a row":                      {`<tr><td><strong>Software Version</strong></td><td >D30CM-OSPREY-2.4.0.3-GA-00-NOSH</td></tr>`, "D30CM-OSPREY-2.4.0.3-GA-00-NOSH"},
		"a cell between":             {`<td>Firmware Version</td><td>:</td><td> V1.0.2.44 </td>`, "V1.0.2.44"},
		"with its build":             {`<td>Firmware Version:</td><td>0.9.1 3.2 v0056.0 Build 160329 Rel.43204n</td><td>2019</td>`, "0.9.1 3.2 v0056.0 Build 160329 Rel.43204n"},
		"with a date behind it":      {`<p>Firmware Version: 3.0.20 Release Date: 2023-01-01</p>`, "3.0.20"},
		"with words behind it":       {`<p>Firmware Version: 7.29 Released</p><p>Build 20240101</p>`, "7.29"},
		"with four letters behind":   {`<td>Firmware Version:</td><td>1.1.7 Build 20201010 rel.49458(5553)</td>`, "1.1.7 Build 20201010 rel.49458(5553)"},
		"with an hour of build":      {`<td>Firmware Version:</td><td>1.7.4 Build 2023121222 Rel. 63684</td>`, "1.7.4 Build 2023121222 Rel. 63684"},
		"in one line with others":    {`<p>Model: DIR-868L | Hardware Version: B1 | Firmware Version: 1.12 | Help</p>`, "1.12"},
		"behind the hardware's":      {`<p>Hardware Version: B1 Firmware Version: 1.12</p>`, "1.12"},
		"behind another word":        {`<p>Latest | New Firmware Version: 1.12 Boot Version: 1 Firmware Version: 1.13</p>`, ""},
		"spoken of by a maker":       {`<title>D-Link DIR-868L</title><p class="version">Firmware v2.1.4 (Build 20241201)</p>`, "v2.1.4 (Build 20241201)"},
		"the same of nobody":         {`<title>Grid</title><p class="version">Firmware v2.1.4</p>`, ""},
		"the same of what there is":  {`<title>D-Link DIR-868L</title><p><span>Firmware 2.1.4</span> is available</p>`, ""},
		"the same to fetch":          {`<title>D-Link DIR-868L</title><p><a href="x">Firmware 2.1.4</a></p><option>Firmware 2.1.3</option>`, ""},
		"the same below updates":     {`<title>D-Link DIR-868L</title><h2>Available updates</h2><p>Firmware 2.1.4</p>`, ""},
		"the same of several":        {`<title>D-Link DIR-868L</title><p>Firmware 2.1.4</p><p>Firmware 2.1.3</p>`, ""},
		"Chinese, with a number":     {`<td id="hw_ver">硬件版本号:&nbsp;&nbsp;</td><td>2.0</td><td id="fw_ver">固件版本号:&nbsp;&nbsp;</td><td>1.9.8</td>`, "1.9.8"},
		"Huawei's":                   {`<td>Software Version</td><td>V200R001B310D01SP00C00</td>`, "V200R001B310D01SP00C00"},
		"Vivotek's":                  {`<td>Firmware version:</td><td>VVTK-0103f</td>`, "VVTK-0103f"},
		"a word in bold":             {`<b>Firmware Version:</b> 1.14`, "1.14"},
		"in a script":                {`<script>var firmwareVersion = "1.0.4";</script>`, ""},
		"a script's own field":       {`<script>x={"FirmwareVersion":"1.0.4"}</script>`, "1.0.4"},
		"a cell of one word":         {`<tr><td>Firmware</td><td>1.2.3</td></tr>`, "1.2.3"},
		"a line of one word":         {`<dt><b>Firmware</b></dt><dd>1.2.3</dd>`, "1.2.3"},
		"a row of heads":             {`<tr><th>Name</th><th>Firmware</th><td>1.2.3</td></tr><tr><td>Firmware</td><td>9.9.9</td></tr>`, ""},
		"a cell of an update":        {`<h2>Available updates</h2><tr><td>Firmware</td><td>9.9.9</td></tr>`, ""},
		"a field that is hidden":     {`<input type="hidden" name="fw_version" value="1.2.3">`, "1.2.3"},
		"a field of what is newest":  {`<input type="hidden" name="new_fw_version" value="1.2.3">`, ""},
		"a field to fill in":         {`<input type="text" name="fw_version" value="1.2.3">`, ""},
		"two letters, a stroke":      {`<p>S/W Version: 1.2.3</p>`, "1.2.3"},
		"a short word alone":         {`<small>FW: 1.2.3</small>`, "1.2.3"},
		"a maker's own field":        {`<title>D-Link DIR-868L</title><script>window.fwVersion="1.12"; peer.fwVersion="9.9";</script>`, "1.12"},
		"hidden, of two letters":     {`<input type="hidden" id="swVersion" value="1.4.8">`, "1.4.8"},
		"a main board's":             {`<dt>Main Firmware Version</dt><dd>1.33</dd><dt>Sub1 Firmware Version</dt><dd>1.05</dd>`, "1.33"},
		"written by a script":        {`<td>Firmware version:</td><td><script>document.write("42.250.00");</script></td>`, "42.250.00"},
		"between strokes":            {`<p>Model X | Firmware: 1.2.3 | Help</p>`, "1.2.3"},
		"between strokes, a new one": {`<p>Model X | New Firmware: 1.2.3 | Help</p>`, ""},
		"a script's beside a model":  {`<title>Login</title><script>var g_strModelName="DCS-932L"; var g_strFirmwareVersion="1.14";</script>`, "1.14"},
		"beside a model in a title":  {`<title>AB-30</title><script>var model="AB-30"; var fw_version="1.14.2";</script>`, "1.14.2"},
		"beside some model":          {`<title>Grid</title><script>var model="AB-30"; var fw_version="1.14.2";</script>`, ""},
		"Uniview's":                  {`<td>Firmware Version</td><td>IPC_D1201-B0011P10D1806</td>`, "IPC_D1201-B0011P10D1806"},
		"in an object with a model":  {`<title>Hall</title><script>var sysinfo={"MODEL":"P89626","FIRMWARE":"1.00(UTR.5)"};</script>`, "1.00(UTR.5)"},
		"in another's object":        {`<title>Hall</title><script>var plug={"model":"P89626","firmware":"1.00"};</script>`, ""},
		"a stick's, of a maker":      {`<title>D-Link DIR-868L</title><script>var dongle={"model":"DWM-157","firmware":"1.00"};</script>`, ""},
		"of a camera's template":     {`<script>var webPageVersion="1.1"; var g_softwareversion=GV("1.01.03","1.00"); var g_modelname=GV("DCS-2130","DCS-3710");</script>`, "1.01.03"},
		"in two objects":             {`<title>Hall</title><script>var a={"model":"P1","firmware":"1.00"}, b={"model":"P2","firmware":"1.01"};</script>`, ""},
		"of unified communications":  {`<td>UC Software Version</td><td>5.9.3.2857</td><td>Updater Version</td><td>5.9.8.9655</td>`, "5.9.3.2857"},
		"behind one letter":          {`<td>Firmware Version</td><td>V.1.0.4</td>`, "V.1.0.4"},
		"a maker's own script":       {`<title>D-Link DIR-868L</title><script>var fw_ver = "1.12";</script>`, "1.12"},
		"the latest in its script":   {`<title>D-Link DIR-868L</title><script>var latest_fw_ver = "1.12"; var fwVerMin = "1.0"; var fw_ver_new = "1.13";</script>`, ""},
		"of a web page's own":        {`<title>D-Link DIR-868L</title><script>var version = "1.12"; var swVersion = "2.0"; var uiVersion = "3.0";</script>`, ""},
		"with an underscore":         {`<script>x={"firmware_version":"1.0.4"}</script>`, "1.0.4"},
		"a lamp's in a script":       {`<script>x={"bulb": {"firmware_version":"1.0.4"}}</script>`, ""},
		"a long day of build":        {`<p>Firmware Version: 1.1.0 Build 20230214 Rel.63440</p>`, "1.1.0 Build 20230214 Rel.63440"},
		"Portuguese":                 {`<td>Versão do Firmware</td><td>1.10.2</td>`, "1.10.2"},
		"French":                     {`<td>Version logiciel :</td><td>3.21.0</td>`, "3.21.0"},
		"Polish":                     {`<td>Wersja oprogramowania</td><td>1.4.2</td>`, "1.4.2"},
		"Russian":                    {`<td>Версия прошивки:</td><td>2.0.6</td>`, "2.0.6"},
		"Russian, of what is new":    {`<td>Новая версия прошивки:</td><td>2.0.7</td>`, ""},
		"French, of what there is":   {`<p>Version logiciel <b>9.9.1</b> disponible</p>`, ""},
		"Polish, of what is needed":  {`<p>Wersja oprogramowania 9.9.1 lub nowsza</p>`, ""},
		"Japanese, of what it needs": {`<p>ファームウェアバージョン 9.9.1 以降が必要です</p>`, ""},
		"Chinese, of what is newest": {`<td>最新固件版本</td><td>9.9.1</td>`, ""},
		"a release in a script":      {`<script>var release = {"firmware_version":"9.9.1"};</script>`, ""},
		"Chinese":                    {`<td>固件版本：</td><td>V1.2.3</td>`, "V1.2.3"},
		"Japanese":                   {`<th>ファームウェアバージョン</th><td>1.05</td>`, "1.05"},
		"a head and a cell":          {`<tr><th>Firmware Version:</th><td><b>V1.0.2.30</b></td></tr>`, "V1.0.2.30"},
		"twice the same":             {`<td>Software Version</td><td>1.0.2</td><td>Firmware Version</td><td>1.0.2</td>`, "1.0.2"},
		"two that differ":            {`<td>Software Version</td><td>1.0.2</td><td>Firmware Version</td><td>1.0.3</td>`, ""},
		"a newer one":                {`<td>New Firmware Version</td><td>1.0.3</td>`, ""},
		"of its boot program":        {`<td>Boot Software Version</td><td>1.0.3</td>`, ""},
		"no version":                 {`<td>Firmware Version</td><td>up to date</td>`, ""},
		"a list of its cameras":      {`<h2>Cameras</h2><td>Firmware Version</td><td>1.0.3</td>`, ""},
		"a page of another's":        {`<title>Zabbix</title><td>Firmware Version</td><td>1.0.3</td>`, ""},
		"one to be fetched":          {`<p>Firmware version 1.20 is available</p><p>Firmware Version 2.00 or higher is needed</p>`, ""},
		"under a part's heading":     {`<h3>Modem</h3><table><tr><td>Firmware Version</td><td>9.8.7</td></tr></table>`, ""},
		"under its own heading":      {`<h3>Router</h3><table><tr><td>Firmware Version</td><td>9.8.7</td></tr></table>`, "9.8.7"},
		"with a build behind it":     {`<tr><td>Firmware</td><td>V5.3 build 19052010</td></tr>`, "V5.3"},
		"with a day behind it":       {`<p>Firmware: 4.0.4 (2016-02-11)</p>`, "4.0.4"},
		"with a day in a script":     {`<title>D-Link DIR-868L</title><script>var runtime_code_version = "1.00.25 (Mar 20 2013)";</script>`, "1.00.25"},
		"a script's, by the title":   {`<title>DIR-868L</title><script>var g_fw_version = "1.12";</script>`, "1.12"},
		"a script's, by its model":   {`<title>Status</title><script>var fw_ver="V1.00.19"; var model_name="WAG54G2";</script>`, "V1.00.19"},
		"a script's, of nobody":      {`<title>Status</title><script>var fw_ver="V1.00.19"; var model_name="X9";</script>`, ""},
		"a script's, of a program":   {`<title>Home Assistant</title><script>var fw_ver="V1.00.19"; var model_name="WAG54G2";</script>`, ""},
		"of its model":               {`<title>NetComm Wireless - NF18ACV</title><td>Software Version</td><td>NF18ACV.NC.AU-R6B021.EN</td>`, "NF18ACV.NC.AU-R6B021.EN"},
		"of its model, no version":   {`<title>NetComm Wireless - NF18ACV</title><td>Software Version</td><td>NF18ACV-2017</td>`, ""},
		"an object's":                {`<title>Tenda | LOGIN</title><script>var CONFIG={"product":"AC10","model":"AC10","fw_ver":"V15.03.06.47","hw":"V4.0"};</script>`, "V15.03.06.47"},
		"an object's, by its maker":  {`<title>ROUTER</title><script>x={vendor:"Milesight",model:"UR32-L04EU",fwver:"32.3.0.5"}</script>`, "32.3.0.5"},
		"an object's, of nobody":     {`<title>ROUTER</title><script>x={vendor:"Zorgon",model:"ZX6000",fwver:"32.3.0.5"}</script>`, ""},
		"objects in a list":          {`<title>D-Link DIR-868L</title><script>x=[{model:"DIR-868L",fwver:"1.12"}]</script>`, ""},
		"an object of a satellite":   {`<title>D-Link DIR-868L</title><script>sat={model:"DIR-860L",fwver:"1.13"}</script>`, ""},
		"two objects":                {`<title>D-Link DIR-868L</title><script>x={model:"DIR-868L",fwver:"1.12"};y={model:"DIR-868L",fwver:"1.13"}</script>`, ""},
		"an object to come":          {`<title>D-Link DIR-868L</title><script>latest={model:"DIR-868L",fwver:"1.13"}</script>`, ""},
		"an object of another":       {`<title>D-Link DIR-868L</title><script>satellite={model:"DAP-1610",fwver:"1.13"}</script>`, ""},
		"another's object":           {`<title>Home Assistant</title><script>x={manufacturer:"D-Link",model:"DIR-868L",fwver:"1.13"}</script>`, ""},
		"with its system before it":  {`<div>Software Version: ALEOS 4.9.3.008</div>`, "4.9.3.008"},
		"Nokia's":                    {`<td>Software Version</td><td>3FE56773AFGA21</td>`, "3FE56773AFGA21"},
		"Comtrend's":                 {`<td>Software Version:</td><td>A121-306CTU-C08_R04</td>`, "A121-306CTU-C08_R04"},
		"FiberHome's":                {`<title>FiberHome HG6543C</title><script>var software_version='RP2631';</script>`, "RP2631"},
		"D-Link's, of two":           {`<span class="name">Firmware External Version :</span><span class="value">V1.05</span><span class="name">Firmware Internal Version :</span><span class="value">V1.05b03</span>`, "V1.05"},
		"the word alone in a script": {`<title>D-Link DIR-868L</title><script>var firmware = "1.12"; var newFirmware="1.13";</script>`, ""},
		"a mark with more to it":     {`<span id="lblFirmwareVersion">1.0.0.68</span>`, "1.0.0.68"},
		"a mark of what is newest":   {`<span id="latestFwVersion">1.0.0.68</span><span id="fwVersionNew">1.0.0.68</span>`, ""},
		"a field named first":        {`<input name="fw_ver" type="hidden" value="1.2.3">`, "1.2.3"},
		"a field hidden last":        {`<input id="fw_version" value="1.2.3" type="hidden">`, "1.2.3"},
		"a field that is shown":      {`<input name="fw_version" value="1.2.3" type="text">`, ""},
		"a bold word, a colon":       {`<p><b>Firmware</b>: 1.2.3</p>`, "1.2.3"},
		"elements side by side":      {`<div class="k">Firmware</div><div class="v">1.2.3</div>`, "1.2.3"},
		"a radio beside a menu":      {`<div>Firmware</div><div>2.4G</div>`, ""},
		"side by side, below new":    {`<h3>Latest</h3><div class="k">Firmware</div><div class="v">1.2.3</div>`, ""},
		"under its sort":             {`<div>LTE Router LR77 v2</div><div>Firmware Version: 4.0.4</div>`, "4.0.4"},
		"under a sort and an update": {`<h1>Upgrade Wireless Router</h1><div>Firmware Version: 4.0.4</div>`, ""},
		"under its title again":      {`<title>dLAN 500 WiFi</title><h2>dLAN 500 WiFi</h2><td>Firmware Version:</td><td>2.3.1-2</td>`, "2.3.1-2"},
		"under an update's title":    {`<title>R7000 Update</title><h2>R7000 Update</h2><td>Firmware Version:</td><td>2.3.1</td>`, ""},
		"both":                       {`<h3>LTE Module</h3><table><tr><td>Firmware Version</td><td>9.8.7</td></tr></table><h3>Device</h3><table><tr><td>Firmware Version</td><td>1.2.3</td></tr></table>`, "1.2.3"},
		"one in use":                 {`<p>Firmware version: 1.0.3 is installed</p>`, "1.0.3"},
		"spoken of with its day":     {`<p>Firmware version: 1.20 (2016-02-11) is available</p>`, ""},
		"spoken of in bold":          {`<p>Firmware version: <b>1.20</b> is available</p>`, ""},
		"Italian":                    {`<th>Versione Firmware Corrente</th><td>AGPWI_4.0.4</td><th>Nuova Versione Firmware</th><td>AGPWI_5.8.2</td>`, "AGPWI_4.0.4"},
		"Dutch":                      {`<td>Firmwareversie</td><td>V1.00.11GR</td>`, "V1.00.11GR"},
		"Spanish":                    {`<td>Versión de firmware:</td><td>1.10.2</td>`, "1.10.2"},
		"an image's name":            {`<span>Software Image Name:</span><span>AC01.02.012_022625_G5X.04.20.122</span>`, "AC01.02.012_022625_G5X.04.20.122"},
		"below a heading":            {`<b>SOFTWARE VERSION</b><td>Firmware Name</td><td>TS11.05.042.02_031124</td><td>Software Filename</td><td>TS11.05.042.02_031124.simg</td>`, "TS11.05.042.02_031124"},
		"once at more length":        {`<td>Firmware Version</td><td>3.0.0.4.378_4980</td><td>Firmware Version</td><td>3.0.0.4.378_4980-g8c12415</td>`, "3.0.0.4.378_4980"},
		"at more length before":      {`<td>Firmware Version</td><td>3.0.0.4.378_4980-g8c12415</td><td>Firmware Version</td><td>3.0.0.4.378_4980</td>`, "3.0.0.4.378_4980"},
		"a release":                  {`<td>Product Name:</td><td>X</td><td>Software Release:</td><td>5.3.2.6.0</td><td>Boot Loader Version:</td><td>1.0.1</td>`, "5.3.2.6.0"},
		"a release's date":           {`<td>Firmware Release Date</td><td>2015.10.20</td>`, ""},
		"a short word":               {`<p>F/W Version : V1.02</p>`, "V1.02"},
		"the word alone":             {`<p>Firmware: 2.0.1<br>`, "2.0.1"},
		"another system":             {`<p>Firmware: DD-WRT v3.0-r29134 std</p>`, ""},
		"the code that runs":         {`<td>Boot Code Version</td><td>0.9</td><td>Runtime Code Version</td><td>v1.00.03</td>`, "v1.00.03"},
		"a marked element":           {`<span id="fw_version">1.0.9</span>`, "1.0.9"},
		"in a model's own script":    {`<title>DCS-932L</title><script>var firmwareVersion = "1.14";</script>`, "1.14"},
		"in a short model's script":  {`<title>E1500</title><script>var firmwareVersion = "1.14";</script>`, ""},
		"with a build in its cell":   {`<tr><td>Firmware</td><td>5.19 Build 151</td></tr>`, "5.19"},
		"with a day in its element":  {`<span id="fwver">1.02.05 (2013-05-17)</span>`, "1.02.05"},
		"one that waits":             {`<span id="fwver">1.02.05 (available since 2013)</span>`, ""},
		"in an attribute":            {`<body data-model="X" data-fw-version="1.2.3">`, "1.2.3"},
		"in an attribute of another": {`<tr data-fw-version="1.2.3"><td>Plug</td></tr>`, ""},
		"in a remark on software":    {`<!-- Software Version: 1.2.3 -->`, ""},
		"in an attribute, the next":  {`<body data-new-firmware="1.2.3">`, ""},
		"in the head":                {`<meta name="firmware-version" content="1.2.3">`, "1.2.3"},
		"in a remark":                {`<!-- Firmware Version: 1.2.3 -->`, "1.2.3"},
		"one named after it":         {`<div id="firmware">Version: 7.3.9 (r22413)</div>`, "7.3.9"},
		"one named after the latest": {`<h2>Latest</h2><div id="firmware">7.3.9</div>`, ""},
		"a state named after it":     {`<div id="firmware">up to date</div>`, ""},
		"one without quotes":         {`<b id=firmver class=x>1.0.9</b> <i>2.0.0</i>`, "1.0.9"},
		"a new one, marked":          {`<span id="new_fw_version">1.0.9</span>`, ""},
		"a satellite's, in a script": {`<script>satellite={sn:"1",fw_ver:"2.5.1.16"}; var newest={fw_ver:"1.0.0"}</script>`, ""},
		"a part's, in a script":      {`<script>{"led",firmware:"1.2.3"}</script>`, ""},
		"a part's, in a line":        {`<p>Zigbee, firmware: 1.2.3</p>`, ""},
		"the word and a sentence":    {`<p>Firmware: <a href="x">1.0.3 changelog</a>`, ""},
		"a day":                      {`<p>Firmware: 10.11.2019<br></p>`, ""},
		"a day of release":           {`<td>Software Release</td><td>2020.01.02</td>`, ""},
		"a version like an address":  {`<p>Firmware: 10.2.0.5</p>`, "10.2.0.5"},
		"an address":                 {`<p>Firmware: 192.168.1.1</p>`, ""},
		"a file":                     {`<td>Firmware Name</td><td>R7000-V1.0.11.100.chk</td>`, ""},
		"the latest, in two cells":   {`<tr><td>Latest</td><td>Firmware Version</td><td>9.9.9</td></tr>`, ""},
		"behind a row of the latest": {`<tr><td>Updates</td><td>Latest</td></tr><tr><td>Firmware Version</td><td>9.9.9</td></tr>`, "9.9.9"},
		"a choice":                   {`<p>Firmware: <select><option>1.0.2<option>1.0.3</select>`, ""},
		"below another label":        {`<tr><th>Name</th><th>Firmware Version</th></tr><tr><td>1.10</td><td>2.0.1</td></tr>`, ""},
		"below its own label":        {`<tr><th>Firmware Version</th></tr><tr><td>2.0.1</td></tr>`, "2.0.1"},
		"marked, of the latest":      {`<h3>Latest</h3><span class="fwver">1.0.9</span>`, ""},
		"marked in a list":           {`<td class="fwver">1.0.9</td><td class="fwver">1.1.0</td>`, ""},
		"in capitals":                {`<p>Firmware version: 1.20 Available</p>`, ""},
		"another device's":           {`<p>Firmware version 1.10 of your plug</p>`, ""},
		"a satellite's second row":   {`<title>NETGEAR R7000</title><h3>Satellite</h3><tr><td>Model</td><td>RBS50</td></tr><tr><td>Firmware Version</td><td>1.12</td></tr>`, ""},
		"an offer's second row":      {`<fieldset><legend>Available update</legend><p>Size: 3 MB</p><p>Firmware Version: 1.12</p></fieldset>`, ""},
		"behind a part's end":        {`<h3>LTE modem</h3><table><tr><td>IMEI</td><td>-</td></tr></table><p>Firmware Version: 1.12</p>`, "1.12"},
		"below the next heading":     {`<h3>LTE modem</h3><p>off</p><h3>System</h3><p>Firmware Version: 1.12</p>`, "1.12"},
		"a dongle's":                 {`<h3>USB dongle</h3><p>Firmware Version: 1.12</p>`, ""},
		"a line's":                   {`<h3>DSL PHY</h3><p>Software Version: 1.12</p>`, ""},
		"below a router's line":      {`<h2>DSL Modem Router</h2><p>Firmware Version: 1.12</p>`, "1.12"},
		"a satellite's by its room":  {`<title>NETGEAR R7000</title><div>Orbi Satellite (Kitchen)</div><span>Firmware</span><span>V1.1.2</span>`, ""},
		"below an offer":             {`<title>NETGEAR R7000</title><p>An update is available</p><div>Firmware</div><div>V1.1.2</div>`, ""},
		"below what changed":         {`<title>NETGEAR R7000</title><p>Changelog</p><li>Firmware 1.1.2</li>`, ""},
		"new in French":              {`<h3>Nouvelle version</h3><p>Version du firmware : 1.12</p>`, ""},
		"new in German":              {`<h3>Neue Firmware</h3><p>Firmware-Version: 1.12</p>`, ""},
		"new in Spanish":             {`<h3>Actualización disponible</h3><p>Versión de firmware: 1.12</p>`, ""},
		"new in Chinese":             {`<h3>可用更新</h3><p>固件版本: 1.12</p>`, ""},
		"new in Japanese":            {`<h3>新しいファームウェア</h3><p>ファームウェアバージョン: 1.12</p>`, ""},
		"new in Russian":             {`<h3>Доступно обновление</h3><p>Версия прошивки: 1.12</p>`, ""},
		"a script's to fetch":        {`<title>TP-Link Archer C7</title><script>var d={model:"Archer C7",fw_version:"1.12",changelog:"fix"}</script>`, ""},
		"a script's with support":    {`<title>TP-Link Archer C7</title><script>var d={model:"Archer C7",fw_version:"1.12",support_url:"x"}</script>`, "1.12"},
		"a script's below another":   {`<title>TP-Link</title><script>var topo={"ap":{model:"RE450",fw_version:"1.12"}}</script>`, ""},
		"a script's at an address":   {`<title>TP-Link</title><script>var s={"AA:BB:CC:00:11:22":{model:"RE450",fw_version:"1.12"}}</script>`, ""},
		"a modem's inside":           {`<td>Modem firmware version</td><td>11.104.25</td>`, ""},
		"JSON's, of another":         {`{"model": "X-1", "plug": {"firmwareVersion": "1.2.9"}}`, ""},
		"a D-Link page's of two":     {`<title>D-Link DIR-868L</title><p>Requires firmware version 2.03 or later.</p><p>New Firmware Version: 2.05</p>`, ""},
		"a D-Link page's own":        {`<title>D-Link DIR-868L</title><p>Firmware Version: 1.12</p>`, "1.12"},
		"a program's, for a search":  {`<title>D-Link DIR-868L</title><script type="application/ld+json">{"@type": "SoftwareApplication", "softwareVersion": "9.9.1"}</script>`, ""},
		"its own beside that":        {`<title>D-Link DIR-868L</title><script type="application/ld+json">{"softwareVersion": "9.9.1"}</script><p>Firmware Version: 1.12</p>`, "1.12"},
		"a function's that looks":    {`<title>D-Link DIR-868L</title><script>function checkUpdate(){ var fw_ver = "9.9.1"; } var fw_ver = "1.12";</script>`, "1.12"},
		"a function's that begins":   {`<title>D-Link DIR-868L</title><script>function init() { var fw_ver = "1.12"; }</script>`, "1.12"},
		"hidden in an update's form": {`<form action="/upgrade.cgi"><input type="hidden" name="fw_version" value="9.9.1"></form>`, ""},
		"behind a pattern":           {`<title>D-Link DIR-868L</title><script>x = s.replace(/["']/g, ""); var fw_ver = "1.12";</script>`, "1.12"},
		"joined by a script":         {`<title>D-Link DIR-868L</title><script>var fw_ver = "1.1" + minor;</script>`, ""},
		"an object's under a key":    {`<title>D-Link DIR-868L</title><script>info["fw_version"] = "1.12";</script>`, "1.12"},
		"a row a script writes":      {`<script>document.write("<tr><td>Firmware Version</td><td>1.12<\/td><\/tr>");</script>`, "1.12"},
		"for who has no scripts":     {`<noscript><p>Firmware Version: 1.12</p></noscript>`, "1.12"},
		"in a row's nested elements": {`<dl><dt class="key"><span>Firmware&nbsp;:</span></dt><dd><div>13.57.WL06L3</div></dd></dl>`, "13.57.WL06L3"},
		"marked, another order":      {`<span class="x" id="fw_version">1.0.9</span>`, "1.0.9"},
		"a chip's, in one word":      {`<td>ADSL</td><td>FwVer:3.20.1.0_TC3087</td>`, ""},
		"a label and a row of parts": {`<tr><td><b>Module 1</b></td><td></td></tr><tr><td><b>Firmware Version</b></td><td><b>1.12</b></td></tr>`, "1.12"},
		"a script's device list":     {`<script>var devices=[{"ip":1}]</script><td>Firmware Version</td><td>1.0.3</td>`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if id := identify(page(c.body)); id.Firmware != c.want {
				t.Errorf("it runs %q, want %q", id.Firmware, c.want)
			}
		})
	}
}

func TestAPageStatesItsHardwareVersion(t *testing.T) {
	for body, want := range map[string]string{
		`<input type="hidden" name="hwVersion" value="A1">`:                                               "A1",
		`<td>Hardware Version</td><td>6</td>`:                                                             "6",
		`<title>NETGEAR Router R6400</title><td>Hardware Version</td><td>2.0</td>`:                        "",
		`<title>NETGEAR Router R6400</title><td>Hardware Version</td><td>V2</td>`:                         "V2",
		`<span>Versione Hardware: A4</span>`:                                                              "A4",
		`<div class=hwv> Версия аппаратного обеспечения: A4 </div>`:                                       "A4",
		`<td>硬件版本</td><td>V2.0</td>`:                                                                      "V2.0",
		`<td>Hardware Version:</td><td>Archer C7 v5.0</td>`:                                               "v5.0",
		`<td>Hardware Version:</td><td>TL-WR841N v8 00000000</td>`:                                        "v8",
		`<title>Acme X12</title><td>Hardware Version:</td><td>X12 V2</td>`:                                "V2",
		`<td>Hardware Version:</td><td>RT3052 V2</td>`:                                                    "",
		`<title>NETGEAR R7000</title><td>Hardware Version:</td><td>Archer C7 v5.0</td>`:                   "",
		`<td>Hardware Version:</td><td>Archer C7 Core 2</td>`:                                             "",
		`<p>Model: DIR-868L | Hardware Version: B1 | Firmware Version: 1.12</p>`:                          "B1",
		`<p>Hardware Version: B1 Firmware Version: 1.12</p>`:                                              "B1",
		`<span>Hardware Version: B1</span>`:                                                               "B1",
		`<td>H/W Version</td><td>V1.0</td>`:                                                               "V1.0",
		`<tr><th>Firmware Version</th><th>Hardware Version</th></tr><tr><td>1.10</td><td>A1</td></tr>`:    "",
		`<script>upgrade({hw_ver:"A1"})</script>`:                                                         "",
		`<script>var module={name:"LTE",hw_rev:"B1"}</script>`:                                            "",
		`<td>Hardware Version</td><td>Q705-M321</td>`:                                                     "",
		`<td>Hardware Version</td><td>A1</td><td>Hardware Version</td><td>B1</td>`:                        "",
		`<h3>LTE Module</h3><table><tr><td>Hardware Version</td><td>2.0</td></tr></table>`:                "",
		`<title>D-Link DIR-860L</title><td>Firmware</td><td>2.0</td><td>Hardware Version</td><td>0</td>`:  "",
		`<title>D-Link DIR-860L</title><script>var hw_ver = "B1";</script>`:                               "B1",
		`<title>TRENDnet TEW-812DRU</title><script>var hw_version="V2.0R";</script>`:                      "V2.0R",
		`<title>D-Link DIR-860L</title><script>var hw_ver = "1.0";</script>`:                              "",
		`<title>Info</title><script>var hw_ver = "B1";</script>`:                                          "",
		`<title>D-Link DIR-860L</title><script>var module_hw_ver = "B1"; var hwVersionMin="A1";</script>`: "",
	} {
		if id := identify(page(body)); id.Revision != want {
			t.Errorf("%s: %q, want %q", body, id.Revision, want)
		}
	}
}

// A page counts where it sends its visitor, not where it links to.
func TestALinkSendsNobody(t *testing.T) {
	for body, vendor := range map[string]string{
		`<script>top.location.href='/Main_Login.asp'</script>`:                                    "ASUS",
		`<meta http-equiv="refresh" content="0; url=http://192.168.1.1/Main_Login.asp">`:          "ASUS",
		`<script>if (location.hash == "") { window.location.replace("Main_Login.asp") }</script>`: "ASUS",
		`<a href="http://192.168.1.1/Main_Login.asp">My router</a>`:                               "",
		`<iframe src="/Main_Login.asp"></iframe>`:                                                 "",
		`<meta http-equiv="refresh" content="0; url=/docs/Main_Login.asp.html">`:                  "",
	} {
		if id := identify(saw(device.SourceHTTP, "title", "Start", "body", body)); id.Vendor != vendor {
			t.Errorf("%s: %q, want %q", body, id.Vendor, vendor)
		}
	}
}

// Of two pages or documents neither is the truer, so what they do not agree on is in doubt. A
// stronger word is not: a page may speak of a part.
func TestPagesAndDocumentsThatDifferAreDoubted(t *testing.T) {
	rows := func(label, value string) device.Observation {
		return page("<title>D-Link</title><tr><td>" + label + "</td><td>" + value + "</td></tr>")
	}
	doc := func(key, value string) device.Observation {
		return saw(device.SourceDeviceInfo, "vendor", "Zorgon", "model", "ZX6000", key, value)
	}
	for name, c := range map[string]struct {
		part device.Part // "" = no doubt
		obs  []device.Observation
	}{
		"pages, of the model":             {device.PartModel, []device.Observation{rows("Model Name", "DIR-615"), rows("Model Name", "DIR-860L")}},
		"pages, of the firmware":          {device.PartFirmware, []device.Observation{rows("Firmware Version", "1.10"), rows("Firmware Version", "2.05")}},
		"pages, of the hardware":          {device.PartRevision, []device.Observation{rows("Hardware Version", "A1"), rows("Hardware Version", "B2")}},
		"a longer model, no other":        {device.PartModel, []device.Observation{rows("Model Name", "DIR-615"), rows("Model Name", "DIR-615S")}},
		"documents, of the model":         {device.PartModel, []device.Observation{saw(device.SourceDeviceInfo, "model", "ZX6000"), saw(device.SourceDeviceInfo, "model", "ZX9000")}},
		"documents, of the firmware":      {device.PartFirmware, []device.Observation{doc("firmwareVersion", "1.10"), doc("firmwareVersion", "2.05")}},
		"documents, of the hardware":      {device.PartRevision, []device.Observation{doc("hardwareVersion", "1.0"), doc("hardwareVersion", "2.0")}},
		"the same at more length":         {"", []device.Observation{rows("Firmware Version", "1.10"), rows("Firmware Version", "1.10.2")}},
		"the same hardware":               {"", []device.Observation{doc("hardwareVersion", "1.0"), doc("hardwareVersion", "V1")}},
		"a line and the model of it":      {"", []device.Observation{rows("Model Name", "Archer"), rows("Model Name", "Archer C7")}},
		"a model without its line":        {"", []device.Observation{saw(device.SourceDeviceInfo, "model", "ZX6000"), saw(device.SourceDeviceInfo, "model", "Stargate ZX6000")}},
		"a page against a document":       {"", []device.Observation{saw(device.SourceDeviceInfo, "vendor", "D-Link", "model", "DIR-615", "firmwareVersion", "1.10"), rows("Firmware Version", "2.05")}},
		"a page against a maker's answer": {"", []device.Observation{saw(device.SourceHNAP, "VendorName", "D-Link", "ModelName", "DIR-860L", "FirmwareVersion", "1.10"), rows("Firmware Version", "2.05")}},
	} {
		t.Run(name, func(t *testing.T) {
			for range 2 {
				id, found := identify(c.obs...), false
				for _, d := range id.Doubts {
					found = found || d.Part == c.part && len(d.Values) == 2
					if d.Part != c.part && len(d.Values) > 1 {
						t.Errorf("a doubt about %v", d)
					}
				}
				if found != (c.part != "") {
					t.Errorf("doubts %v, want one about %q", id.Doubts, c.part)
				}
				c.obs[0], c.obs[1] = c.obs[1], c.obs[0]
			}
		})
	}
}

// Package device holds what was seen on the network and which sightings are one
// box: observations, devices and the identity that fingerprint reads from them.
//
// It promises that nothing an outsider sent is changed here: values stay as they
// came and are only cleaned when shown. It refuses to open sockets, to read the
// clock and to judge. The names in JSON are those under which history keeps what was
// seen; they never change.
package device

import (
	"net/netip"
	"strings"
	"time"
)

// Sources of an observation: the protocol or place that said something. The
// source also prefixes the name of a field wherever a field is named from
// outside ("upnp.modelName", "mdns.txt.model").
const (
	SourceSSDP      = "ssdp"      // one SSDP reply or NOTIFY; fields are the lower-case header names (server, location, st, nt, usn, ...); one repeated with another value is name#2, name#3, ...
	SourceUPnP      = "upnp"      // one <device> of a description; fields are its element names as written (modelName, UDN, firmwareVersion, systemVersion.Display, ...), plus url (of the description), depth (0 = root device) and services (service types); an element repeated with another value is name#2, name#3, ...
	SourceMDNS      = "mdns"      // one DNS-SD service instance; fields service ("_http._tcp"), instance (printed escapes undone), host, port, addresses (what A and AAAA say of host, separated by spaces), txt.<lower-case key>, txt (a string without "="), hinfo.cpu, hinfo.os; a host without services has only host, addresses and hinfo
	SourceHTTP      = "http"      // one HTTP or RTSP response; fields url, path, proto, status, server (further ones server#2, ...), realm, title, body (text, bounded), header.<lower-case name>, and over TLS what the certificate is called: certificate.cn, .o, .ou, .dns, .issuer
	SourceNeighbour = "neighbour" // the system's neighbour (ARP, NDP) table; Addr and MAC, field vendor (MAC prefix owner, a hint)
	SourceRoute     = "route"     // the system's routing table; field gateway = interface name for a default gateway
	SourceTyped     = "typed"     // a person typed the address to look at; no fields
	SourceLabel     = "label"     // a person read the label; fields vendor, model, revision, firmware, kind

	SourceWSD            = "wsd"            // WS-Discovery ProbeMatch (UDP 3702); fields types, scopes, xaddrs, address, scope.<lower-case category> (scope.hardware, scope.name, ...; unescaped)
	SourceONVIF          = "onvif"          // ONVIF GetDeviceInformation; fields Manufacturer, Model, FirmwareVersion, HardwareId
	SourceSADP           = "sadp"           // Hikvision SADP (UDP 37020); fields are element names (DeviceDescription, SoftwareVersion, ...)
	SourceDHIP           = "dhip"           // Dahua DHDiscover (UDP 37810); fields are the keys below deviceInfo (DeviceType, Version, Vendor, ...)
	SourceUbiquiti       = "ubnt"           // Ubiquiti discovery (UDP 10001); fields model, platform (short code), firmware, version, name, essid
	SourceMNDP           = "mndp"           // MikroTik neighbour discovery (UDP 5678); fields identity, version, platform, board, interface, software_id, uptime (s)
	SourceKasa           = "kasa"           // TP-Link Kasa get_sysinfo (UDP 9999); fields are the JSON keys (model, sw_ver, hw_ver, ...)
	SourceTDP            = "tdp"            // TP-Link TDP (UDP 20002), outer JSON; fields are the keys below result (device_model, firmware_version, ...)
	SourceInfosvr        = "infosvr"        // ASUS infosvr (UDP 9999); fields ProductID, FirmwareVersion
	SourceFoscam         = "foscam"         // Foscam discovery (UDP 10000) or get_status.cgi; fields name, firmware, web
	SourceDVRIP          = "dvrip"          // Xiongmai discovery (UDP 34569); fields HostName, ChannelNum, BuildDate
	SourcePPPP           = "pppp"           // PPPP discovery (UDP 32108); field prefix, the manufacturer's part of the camera's number
	SourceReolink        = "reolink"        // Reolink discovery (UDP 2000); fields type (1 camera, 2 recorder), name
	SourceV380           = "v380"           // V380 discovery (UDP 10008); field result, of unknown meaning
	SourceBoxinfo        = "boxinfo"        // FRITZ!Box jason_boxinfo.xml; fields Name, HW, Version, Revision, ...
	SourceCurrentSetting = "currentsetting" // NETGEAR currentsetting.htm; fields are the keys (Firmware, Model, RegionTag)
	SourceHNAP           = "hnap"           // HNAP1 GetDeviceSettings; fields are element names (ModelName, FirmwareVersion, VendorName, ...)
	SourceJNAP           = "jnap"           // Linksys JNAP GetDeviceInfo; fields are the keys below output
	SourceNIPCA          = "nipca"          // D-Link camera /common/info.cgi; fields are the keys (model, version, ...)
	SourceAxis           = "axis"           // Axis basicdeviceinfo.cgi; fields are the keys below propertyList (ProdNbr, Version, ...)
	SourceGoogleWifi     = "googlewifi"     // Google/Nest Wifi /api/v1/status; fields are dotted JSON paths (software.softwareVersion, system.modelId)
	SourceDeviceInfo     = "deviceinfo"     // any other document in XML, JSON or lines of "key: value" that a device gives about itself (Roku, HEOS, Zyxel, ...); fields are dotted paths of elements or keys below the root
	SourceXiaomi         = "xiaomi"         // Xiaomi init_info; fields hardware, model, romversion, ... (never the serial)
)

// An Observation is one thing one protocol said, once, verbatim.
type Observation struct {
	At        time.Time         `json:"at,omitzero"`         // when it was received
	Source    string            `json:"source"`              // one of the Source constants
	Interface string            `json:"interface,omitempty"` // the interface it came in on, "" if not known
	Addr      netip.Addr        `json:"address,omitzero"`    // who sent the bytes, with zone for link-local IPv6; never a claim inside them
	MAC       string            `json:"mac,omitempty"`       // "aa:bb:cc:dd:ee:ff" or ""
	Key       string            `json:"key,omitempty"`       // the protocol's own identity: root UDN without "uuid:", lower case; full instance name; ""
	Fields    map[string]string `json:"fields,omitempty"`    // values untouched, UTF-8; named without the source
	Raw       [][]byte          `json:"raw,omitempty"`       // the packets, or the one HTTP exchange, it was read from, bounded; for evidence and for recording
}

// Get returns a field, "" when it was not said.
func (o Observation) Get(field string) string { return o.Fields[field] }

// UDN is the name that a box gives itself in UPnP, in lower case; "" where it gives none
// that tells it from others: boxes were seen that all announce "uuid:0" or a bare word.
func (o Observation) UDN() string {
	if (o.Source == SourceSSDP || o.Source == SourceUPnP) && len(o.Key) >= minUDN {
		return strings.ToLower(o.Key)
	}
	return ""
}

// minUDN is the length below which a UDN names nobody.
const minUDN = 12

// A Kind is what sort of thing a device is. The zero value is Unknown.
type Kind string

// The kinds, as they are printed by houdbaarctl and stored.
const (
	Unknown     Kind = ""
	Router      Kind = "router"
	Gateway     Kind = "gateway" // a router with a modem in it, usually a provider's
	Mesh        Kind = "mesh"
	AccessPoint Kind = "access_point"
	Extender    Kind = "extender"
	Modem       Kind = "modem"
	Camera      Kind = "camera"
	Doorbell    Kind = "doorbell"
	NVR         Kind = "nvr"
	NAS         Kind = "nas"
	Printer     Kind = "printer"
	TV          Kind = "tv"
	Speaker     Kind = "speaker"
	Phone       Kind = "phone"
	Computer    Kind = "computer"
	Light       Kind = "light"
	Plug        Kind = "plug"
	Console     Kind = "console"
	Other       Kind = "other"
)

// Kinds are all the kinds but Unknown, which is no kind to give.
var Kinds = []Kind{Router, Gateway, Mesh, AccessPoint, Extender, Modem, Camera, Doorbell, NVR, NAS,
	Printer, TV, Speaker, Phone, Computer, Light, Plug, Console, Other}

// String returns the kind's printed name; the zero value is "unknown".
func (k Kind) String() string {
	if k == Unknown {
		return "unknown"
	}
	return string(k)
}

// Typed begins the ID of a device from which no packet came: a person typed its label.
const Typed = "typed-"

// A Class groups kinds by how they are judged.
type Class uint8

// The classes. ClassUnknown may be anything, so it is treated as one that matters.
const (
	ClassUnknown Class = iota
	ClassNetwork       // routers and what extends them
	ClassCamera        // cameras, doorbells, recorders
	ClassNAS
	ClassOther // clearly something else: listed apart, never judged
)

// Class returns the class of k.
func (k Kind) Class() Class {
	switch k {
	case Router, Gateway, Mesh, AccessPoint, Extender, Modem:
		return ClassNetwork
	case Camera, Doorbell, NVR:
		return ClassCamera
	case NAS:
		return ClassNAS
	case Unknown:
		return ClassUnknown
	}
	return ClassOther
}

// A Device is one box: all observations that Correlate found to be about it.
type Device struct {
	ID           string        `json:"id"`                  // stable between scans: from MAC, else UDN or serial, else address
	Addrs        []netip.Addr  `json:"addresses,omitempty"` // sorted, IPv4 first
	MAC          string        `json:"mac,omitempty"`       // "" if not known
	Gateway      bool          `json:"gateway,omitempty"`   // a default gateway of this computer
	Observations []Observation `json:"observations,omitempty"`
}

// A Part is one part of an identity.
type Part string

// The parts of an identity that evidence can be about.
const (
	PartVendor   Part = "vendor"
	PartModel    Part = "model"
	PartRevision Part = "hardware_revision"
	PartFirmware Part = "firmware"
	PartKind     Part = "kind"
	PartName     Part = "name"
	PartProvider Part = "provider"
	PartSoftware Part = "software"
)

// Evidence says which field gave which part of an identity.
type Evidence struct {
	Part   Part       `json:"part"`             // what it gave
	Gives  string     `json:"gives,omitempty"`  // the normalised value it gave
	Rule   string     `json:"rule,omitempty"`   // the fingerprint rule, "vendor/rule"
	Source string     `json:"source,omitempty"` // the observation's source
	Field  string     `json:"field,omitempty"`  // the observation's field
	Value  string     `json:"value,omitempty"`  // the raw value
	Addr   netip.Addr `json:"address,omitzero"` // who said it
	At     time.Time  `json:"at,omitzero"`
}

// ByPerson is the evidence that a person gave the parts of an identity, from a label, at
// a moment.
func ByPerson(id Identity, at time.Time) []Evidence {
	var out []Evidence
	say := func(part Part, field, value string) {
		if value != "" {
			out = append(out, Evidence{Part: part, Gives: value, Source: SourceLabel, Field: field, Value: value, At: at})
		}
	}
	say(PartVendor, "vendor", id.Vendor)
	say(PartModel, "model", id.Model)
	say(PartRevision, "revision", id.Revision)
	say(PartFirmware, "firmware", id.Firmware)
	say(PartKind, "kind", string(id.Kind))
	return out
}

// A Doubt is a part on which a device contradicts itself (or somebody speaks in
// its name): the values, strongest first. A single value is likely and not said: a maker
// who was guessed from the model.
type Doubt struct {
	Part   Part     `json:"part"`
	Values []string `json:"values,omitempty"`
}

// A Hint is a sign of age or origin that is never a verdict, such as an old
// kernel in a SERVER header.
type Hint struct {
	Code  string `json:"code"` // "old_kernel", "old_miniupnpd", "old_date", "mac_vendor", "random_mac", ...
	Value string `json:"value,omitempty"`
}

// HintKeptApart is the hint that a silent device is most likely nothing that is
// judged; fingerprint's hardware.go has the rule.
const HintKeptApart = "kept_apart"

// Identity is who a device says it is, in the spelling of the catalogue. Empty
// strings are "not known".
type Identity struct {
	Vendor          string     `json:"vendor,omitempty"`
	Model           string     `json:"model,omitempty"`
	Revision        string     `json:"hardware_revision,omitempty"` // hardware revision as the label has it: "B1", "V5", "2.0"
	Firmware        string     `json:"firmware,omitempty"`          // raw, as the device said it
	FirmwareDisplay string     `json:"firmware_display,omitempty"`  // as the label and the vendor's page write it: "FRITZ!OS 7.57"
	Kind            Kind       `json:"kind,omitempty"`
	Name            string     `json:"name,omitempty"`         // what people call it: friendlyName, instance; hostile text
	Provider        string     `json:"provider,omitempty"`     // "KPN", "Ziggo", ... when it is a provider's box
	Software        string     `json:"software,omitempty"`     // third-party firmware: "OpenWrt", "DD-WRT", "FreshTomato", "Asuswrt-Merlin"
	Corrected       bool       `json:"corrected,omitempty"`    // a person said so
	CorrectedBy     string     `json:"corrected_by,omitempty"` // who, "" = not said
	CorrectedAt     time.Time  `json:"corrected_at,omitzero"`
	Evidence        []Evidence `json:"evidence,omitempty"`
	Doubts          []Doubt    `json:"doubts,omitempty"`
	Hints           []Hint     `json:"hints,omitempty"`
}

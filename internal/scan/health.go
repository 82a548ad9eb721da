package scan

import "net/netip"

// A Health is what a test of the searching found.
type Health struct {
	System     string // "linux", "windows", "darwin", ...
	Interfaces []TestedInterface
	Gateway    netip.Addr // the way out, as this computer knows it; zero = none
	Reached    bool       // the gateway's hardware address is known: it is there
	UPnP       bool       // the gateway answered UPnP
	Neighbours int        // devices on the link besides this computer and the gateway
	Answers    int        // of them, those that said anything
	Grouped    bool       // somebody answered what was sent to a group (multicast)
	WayOut     string     // why the interface that leads elsewhere is not used: "tunnel", ... or ""
	WayHome    string     // the same for the interface that leads to the home's own addresses
	Dropped    bool       // the system drops what the home answers, as it would send there another way
	OtherWay   bool       // the same, and the other way leads home too and was only not chosen
	Refused    bool       // the system refused to send to the own network
	Outside    netip.Addr // the gateway's address on its other side, if it told
}

// A TestedInterface is an interface and how its own test went.
type TestedInterface struct {
	Interface
	TestSent, TestHeard int
	Replies             int // datagrams that answered questions to everybody
}

// The diagnoses, each with a sentence "doctor.<code>" and a fix "doctor.<code>.fix".
const (
	DoctorNoNetwork = "no_network"
	DoctorMacOS     = "macos_permission"
	DoctorFirewall  = "firewall"
	DoctorPart      = "firewall_part" // answers come in, what is said to everybody does not
	DoctorDropped   = "dropped"
	DoctorOtherWay  = "other_way"
	DoctorVPN       = "vpn"
	DoctorIsolated  = "isolated"
	DoctorNoRouter  = "no_router"
	DoctorMulticast = "multicast"
	DoctorUPnPOff   = "upnp_off"
	DoctorDoubleNAT = "double_nat"
	DoctorOK        = "ok"
)

// Diagnosis says what is wrong, the gravest first; DoctorOK alone when nothing is.
// What follows from a graver thing is not said as well.
func (h Health) Diagnosis() []string {
	used, testSent, testHeard, replies := 0, 0, 0, 0
	for _, i := range h.Interfaces {
		if i.Used {
			used++
			testSent, testHeard, replies = testSent+i.TestSent, testHeard+i.TestHeard, replies+i.Replies
		}
	}
	tunnel := h.WayOut == "tunnel" || h.WayHome == "tunnel"
	var found []string
	switch {
	case used == 0 && tunnel:
		return []string{DoctorVPN}
	case used == 0:
		return []string{DoctorNoNetwork}
	case h.System == "darwin" && h.Refused && h.Answers == 0:
		// Apple TN3179: without the permission, sending fails so.
		return []string{DoctorMacOS}
	}
	deaf := testSent > 0 && testHeard == 0
	mute := h.Refused && testSent == 0 && !tunnel // a VPN's own firewall goes with it
	if deaf && replies == 0 || mute {
		found = append(found, DoctorFirewall)
	}
	switch {
	case h.Dropped:
		found = append(found, DoctorDropped)
	case h.OtherWay:
		found = append(found, DoctorOtherWay)
	case tunnel:
		found = append(found, DoctorVPN)
	}
	if len(found) == 0 {
		switch {
		case h.Reached && h.Neighbours == 0:
			found = append(found, DoctorIsolated)
		case !h.Reached:
			found = append(found, DoctorNoRouter)
		case h.Answers > 0 && !h.Grouped && !deaf:
			found = append(found, DoctorMulticast)
		case !h.UPnP:
			found = append(found, DoctorUPnPOff)
		}
	}
	if deaf && replies > 0 {
		found = append(found, DoctorPart)
	}
	if h.Outside.IsPrivate() {
		found = append(found, DoctorDoubleNAT)
	}
	if len(found) == 0 {
		found = []string{DoctorOK}
	}
	return found
}

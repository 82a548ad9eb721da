package lan

import (
	"net"

	"github.com/gopacket/gopacket/macs"
)

// Maker returns to whom the IEEE gave the first half of a hardware address, as the
// IEEE writes it: who made the network part, and often, not always, the device.
// It is "" for an address that is locally administered (see Random), of which nobody
// gave out anything, and for one that is unknown. The list is the one in gopacket,
// taken from standards-oui.ieee.org; blocks smaller than 24 bits are not in it.
func Maker(mac string) string {
	m, err := net.ParseMAC(mac)
	if err != nil || !validMAC(m) || m[0]&2 != 0 {
		return ""
	}
	if owner := macs.ValidMACPrefixMap[[3]byte(m[:3])]; owner != "IEEE Registration Authority" && owner != "Private" {
		return owner
	}
	return ""
}

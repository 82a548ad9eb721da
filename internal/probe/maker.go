package probe

import (
	"strings"

	"houdbaar/internal/device"
)

// makers are the beginnings, in lower case, of the names of those who make routers,
// cameras or network drives, as the IEEE writes them, and the vendor whose doors
// their devices have; "" = only a front page. It is for devices that say nothing:
// the owner of the hardware address is then all that is known, and enough to
// ask, never to name. Makers whose name is on telephones too are not among them.
var makers = []struct{ owner, vendor string }{
	{"avm ", "AVM"}, {"netgear", "NETGEAR"}, {"d-link", "D-Link"}, {"cisco-linksys", "Linksys"}, {"the linksys", "Linksys"},
	{"belkin", "Belkin"}, {"axis communications", "Axis"}, {"trendnet", "TRENDnet"}, {"beijing xiaomi electronics", "Xiaomi"},
	{"tp-link", ""}, {"tplink", ""}, {"mercusys", ""}, {"asustek", ""}, {"zyxel", ""}, {"ubiquiti", ""}, {"routerboard", ""}, {"mikrotik", ""},
	{"draytek", ""}, {"tenda", ""}, {"shen zhen tenda", ""}, {"edimax", ""}, {"sitecom", ""}, {"buffalo", ""}, {"keenetic", ""}, {"devolo", ""},
	{"arcadyan", ""}, {"sagemcom", ""}, {"technicolor", ""}, {"vantiva", ""}, {"compal broadband", ""}, {"arris", ""}, {"humax", ""},
	{"fiberhome", ""}, {"zte", ""}, {"gl technologies", ""},
	{"hangzhou hikvision", ""}, {"hangzhou ezviz", ""}, {"zhejiang dahua", ""}, {"amcrest", ""}, {"reolink", ""}, {"foscam", ""},
	{"vivotek", ""}, {"hanwha", ""}, {"mobotix", ""}, {"geovision", ""}, {"swann", ""}, {"arlo", ""},
	{"synology", ""}, {"qnap", ""}, {"western digital", ""},
}

// made reports whether d is silent and its hardware address belongs to one of makers,
// and the vendor whose doors it may have.
func made(d device.Device) (vendor string, ok bool) {
	if announced(d) {
		return "", false
	}
	for _, o := range d.Observations {
		owner := strings.ToLower(o.Get("vendor"))
		if o.Source != device.SourceNeighbour || owner == "" {
			continue
		}
		for _, m := range makers {
			if strings.HasPrefix(owner, m.owner) {
				return m.vendor, true
			}
		}
	}
	return "", false
}

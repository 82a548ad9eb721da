package scan

import (
	"net/netip"
	"slices"
	"testing"
)

func TestDiagnosis(t *testing.T) {
	ears := []TestedInterface{{Interface: Interface{Name: "eth0", Used: true, Sent: 80, Heard: 40}, TestSent: 3, TestHeard: 3}}
	deaf := []TestedInterface{{Interface: Interface{Name: "eth0", Used: true, Sent: 80}, TestSent: 3}}
	mute := []TestedInterface{{Interface: Interface{Name: "eth0", Used: true}}}
	half := []TestedInterface{{Interface: Interface{Name: "eth0", Used: true, Sent: 80, Heard: 9}, TestSent: 3, Replies: 9}}
	well := Health{System: "linux", Interfaces: ears, Gateway: netip.MustParseAddr("192.168.1.1"), Reached: true, UPnP: true, Neighbours: 9, Answers: 5, Grouped: true}
	for name, c := range map[string]struct {
		change func(*Health)
		want   []string
	}{
		"nothing is wrong":                                    {func(h *Health) {}, []string{DoctorOK}},
		"no interface is used":                                {func(h *Health) { h.Interfaces = nil }, []string{DoctorNoNetwork}},
		"the only interface is a tunnel":                      {func(h *Health) { h.Interfaces, h.WayOut = nil, "tunnel" }, []string{DoctorVPN}},
		"a firewall":                                          {func(h *Health) { h.Interfaces, h.UPnP, h.Answers = deaf, false, 0 }, []string{DoctorFirewall}},
		"a firewall that lets answers in":                     {func(h *Health) { h.Interfaces = half }, []string{DoctorPart}},
		"the same, and the router is silent":                  {func(h *Health) { h.Interfaces, h.UPnP = half, false }, []string{DoctorUPnPOff, DoctorPart}},
		"a firewall and a VPN":                                {func(h *Health) { h.Interfaces, h.WayOut = deaf, "tunnel" }, []string{DoctorFirewall, DoctorVPN}},
		"a firewall that lets nothing out":                    {func(h *Health) { h.Interfaces, h.Refused, h.Reached, h.UPnP = mute, true, false, false }, []string{DoctorFirewall}},
		"a VPN that lets nothing else out":                    {func(h *Health) { h.Interfaces, h.Refused, h.WayOut = mute, true, "tunnel" }, []string{DoctorVPN}},
		"a VPN":                                               {func(h *Health) { h.WayOut = "tunnel" }, []string{DoctorVPN}},
		"a VPN holds the home's addresses":                    {func(h *Health) { h.WayHome = "tunnel" }, []string{DoctorVPN}},
		"answers are dropped, as one way home was not chosen": {func(h *Health) { h.WayHome, h.OtherWay, h.Reached = "not_chosen", true, false }, []string{DoctorOtherWay}},
		"a VPN, and answers are dropped":                      {func(h *Health) { h.WayHome, h.Dropped, h.Reached = "tunnel", true, false }, []string{DoctorDropped}},
		"the way out is a container's":                        {func(h *Health) { h.WayOut = "container" }, []string{DoctorOK}},
		"macOS does not allow it":                             {func(h *Health) { h.System, h.Refused, h.Answers = "darwin", true, 0 }, []string{DoctorMacOS}},
		"macOS refused once, and devices answer":              {func(h *Health) { h.System, h.Refused = "darwin", true }, []string{DoctorOK}},
		"no route to host elsewhere is no macOS":              {func(h *Health) { h.Refused, h.Answers = true, 0 }, []string{DoctorOK}},
		"guest Wi-Fi":                                         {func(h *Health) { h.Neighbours, h.Answers = 0, 0 }, []string{DoctorIsolated}},
		"the router is silent":                                {func(h *Health) { h.UPnP = false }, []string{DoctorUPnPOff}},
		"nobody hears what is sent to a group":                {func(h *Health) { h.Grouped = false }, []string{DoctorMulticast}},
		"nor does the router":                                 {func(h *Health) { h.Grouped, h.UPnP = false, false }, []string{DoctorMulticast}},
		"the router is not even there":                        {func(h *Health) { h.Reached, h.UPnP = false, false }, []string{DoctorNoRouter}},
		"a second router":                                     {func(h *Health) { h.Outside = netip.MustParseAddr("192.168.178.2") }, []string{DoctorDoubleNAT}},
		"a provider's shared address":                         {func(h *Health) { h.Outside = netip.MustParseAddr("100.64.3.2") }, []string{DoctorOK}},
		"a public address":                                    {func(h *Health) { h.Outside = netip.MustParseAddr("203.0.113.9") }, []string{DoctorOK}},
	} {
		h := well
		c.change(&h)
		if got := h.Diagnosis(); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestAQuestionAsText(t *testing.T) {
	for want, b := range map[string][]byte{
		"":                         nil,
		"GET / HTTP":               []byte("GET / HTTP"),
		"a\nb":                     []byte("a\r\nb"),
		"01 00 00 00":              {1, 0, 0, 0},
		"0c 15 and 510 times 00":   append([]byte{0x0c, 0x15}, make([]byte, 510)...),
		"4d 4f 5f 49 00 00 01":     []byte("MO_I\x00\x00\x01"),
		"{path} and {\"a\":\"b\"}": []byte(`{path} and {"a":"b"}`),
	} {
		if got := (Question{Bytes: b}).Text(); got != want {
			t.Errorf("%q is shown as %q, want %q", b, got, want)
		}
	}
}

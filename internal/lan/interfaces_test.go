package lan

import (
	"net/netip"
	"testing"
)

func iface(name string, prefixes ...string) Interface {
	i := Interface{Name: name, Index: 7, up: true, multicast: true, count: new(counters)}
	for _, p := range prefixes {
		i.Prefixes = append(i.Prefixes, netip.MustParsePrefix(p))
	}
	return i
}

func TestWhyAnInterfaceIsNotUsed(t *testing.T) {
	home := "192.168.178.20/24"
	for name, c := range map[string]struct {
		i        Interface
		o        Options
		isWayOut bool
		want     string
	}{
		"a wired one with an address is used":              {i: iface("enp3s0", home)},
		"one with IPv6 alone is used":                      {i: iface("eth0", "fe80::1/64")},
		"the loopback is not":                              {i: Interface{Name: "lo", up: true, loopback: true}, want: "loopback"},
		"unless a test wants it":                           {i: Interface{Name: "lo", up: true, loopback: true}, o: Options{Loopback: true}},
		"and then nothing else is":                         {i: iface("eth0", home), o: Options{Loopback: true}, want: "not_chosen"},
		"one that is down":                                 {i: Interface{Name: "eth1"}, want: "down"},
		"one without an address":                           {i: iface("eth0"), want: "no_address"},
		"one that cannot do multicast":                     {i: Interface{Name: "eth0", up: true, Prefixes: iface("", home).Prefixes}, want: "no_multicast"},
		"a point-to-point line of any name is a tunnel":    {i: Interface{Name: "work", up: true, leadsAway: true}, want: "tunnel"},
		"WireGuard by name":                                {i: iface("wg0", home), want: "tunnel"},
		"a tap":                                            {i: iface("tap0", home), want: "tunnel"},
		"Tailscale on Windows":                             {i: iface("Tailscale", home), want: "tunnel"},
		"macOS's tunnel":                                   {i: iface("utun4", home), want: "tunnel"},
		"a tunnel that is the way out is still a tunnel":   {i: iface("wg0", home), isWayOut: true, want: "tunnel"},
		"Docker's bridge":                                  {i: iface("docker0", home), want: "container"},
		"a Docker network":                                 {i: iface("br-1a2b3c4d5e6f", home), want: "container"},
		"libvirt's bridge":                                 {i: iface("virbr0", home), want: "container"},
		"libvirt's to a machine, which a program made":     {i: Interface{Name: "vnet0", up: true, multicast: true, leadsAway: true}, want: "container"},
		"Podman's":                                         {i: iface("podman1", home), want: "container"},
		"WSL's switch":                                     {i: iface("vEthernet (WSL)", home), want: "container"},
		"OpenWrt's br-lan, which is the way out, is used":  {i: iface("br-lan", home), isWayOut: true},
		"a bridge of one's own, br0, is used":              {i: iface("br0", home)},
		"a tunnel that was chosen is used":                 {i: iface("wg0", home), o: Options{Interfaces: []string{"wg0"}}},
		"one that was not chosen":                          {i: iface("eth0", home), o: Options{Interfaces: []string{"wlan0"}}, want: "not_chosen"},
		"a chosen one that is down":                        {i: Interface{Name: "eth1"}, o: Options{Interfaces: []string{"eth1"}}, want: "down"},
		"a name that only begins like a tunnel's is used":  {i: iface("tungsten-lan", home)},
		"wlan is not wg":                                   {i: iface("wlp2s0", home)},
		"Windows' Wi-Fi is used":                           {i: iface("Wi-Fi", home)},
		"a VirtualBox adapter":                             {i: iface("VirtualBox Host-Only Network", home), want: "container"},
		"a phone's tethering (usb0), which is a LAN, used": {i: iface("usb0", home)},
	} {
		t.Run(name, func(t *testing.T) {
			if got := why(c.i, c.o, c.isWayOut); got != c.want {
				t.Errorf("why = %q; want %q", got, c.want)
			}
		})
	}
}

func TestSourcesAreOneAddressASubnet(t *testing.T) {
	i := iface("eth0", "169.254.3.4/16", "192.168.1.2/24", "192.168.1.3/24", "10.0.0.5/8", "2001:db8::5/64", "fe80::5/64", "fe80::6/64")
	got := i.Sources(false)
	if len(got) != 2 || got[0] != netip.MustParseAddr("192.168.1.2") || got[1] != netip.MustParseAddr("10.0.0.5") {
		t.Errorf("IPv4 sources %v", got)
	}
	if got := i.Sources(true); len(got) != 1 || got[0] != netip.MustParseAddr("fe80::5%eth0") {
		t.Errorf("IPv6 sources %v", got)
	}
	if got := iface("eth0", "169.254.3.4/16").Sources(false); len(got) != 1 {
		t.Errorf("a self-given address alone: %v; want it", got)
	}
}

func TestWhatIsLocal(t *testing.T) {
	n := &Network{interfaces: []Interface{iface("eth0", "192.168.1.20/24", "10.9.9.1/30", "203.0.113.5/24", "2001:db8:1::20/64", "fe80::20/64", "10.0.0.1/7")}}
	for a, want := range map[string]bool{
		"192.168.1.1":            true,
		"192.168.1.254":          true,
		"192.168.1.20":           true, // this computer: its own media server answers searches too
		"192.168.1.255":          false,
		"192.168.1.0":            false,
		"192.168.2.1":            false,
		"10.9.9.2":               true,
		"10.9.9.3":               false,
		"11.0.0.1":               false, // a prefix no home has
		"203.0.113.6":            false, // on the link, but public: strangers, not the home
		"8.8.8.8":                false,
		"127.0.0.1":              false,
		"0.0.0.0":                false,
		"169.254.169.254":        false,
		"239.255.255.250":        false,
		"2001:db8:1::1":          true,
		"2001:db8:2::1":          false,
		"2001:db8:1::1%eth0":     false,
		"fe80::1%eth0":           true,
		"fe80::1":                false,
		"fe80::1%eth1":           false,
		"::1":                    false,
		"::":                     false,
		"::ffff:192.168.1.1":     false,
		"::ffff:127.0.0.1":       false,
		"64:ff9b::c0a8:101":      false,
		"ff02::1%eth0":           false,
		"fec0::1":                false,
		"2002:c0a8:0101::1":      false,
		"fd00:1:2:3::1":          false,
		"::192.168.1.1":          false,
		"::ffff:0:192.168.1.1":   false,
		"2001:db8:1:0:0:0:0:abc": true,
	} {
		if _, got := n.Local(netip.MustParseAddr(a)); got != want {
			t.Errorf("Local(%s) = %v; want %v", a, got, want)
		}
	}
	if _, got := n.Local(netip.Addr{}); got {
		t.Error("no address at all is local")
	}
}

func TestAnAllowanceEndsAndIsPartOfItsParents(t *testing.T) {
	i := iface("eth0", "192.168.1.20/24")
	n := &Network{interfaces: []Interface{i}}
	whole := n.Allow(3)
	part := whole.Allow(2)
	for k, want := range []error{nil, nil, ErrAllowance} {
		if err := part.Claim(i); err != want {
			t.Errorf("part, packet %d: %v; want %v", k+1, err, want)
		}
	}
	for k, want := range []error{nil, ErrAllowance} {
		if err := whole.Claim(i); err != want {
			t.Errorf("whole, packet %d: %v; want %v", k+1, err, want)
		}
	}
	if n.Sent() != 3 || i.Sent() != 3 {
		t.Errorf("%d packets counted; want 3", n.Sent())
	}
}

func TestOnlyAnInterfaceOfTheHomeStandsInForTheChosenOne(t *testing.T) {
	home := "192.168.178.20/24"
	for name, c := range map[string]struct {
		i    Interface
		want bool
	}{
		"the cable beside Wi-Fi":       {iface("eth0", home), true},
		"a VPN with the same subnet":   {iface("tun0", home), false},
		"a program's, by its flag":     {Interface{Name: "office", up: true, multicast: true, leadsAway: true, Prefixes: iface("", home).Prefixes}, false},
		"one in another subnet":        {iface("eth1", "10.0.0.2/24"), false},
		"a bridge to virtual machines": {iface("virbr0", home), false},
	} {
		if got := c.i.leadsHome(netip.MustParseAddr("192.168.178.1")); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

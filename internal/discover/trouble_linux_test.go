package discover

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"maps"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/lab"
	"houdbaar/internal/lan"
)

// plugIn gives the client another interface, eth1 with 10.78.0.100, on the other
// end of which 10.78.0.7 describes itself as name.
func plugIn(t *testing.T, n *lab.Net, name string) *lab.Host {
	t.Helper()
	h := n.Host("elsewhere", 77, "")
	anchor := exec.Command("sleep", "600")
	h.Start(anchor)
	n.Client.IP(
		fmt.Sprintf("link add eth1 type veth peer name eth9 netns %d", anchor.Process.Pid),
		"link set eth1 addrgenmode none", "addr add 10.78.0.100/24 dev eth1", "link set eth1 up")
	h.IP("addr add 10.78.0.7/24 dev eth9", "link set eth9 up")
	serve(t, h, "eth9", "10.78.0.7", description(name, "11111111-0000-4000-8000-000000000007", root))
	return h
}

// serve has h answer searches on an interface, from its first address there, and give the
// description at another or the same.
func serve(t *testing.T, h *lab.Host, name, at string, s lab.Script) {
	t.Helper()
	moved := func(b []byte) []byte { return bytes.ReplaceAll(b, []byte(home), []byte(at)) }
	var udp *net.UDPConn
	var tcp net.Listener
	h.Do(func() (err error) {
		ifi, err := net.InterfaceByName(name)
		if err != nil {
			return err
		}
		if udp, err = net.ListenMulticastUDP("udp4", ifi, &net.UDPAddr{IP: net.IPv4(239, 255, 255, 250), Port: 1900}); err != nil {
			return err
		}
		tcp, err = net.Listen("tcp4", at+":5000")
		return err
	})
	t.Cleanup(func() { udp.Close(); tcp.Close() })
	go func() {
		for b := make([]byte, 2048); ; {
			k, from, err := udp.ReadFrom(b)
			if err != nil {
				return
			}
			if bytes.Contains(b[:k], []byte(root)) {
				udp.WriteTo(moved(s.SSDP[0]), from)
			}
		}
	}()
	go func() {
		for {
			c, err := tcp.Accept()
			if err != nil {
				return
			}
			http.ReadRequest(bufio.NewReader(c))
			c.Write(moved(s.HTTP[0].Response))
			c.Close()
		}
	}()
}

// Reolink's cameras answer who asked, at a port of their own: of two sockets on that
// port the right one must get it.
func TestWhatIsAnsweredToOurPortIsHeardOnEveryInterface(t *testing.T) {
	t.Parallel()
	lab.Run(t, func(n *lab.Net) {
		n.Play(20, "", lab.Script{Name: "one", UDP: map[uint16][][]byte{2000: {lab.ReolinkReply(1, 1, "One")}}}, lab.Quirks{})
		h := plugIn(t, n, "Camera net")
		var camera net.PacketConn
		h.Do(func() (err error) { camera, err = net.ListenPacket("udp4", "0.0.0.0:2000"); return })
		t.Cleanup(func() { camera.Close() })
		go func() {
			for b := make([]byte, 2048); ; {
				_, from, err := camera.ReadFrom(b)
				if err != nil {
					return
				}
				from.(*net.UDPAddr).Port = 3000
				camera.WriteTo(lab.ReolinkReply(1, 1, "Two"), from)
			}
		}()
		net := open(t)
		r := run(t, net, asking{n: net, voices: new(voices)})
		for addr, want := range map[string][2]string{"10.77.0.20": {"One", "eth0"}, "10.78.0.7": {"Two", "eth1"}} {
			if o := r.has(t, device.SourceReolink, addr, "name="+want[0]); o.Interface != want[1] {
				t.Errorf("%s was heard on %q, want %q", addr, o.Interface, want[1])
			}
		}
	})
}

func TestOneInterfaceThatRefusesIsAProblemAndNotTheEnd(t *testing.T) {
	t.Parallel()
	lab.Run(t, func(n *lab.Net) {
		n.Play(1, "", description("Router 7", "11111111-0000-4000-8000-000000000001", root), lab.Quirks{})
		plugIn(t, n, "Behind the VPN")
		net := open(t)
		n.Client.IP("link set eth1 down") // its sockets open, and then refuse to send
		r := all(t, net)
		r.has(t, device.SourceUPnP, "10.77.0.1", "modelName=Router 7")
		p, ok := r.codes()["interface_failed"]
		if !ok || p.Args["interface"] != "eth1" || p.Detail == "" {
			t.Errorf("problems %+v; want interface_failed of eth1", r.problems)
		}
	})
}

func TestEveryInterfaceIsAskedUnlessSomeAreChosen(t *testing.T) {
	t.Parallel()
	lab.Run(t, func(n *lab.Net) {
		n.Play(1, "", description("Router 7", "11111111-0000-4000-8000-000000000001", root), lab.Quirks{})
		plugIn(t, n, "Camera net")
		net := open(t)
		r := all(t, net)
		r.clean(t)
		r.has(t, device.SourceUPnP, "10.77.0.1", "modelName=Router 7")
		if o := r.has(t, device.SourceUPnP, "10.78.0.7", "modelName=Camera net"); o.Interface != "eth1" {
			t.Errorf("interface %q; want eth1", o.Interface)
		}
		t.Logf("sent %d", net.Sent())

		net = open(t, "eth1", "wlan9")
		r = all(t, net)
		r.has(t, device.SourceUPnP, "10.78.0.7")
		if _, _, ok := r.find("", "10.77.0.1"); ok {
			t.Error("an interface that was not chosen was asked")
		}
		for _, i := range Interfaces(net) {
			if i.Name == "eth0" && (i.Used || i.Why != "not_chosen" || i.Sent != 0) {
				t.Errorf("eth0: %+v; want it not chosen and silent", i)
			}
		}
		if p := r.codes()["interface_missing"]; p.Args["interface"] != "wlan9" {
			t.Errorf("problems %+v; want wlan9 missing", r.problems)
		}
	})
}

func TestWithoutADefaultRouteDevicesAreFoundAllTheSame(t *testing.T) {
	t.Parallel()
	lab.Run(t, func(n *lab.Net) {
		n.Play(11, "", services(t, "cam", "_axis-video._tcp|INVENTED|80|a=b"), lab.Quirks{})
		n.Play(12, "", description("Recorder", "11111111-0000-4000-8000-000000000012", root), lab.Quirks{})
		n.Client.IP("route del default")
		r := all(t, open(t))
		r.has(t, device.SourceMDNS, "10.77.0.11", "service=_axis-video._tcp", "txt.a=b")
		r.has(t, device.SourceUPnP, "10.77.0.12", "modelName=Recorder")
		if _, ok := r.codes()["no_gateway"]; !ok || len(r.problems) != 1 {
			t.Errorf("problems %+v; want no_gateway alone", r.problems)
		}
	})
}

// A VPN may take the home's own addresses too, or those of an office that has the same. Its
// interface has no hardware addresses: whatever is sent through it leaves at once.
func TestAVPNThatTakesTheHomesAddressesGetsNothing(t *testing.T) {
	t.Parallel()
	lab.Run(t, func(n *lab.Net) {
		n.Play(1, "", description("Router 7", "11111111-0000-4000-8000-000000000001", root), lab.Quirks{})
		n.Play(11, "", services(t, "cam", "_axis-video._tcp|INVENTED|80|a=b"), lab.Quirks{})
		n.Host("silent", 30, "")
		n.Client.IP("link add tun0 type veth peer name far0", "link set tun0 addrgenmode none arp off", "link set far0 addrgenmode none up",
			"addr add 10.8.0.2/24 dev tun0", "link set tun0 up")
		for _, taken := range []string{"10.77.0.0/25", "10.77.0.128/25", "0.0.0.0/1", "128.0.0.0/1"} {
			n.Client.IP("route add " + taken + " dev tun0")
		}
		before := carried(t, "tun0")
		net := open(t)
		r := run(t, net, All(net, false)...)
		if k := carried(t, "tun0") - before; k > 0 {
			t.Errorf("%d packets left through the tunnel", k)
		}
		r.has(t, device.SourceUPnP, "10.77.0.1", "modelName=Router 7")
		r.has(t, device.SourceMDNS, "10.77.0.11", "service=_axis-video._tcp")
		r.has(t, device.SourceNeighbour, "10.77.0.30")
		r.clean(t)
	})
}

// Where the system also takes only what comes the way it would send (Linux's rp_filter, strict)
// nothing of that half of the home is heard, and that is said.
func TestAnswersThatTheSystemDropsAreSaid(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		setting, taken string
		want, heard    bool
	}{
		"off":                       {"0", "10.77.0.0/25", false, true},
		"mild":                      {"2", "10.77.0.0/25", false, true},
		"strict":                    {"1", "10.77.0.0/25", true, false},
		"a part without the router": {"1", "10.77.0.64/27", true, true},
	} {
		t.Run(name, func(t *testing.T) {
			lab.Run(t, func(n *lab.Net) {
				n.Play(1, "", description("Router 7", "11111111-0000-4000-8000-000000000001", root), lab.Quirks{})
				n.Client.IP("link add tun0 type veth peer name far0", "link set tun0 addrgenmode none arp off", "link set far0 addrgenmode none up",
					"addr add 10.8.0.2/24 dev tun0", "link set tun0 up", "route add "+c.taken+" dev tun0")
				if err := os.WriteFile("/proc/sys/net/ipv4/conf/all/rp_filter", []byte(c.setting), 0); err != nil {
					t.Fatal(err)
				}
				r := all(t, open(t))
				_, _, heard := r.find(device.SourceUPnP, "10.77.0.1", "modelName=Router 7")
				p, said := r.codes()["answers_dropped"]
				if heard != c.heard || said != c.want || said && (p.Args["interface"] != "eth0" || p.Detail != "tun0") {
					t.Errorf("heard %v, problems %+v; want it said: %v", heard, r.problems, c.want)
				}
			})
		})
	}
}

// A computer with two ways home sends by one. Who chooses the other is told which to choose.
func TestAChosenInterfaceThatIsNotTheWayHomeIsSaid(t *testing.T) {
	t.Parallel()
	lab.Run(t, func(n *lab.Net) {
		n.Play(1, "", description("Router 7", "11111111-0000-4000-8000-000000000001", root), lab.Quirks{})
		n.Client.IP("link add wlan0 type veth peer name far0", "link set far0 up", "addr add 10.77.0.101/24 dev wlan0", "link set wlan0 up")
		if err := os.WriteFile("/proc/sys/net/ipv4/conf/all/rp_filter", []byte("1"), 0); err != nil {
			t.Fatal(err)
		}
		choose := func(name string) *lan.Network {
			net, err := lan.Open(lan.Options{Interfaces: []string{name}})
			if err != nil {
				t.Fatal(err)
			}
			return net
		}
		if deaf := choose("eth0").Deaf(); len(deaf) > 0 { // its other address is no other way
			t.Errorf("eth0 is the way home; yet %+v", deaf)
		}
		r := all(t, choose("wlan0"))
		p, said := r.codes()["other_way_home"]
		if want := map[string]string{"interface": "wlan0", "other": "eth0"}; !said || !maps.Equal(p.Args, want) {
			t.Errorf("problems %+v; want other_way_home with %v", r.problems, want)
		}
		if _, vpn := r.codes()["answers_dropped"]; vpn {
			t.Errorf("problems %+v speak of a VPN", r.problems)
		}
	})
}

// carried returns how many packets this computer sent through an interface.
func carried(t *testing.T, name string) int {
	t.Helper()
	table, err := os.ReadFile("/proc/net/dev")
	if err != nil {
		t.Fatal(err)
	}
	_, line, ok := strings.Cut(string(table), name+":")
	fields := strings.Fields(line)
	if !ok || len(fields) < 10 {
		t.Fatalf("%s is not in\n%s", name, table)
	}
	k, err := strconv.Atoi(fields[9])
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestALinkWithoutIPv4IsSearched(t *testing.T) {
	t.Parallel()
	lab.Run(t, func(n *lab.Net) {
		router := n.Play(1, "", description("Router 7", "11111111-0000-4000-8000-000000000001", root), lab.Quirks{NoIPv4: true, IPv6: true})
		n.Play(11, "", services(t, "cam", "_axis-video._tcp|INVENTED|80|a=b"), lab.Quirks{NoIPv4: true, IPv6: true})
		n.Client.IP("addr del 10.77.0.100/24 dev eth0", "route add ::/0 via "+router.LinkLocal().String()+" dev eth0")
		r := all(t, open(t))
		at := router.LinkLocal().String() + "%eth0"
		r.has(t, device.SourceRoute, at)
		r.has(t, device.SourceSSDP, at)
		r.has(t, device.SourceMDNS, "fe80::ff:fe00:b%eth0", "service=_axis-video._tcp")
		r.clean(t)
	})
}

// A second router in the same home, as a provider's beside one's own, is a way out too.
func TestTwoDefaultGatewaysAreBothRouters(t *testing.T) {
	t.Parallel()
	lab.Run(t, func(n *lab.Net) {
		n.Play(1, "", description("Router 7", "11111111-0000-4000-8000-000000000001", root), lab.Quirks{})
		n.Play(2, "", description("Router 8", "11111111-0000-4000-8000-000000000002", root), lab.Quirks{})
		n.Client.IP("route add default via 10.77.0.2 dev eth0 metric 600")
		r := all(t, open(t))
		r.clean(t)
		gateways := 0
		for _, d := range device.Correlate(r.obs) {
			if d.Gateway {
				gateways++
			}
		}
		if gateways != 2 {
			t.Errorf("%d gateways; want both", gateways)
		}
	})
}

// A plug that does not sit well takes the link away again and again.
func TestALinkThatComesAndGoesLosesNoDevice(t *testing.T) {
	t.Parallel()
	lab.Run(t, func(n *lab.Net) {
		n.Play(1, "", description("Router 7", "11111111-0000-4000-8000-000000000001", root), lab.Quirks{})
		n.Play(11, "", services(t, "cam", "_axis-video._tcp|INVENTED|80|a=b"), lab.Quirks{})
		net := open(t)
		r, wait := start(t, t.Context(), net, All(net, true)...)
		for range 4 {
			n.Client.IP("link set eth0 down")
			time.Sleep(100 * time.Millisecond) // what is tested
			n.Client.IP("link set eth0 up", "route add default via 10.77.0.1 dev eth0")
			time.Sleep(300 * time.Millisecond)
		}
		wait()
		r.has(t, device.SourceUPnP, "10.77.0.1", "modelName=Router 7")
		r.has(t, device.SourceMDNS, "10.77.0.11", "service=_axis-video._tcp")
		if lost := net.Lost(); len(lost) > 0 {
			t.Errorf("lost %v at the end", lost)
		}
	})
}

// Whoever announces a hundred routers does not make the scan ask a hundred.
func TestAHundredGatewaysAreNotAllBelieved(t *testing.T) {
	t.Parallel()
	lab.Run(t, func(n *lab.Net) {
		for i := range 100 {
			n.Client.IP(fmt.Sprintf("route add ::/0 via fe80::%x dev eth0 metric %d", 0x100+i, 1024+i))
		}
		net := open(t)
		r := run(t, net, tables{net})
		gateways := 0
		for _, o := range r.obs {
			if o.Source == device.SourceRoute {
				gateways++
			}
		}
		if _, _, ok := r.find(device.SourceRoute, lab.RouterAddr.String()); !ok || gateways != gatewaysMost {
			t.Errorf("%d gateways; want %d, the one of IPv4 among them", gateways, gatewaysMost)
		}
	})
}

// What a firewall keeps out is not missed in silence. Whoever may answer our own port is heard.
func TestAFirewallThatKeepsAnswersOutIsSaid(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		rule string
		want bool
	}{
		"all that was not asked of a single device": {"meta l4proto udp drop", true},
		"what is said to everybody":                 {"ip daddr != " + lab.ClientAddr.String() + " meta l4proto udp drop", false},
	} {
		t.Run(name, func(t *testing.T) {
			lab.Run(t, func(n *lab.Net) {
				n.Play(1, "", description("Router 7", "11111111-0000-4000-8000-000000000001", root), lab.Quirks{})
				n.Play(12, "", description("Recorder", "11111111-0000-4000-8000-000000000012", root), lab.Quirks{})
				nft := exec.Command(n.Program("nft"), "-f", "-")
				nft.Stdin = strings.NewReader("table inet t {\nchain in {\ntype filter hook input priority 0;\niif lo accept\nct state established,related accept\n" + c.rule + "\n}\n}\n")
				if out, err := nft.CombinedOutput(); err != nil {
					t.Fatalf("nft: %v %s", err, out)
				}
				r := all(t, open(t))
				if _, said := r.codes()["firewall"]; said != c.want {
					t.Errorf("problems %+v; want the firewall said: %v", r.problems, c.want)
				}
			})
		})
	}
}

func TestWithoutANetworkItSaysSo(t *testing.T) {
	lab.Run(t, func(n *lab.Net) {
		n.Client.IP("link set eth0 down")
		r := all(t, open(t))
		if p, ok := r.codes()["no_network"]; !ok || len(r.problems) != 1 || p.Detail != "lo: loopback, eth0: down" {
			t.Errorf("problems %+v; want no_network alone", r.problems)
		}
		if len(r.obs) > 0 {
			t.Errorf("%d observations", len(r.obs))
		}
	})
}

func TestAChosenInterfaceThatIsNotThereIsAllThatIsSaid(t *testing.T) {
	lab.Run(t, func(n *lab.Net) {
		if r := all(t, open(t, "wlan9")); len(r.problems) != 1 || r.problems[0].Code != "interface_missing" {
			t.Errorf("problems %+v; want wlan9 missing alone", r.problems)
		}
	})
}

func TestAnInterfaceThatGoesAwayMeanwhile(t *testing.T) {
	t.Parallel()
	lab.Run(t, func(n *lab.Net) {
		n.Play(1, "", description("Router 7", "11111111-0000-4000-8000-000000000001", root), lab.Quirks{})
		net := open(t)
		n.Client.IP("link del eth0") // as a pulled USB adapter
		r := all(t, net)
		if p := r.codes()["interface_failed"]; p.Args["interface"] != "eth0" {
			t.Errorf("problems %+v; want interface_failed of eth0", r.problems)
		}
	})
}

func TestAnInterfaceThatGoesAwayInTheMiddle(t *testing.T) {
	t.Parallel()
	lab.Run(t, func(n *lab.Net) {
		n.Play(1, "", description("Router 7", "11111111-0000-4000-8000-000000000001", root), lab.Quirks{})
		net := open(t)
		r, wait := start(t, t.Context(), net, All(net, true)...)
		until(t, func() bool { _, _, ok := r.find(device.SourceUPnP, "10.77.0.1"); return ok })
		n.Client.IP("link del eth0")
		wait()
		r.has(t, device.SourceUPnP, "10.77.0.1", "modelName=Router 7")
	})
}

func TestStopSendsNoMoreAndKeepsWhatWasFound(t *testing.T) {
	lab.Run(t, func(n *lab.Net) {
		n.Play(1, "", description("Router 7", "11111111-0000-4000-8000-000000000001", root), lab.Quirks{})
		n.Play(12, "", description("Mute", "11111111-0000-4000-8000-000000000012", root), lab.Quirks{NoAnswer: true})
		ctx, stop := context.WithCancel(t.Context())
		net := open(t)
		r, wait := start(t, ctx, net, All(net, true)...)
		until(t, func() bool { _, _, ok := r.find(device.SourceUPnP, "10.77.0.1"); return ok })
		stop()
		sent := net.Sent()
		wait()
		if later := net.Sent() - sent; later > 16 { // a few were on their way; a whole search sends ten times as many
			t.Errorf("%d packets were sent after the stop", later)
		}
		if len(r.problems) > 0 {
			t.Errorf("stopping is no problem: %+v", r.problems)
		}
		until(t, func() bool {
			stacks := make([]byte, 1<<20)
			return !bytes.Contains(stacks[:runtime.Stack(stacks, true)], []byte("houdbaar/internal/lan."))
		})
	})
}

// A maker's device that answers to a port of its own is not heard where another program
// has it; that is said once, and the rest goes on.
func TestAPortThatMakersAnswerToIsTaken(t *testing.T) {
	t.Parallel()
	lab.Run(t, func(n *lab.Net) {
		n.Play(20, "", lab.Script{Name: "reolink", UDP: map[uint16][][]byte{2000: {lab.ReolinkReply(1, 1, "One")}}}, lab.Quirks{})
		n.Play(21, "", lab.Script{Name: "v380", UDP: map[uint16][][]byte{10008: {lab.V380Reply("1")}}}, lab.Quirks{})
		c, err := net.ListenPacket("udp4", "0.0.0.0:3000")
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		net := open(t)
		r := run(t, net, asking{n: net, voices: new(voices)})
		r.has(t, device.SourceV380, "10.77.0.21")
		if len(r.problems) != 1 || r.problems[0].Code != "announcements_unheard" || r.problems[0].Args["port"] != "3000" {
			t.Errorf("problems %+v; want port 3000 unheard", r.problems)
		}
	})
}

func TestPortsTakenByAGreedyProgramAreAProblemAndNotTheEnd(t *testing.T) {
	t.Parallel()
	lab.Run(t, func(n *lab.Net) {
		n.Play(1, "", description("Router 7", "11111111-0000-4000-8000-000000000001", root), lab.Quirks{})
		n.Play(11, "", services(t, "cam", "_axis-video._tcp|INVENTED|80|a=b", "_http._tcp|INVENTED|80|path=/", "_unheardof._tcp|Thing|99|md=T1"), lab.Quirks{})
		for _, at := range []string{"0.0.0.0:1900", "0.0.0.0:5353"} { // without SO_REUSEADDR
			c, err := net.ListenPacket("udp4", at)
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
		}
		r := all(t, open(t))
		r.has(t, device.SourceUPnP, "10.77.0.1", "modelName=Router 7")
		r.has(t, device.SourceMDNS, "10.77.0.11", "service=_axis-video._tcp", "txt.a=b")
		r.has(t, device.SourceMDNS, "10.77.0.11", "service=_http._tcp", "txt.path=/")
		r.has(t, device.SourceMDNS, "10.77.0.11", "service=_unheardof._tcp", "txt.md=T1")
		ports := map[string]bool{}
		for _, p := range r.problems {
			if p.Code != "announcements_unheard" || p.Args["interface"] != "eth0" {
				t.Errorf("problem %+v", p)
			}
			ports[p.Args["port"]] = true
		}
		if !ports["1900"] || !ports["5353"] {
			t.Errorf("ports %v; want both", ports)
		}
	})
}

func TestALossyNetworkLosesNoDevice(t *testing.T) {
	t.Parallel()
	lab.Run(t, func(n *lab.Net) {
		n.Degrade()
		for i := byte(1); i <= 12; i++ {
			n.Play(i, "", description(fmt.Sprint("Router ", i), fmt.Sprintf("11111111-0000-4000-8000-0000000000%02d", i), root), lab.Quirks{})
			n.Play(i+20, "", services(t, fmt.Sprint("cam", i), fmt.Sprintf("_rtsp._tcp|Cam %d|554|n=%d", i, i), fmt.Sprintf("_http._tcp|Cam %d|80|n=%d", i, i)), lab.Quirks{})
		}
		net := open(t)
		r := all(t, net)
		for i := byte(1); i <= 12; i++ {
			r.has(t, device.SourceUPnP, fmt.Sprint("10.77.0.", i), fmt.Sprint("modelName=Router ", i))
			r.has(t, device.SourceMDNS, fmt.Sprint("10.77.0.", i+20), "service=_rtsp._tcp", fmt.Sprint("txt.n=", i))
		}
		t.Logf("sent %d, took %s", net.Sent(), r.took)
		if net.Sent() > 300 {
			t.Errorf("%d packets", net.Sent())
		}
	})
}

// A radio that sleeps most of the time answers only when it wakes. What is there is read all
// the same, and not asked more often for it.
func TestASlowNetworkLosesNoDevice(t *testing.T) {
	t.Parallel()
	lab.Run(t, func(n *lab.Net) {
		n.Slow(500 * time.Millisecond)
		for i := byte(1); i <= 6; i++ {
			n.Play(i, "", description(fmt.Sprint("Router ", i), fmt.Sprintf("11111111-0000-4000-8000-0000000000%02d", i), root), lab.Quirks{})
			n.Play(i+20, "", services(t, fmt.Sprint("cam", i), fmt.Sprintf("_rtsp._tcp|Cam %d|554|n=%d", i, i)), lab.Quirks{})
		}
		capture := n.Capture()
		net := open(t)
		r := all(t, net)
		for i := byte(1); i <= 6; i++ {
			r.has(t, device.SourceUPnP, fmt.Sprint("10.77.0.", i), fmt.Sprint("modelName=Router ", i))
			r.has(t, device.SourceMDNS, fmt.Sprint("10.77.0.", i+20), "service=_rtsp._tcp", fmt.Sprint("txt.n=", i))
		}
		r.clean(t)
		asked := questions(capture.Stop().By("client"))
		t.Logf("counted %d, on the wire %d, took %s", net.Sent(), asked, r.took)
		if asked > 300 {
			t.Errorf("%d packets", asked)
		}
	})
}

func TestADescriptionThatGotLostIsReadInASecondTry(t *testing.T) {
	t.Parallel()
	lab.Run(t, func(n *lab.Net) {
		lost := n.Play(1, "", description("Router 7", "11111111-0000-4000-8000-000000000001", root), lab.Quirks{Stalls: 1})
		slow := n.Play(2, "", description("Slow", "11111111-0000-4000-8000-000000000002", root), lab.Quirks{FirstByte: 5 * time.Second})
		r := all(t, open(t))
		r.has(t, device.SourceUPnP, "10.77.0.1", "modelName=Router 7")
		r.has(t, device.SourceUPnP, "10.77.0.2", "modelName=Slow")
		for _, d := range []*lab.Device{lost, slow} {
			if k := d.Count("http", "GET /root.xml"); k != 2 {
				t.Errorf("%s was asked %d times; want twice", d.Script.Name, k)
			}
		}
		r.clean(t)
	})
}

// until waits for a condition that something else brings about.
func until(t *testing.T, ok func() bool) {
	t.Helper()
	for limit := time.Now().Add(hang); !ok(); runtime.Gosched() {
		if time.Now().After(limit) {
			t.Fatal("waited in vain")
		}
	}
}

func TestManyRunsLeaveNothingBehind(t *testing.T) {
	lab.Run(t, func(n *lab.Net) {
		n.Play(1, "", description("Router 7", "11111111-0000-4000-8000-000000000001", root), lab.Quirks{})
		n.Play(11, "", services(t, "cam", "_http._tcp|A|80|a=b"), lab.Quirks{})
		files := func() int {
			list, err := os.ReadDir("/proc/self/fd")
			if err != nil {
				t.Fatal(err)
			}
			return len(list)
		}
		run := func() {
			ctx, stop := context.WithTimeout(t.Context(), 40*time.Millisecond)
			defer stop()
			net := open(t)
			_, wait := start(t, ctx, net, All(net, true)...)
			wait()
		}
		run()
		// The devices' own connections come and go a moment later.
		var before int
		until(t, func() bool { k := files(); settled := k == before; before = k; return settled })
		for range 60 {
			run()
		}
		until(t, func() bool { return files() <= before+3 })
	})
}

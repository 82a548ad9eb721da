package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"houdbaar/internal/lab"
	"houdbaar/internal/report"
	"houdbaar/internal/scan"
)

// doctored runs the doctor and returns its diagnoses.
func doctored(t *testing.T, bin string, options ...string) ([]string, report.HealthObject) {
	t.Helper()
	r := person{}.runs(t, bin, append([]string{"doctor", "--json"}, options...)...)
	var h report.HealthObject
	if err := json.Unmarshal([]byte(r.stdout), &h); err != nil {
		t.Fatalf("%v\n%s\n%s", err, r.stdout, r.stderr)
	}
	var codes []string
	for _, d := range h.Diagnosis {
		codes = append(codes, d.Code)
		if len(strings.Fields(d.Text)) < 4 || len(strings.Fields(d.Fix)) < 4 {
			t.Errorf("%s: %q, %q: no sentence and fix", d.Code, d.Text, d.Fix)
		}
	}
	t.Logf("%v in %v: %+v", codes, r.took, h)
	return codes, h
}

// igd is a router whose description offers the outside address, which it tells.
func igd(outside string) lab.Script {
	description := `<?xml version="1.0"?><root xmlns="urn:schemas-upnp-org:device-1-0"><device><deviceType>urn:schemas-upnp-org:device:InternetGatewayDevice:1</deviceType><friendlyName>Router</friendlyName><manufacturer>Invented</manufacturer><modelName>R-1</modelName><UDN>uuid:00000000-0000-4000-8000-0000000000cc</UDN><deviceList><device><deviceType>urn:schemas-upnp-org:device:WANConnectionDevice:1</deviceType><UDN>uuid:00000000-0000-4000-8000-0000000000cd</UDN><serviceList><service><serviceType>urn:schemas-upnp-org:service:WANIPConnection:1</serviceType><serviceId>urn:upnp-org:serviceId:WANIPConn1</serviceId><controlURL>/ctl/IPConn</controlURL><eventSubURL>/evt</eventSubURL><SCPDURL>/x.xml</SCPDURL></service></serviceList></device></deviceList></device></root>`
	answer := `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><u:GetExternalIPAddressResponse xmlns:u="urn:schemas-upnp-org:service:WANIPConnection:1"><NewExternalIPAddress>` + outside + `</NewExternalIPAddress></u:GetExternalIPAddressResponse></s:Body></s:Envelope>`
	page := func(body string) []byte {
		return []byte(fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s", len(body), body))
	}
	return lab.Script{Name: "igd", Address: lab.RouterAddr,
		SSDP: [][]byte{[]byte("HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=1800\r\nEXT:\r\nLOCATION: http://10.77.0.1:5000/root.xml\r\nSERVER: Invented/1.0 UPnP/1.1 R-1/1\r\nST: upnp:rootdevice\r\nUSN: uuid:00000000-0000-4000-8000-0000000000cc::upnp:rootdevice\r\n\r\n")},
		HTTP: []lab.Exchange{
			{Request: []byte("GET /root.xml HTTP/1.1\r\nHost: 10.77.0.1:5000\r\n\r\n"), Response: page(description)},
			{Request: []byte("POST /ctl/IPConn HTTP/1.1\r\nHost: 10.77.0.1:5000\r\n\r\n"), Response: page(answer)},
		}}
}

// filter puts a firewall on the client: on what comes in ("input") or goes out ("output").
func filter(t *testing.T, n *lab.Net, hook, rules string) {
	t.Helper()
	c := exec.Command(n.Program("nft"), "-f", "-")
	c.Stdin = strings.NewReader("table inet t {\nchain c {\ntype filter hook " + hook + " priority 0; policy accept;\nmeta oif lo accept\nmeta iif lo accept\n" + rules + "\n}\n}\n")
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("nft: %v %s", err, out)
	}
}

func TestDoctorWithTheWrongInterfaceChosen(t *testing.T) {
	t.Parallel()
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		n.Play(1, "", igd("203.0.113.9"), lab.Quirks{})
		n.Client.IP("link add wlan0 type veth peer name far0", "link set far0 up", "addr add 10.77.0.101/24 dev wlan0", "link set wlan0 up")
		must(t, os.WriteFile("/proc/sys/net/ipv4/conf/all/rp_filter", []byte("1"), 0))
		if got, _ := doctored(t, bin, "--interface", "wlan0"); !slices.Equal(got, []string{scan.DoctorOtherWay}) {
			t.Errorf("diagnosis %v", got)
		}
	})
}

func TestDoctor(t *testing.T) {
	t.Parallel() // it mostly waits, in namespaces of its own
	bin := build(t)
	run := func(name string, want []string, f func(t *testing.T, n *lab.Net)) {
		t.Run(name, func(t *testing.T) {
			lab.Run(t, func(n *lab.Net) {
				f(t, n)
				if got, _ := doctored(t, bin); !slices.Equal(got, want) {
					t.Errorf("diagnosis %v; want %v", got, want)
				}
			})
		})
	}
	camera := func(n *lab.Net) {
		n.Play(50, "", lab.Script{Name: "camera", UDP: one16(37020, lab.SADPReply("DS-1", "V1"))}, lab.Quirks{})
	}
	run("nothing is wrong", []string{scan.DoctorOK}, func(t *testing.T, n *lab.Net) {
		n.Play(1, "", igd("203.0.113.9"), lab.Quirks{})
		camera(n)
	})
	firewall := func(t *testing.T, n *lab.Net, rule string) {
		t.Helper()
		filter(t, n, "input", "ct state established,related accept\n"+rule)
	}
	plug := func(n *lab.Net) {
		n.Play(51, "", lab.Script{Name: "plug", UDP: one16(9999, lab.KasaReply("IOT.SMARTPLUGSWITCH", "HS110(EU)", "1.0", "1.2.5"))}, lab.Quirks{})
	}
	run("a firewall takes the answers", []string{scan.DoctorFirewall}, func(t *testing.T, n *lab.Net) {
		n.Play(1, "", igd("203.0.113.9"), lab.Quirks{})
		camera(n)
		plug(n)
		firewall(t, n, "meta l4proto udp drop")
	})
	// As Windows does after "Cancel": answers to what was sent to everybody come in.
	run("a firewall takes only what is said to everybody", []string{scan.DoctorPart}, func(t *testing.T, n *lab.Net) {
		n.Play(1, "", igd("203.0.113.9"), lab.Quirks{})
		camera(n)
		plug(n)
		firewall(t, n, "ip daddr != "+lab.ClientAddr.String()+" meta l4proto udp drop")
	})
	run("a firewall lets nothing out", []string{scan.DoctorFirewall}, func(t *testing.T, n *lab.Net) {
		n.Play(1, "", igd("203.0.113.9"), lab.Quirks{})
		filter(t, n, "output", "reject with icmpx type admin-prohibited")
	})
	run("a VPN holds the way out", []string{scan.DoctorVPN}, func(t *testing.T, n *lab.Net) {
		n.Play(1, "", igd("203.0.113.9"), lab.Quirks{})
		camera(n)
		n.Client.IP("link add tun0 type veth peer name far0", "link set far0 up", "addr add 10.8.0.2/24 dev tun0", "link set tun0 up", "route add 0.0.0.0/1 dev tun0", "route add 128.0.0.0/1 dev tun0")
	})
	run("a VPN holds the home's addresses, and the system takes only what comes its own way", []string{scan.DoctorDropped}, func(t *testing.T, n *lab.Net) {
		n.Play(1, "", igd("203.0.113.9"), lab.Quirks{})
		camera(n)
		n.Client.IP("link add tun0 type veth peer name far0", "link set far0 up", "addr add 10.8.0.2/24 dev tun0", "link set tun0 up", "route add 10.77.0.0/25 dev tun0")
		must(t, os.WriteFile("/proc/sys/net/ipv4/conf/eth0/rp_filter", []byte("1"), 0))
	})
	run("guest Wi-Fi keeps devices apart", []string{scan.DoctorIsolated}, func(t *testing.T, n *lab.Net) {
		n.Play(1, "", igd("203.0.113.9"), lab.Quirks{})
		camera(n)
		n.Isolate(at(50))
	})
	run("nothing but the router is on, which looks the same", []string{scan.DoctorIsolated}, func(t *testing.T, n *lab.Net) {
		n.Play(1, "", igd("203.0.113.9"), lab.Quirks{})
	})
	run("the gateway of a guest network answers for the others", []string{scan.DoctorIsolated}, func(t *testing.T, n *lab.Net) {
		n.Play(1, "", igd("203.0.113.9"), lab.Quirks{})
		for _, octet := range []byte{50, 51} {
			n.Client.IP("neigh add " + at(octet).String() + " lladdr 02:00:00:00:00:01 dev eth0") // as the router's
		}
	})
	run("a switch keeps multicast back, and the router answers what is asked of it alone", []string{scan.DoctorMulticast}, func(t *testing.T, n *lab.Net) {
		n.Play(1, "", igd("203.0.113.9"), lab.Quirks{})
		camera(n)
		plug(n)
		n.KeepMulticastBack()
	})
	run("a switch keeps multicast back, and the router announces itself all the same", []string{scan.DoctorMulticast}, func(t *testing.T, n *lab.Net) {
		n.Play(1, "", igd("203.0.113.9"), lab.Quirks{Announce: time.Second})
		camera(n)
		plug(n)
		n.KeepMulticastBack()
	})
	run("the router announces itself, and nothing is wrong", []string{scan.DoctorOK}, func(t *testing.T, n *lab.Net) {
		n.Play(1, "", igd("203.0.113.9"), lab.Quirks{Announce: time.Second})
		camera(n)
	})
	run("UPnP is off on the router", []string{scan.DoctorUPnPOff}, func(t *testing.T, n *lab.Net) {
		n.Host("router", 1, "")
		camera(n)
	})
	run("a second router stands in front", []string{scan.DoctorDoubleNAT}, func(t *testing.T, n *lab.Net) {
		n.Play(1, "", igd("192.168.178.23"), lab.Quirks{})
		camera(n)
	})
	run("no network at all", []string{scan.DoctorNoNetwork}, func(t *testing.T, n *lab.Net) {
		n.Client.IP("link set eth0 down")
	})
}

package main

import (
	"io/fs"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"houdbaar/internal/lab"
)

// checkKinds wants packets of no kind that a scan has no use for, and none on the
// loopback but the doctor's test.
func checkKinds(t *testing.T, packets lab.Packets) {
	t.Helper()
	kinds := map[string]int{}
	for _, p := range packets.By("client") {
		kind, _, _ := strings.Cut(p.Kind, "/")
		kinds[kind]++
		switch kind {
		case "arp", "igmp", "icmp", "icmpv6", "ssdp", "mdns", "udp", "tcp":
		default:
			t.Errorf("%s: what is it?", p)
		}
	}
	for _, p := range packets.By("client/lo") {
		if p.Kind != "icmp" && p.Dst.Addr() != netip.MustParseAddr("239.255.255.250") { // the system tells itself that nobody is there
			t.Errorf("to this computer: %s", p)
		}
	}
	if kinds["ssdp"] == 0 || kinds["mdns"] == 0 || kinds["udp"] == 0 || kinds["tcp"] == 0 {
		t.Errorf("sent %v; the check means little", kinds)
	}
}

// TestNothingButTheListIsEverSent captures a scan with a report and a recording, the
// doctor, and a look at recordings and labels, and compares every packet with the
// list that people can read. Meanwhile no port is listened to, and afterwards every
// file is for its owner alone. All of it runs without any capability.
func TestNothingButTheListIsEverSent(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		honest := honestHome(t, n)
		n.Play(50, "", lab.Script{Name: "onvif", UDP: map[uint16][][]byte{3702: {lab.WSDReply(udn(50), "IPC-1", "Cam", "http://10.77.0.50/onvif/device_service")}},
			HTTP: []lab.Exchange{{Request: []byte("POST /onvif/device_service HTTP/1.1\r\nHost: 10.77.0.50\r\n\r\n"), Response: lab.ONVIFAnswer("Invented", "IPC-1", "1.0")}}}, lab.Quirks{})
		n.Play(51, "", lab.Script{Name: "kasa", UDP: map[uint16][][]byte{9999: {lab.KasaReply("IOT.SMARTPLUGSWITCH", "HS110(EU)", "1.0", "1.2.5")}}}, lab.Quirks{})
		for i, name := range []string{"axis-m3045-v", "synology-ds218", "netgear-r7000", "avm-fritz-box-7590"} {
			n.Play(byte(30+i), "", script(t, name), lab.Quirks{IPv6: true})
		}
		unix.Umask(0)
		setpriv := n.Program("setpriv")
		home := t.TempDir()
		dir := filepath.Join(home, "kept")
		must(t, os.Mkdir(dir, 0o700))
		capture := n.Capture()
		var scanned result
		for _, args := range [][]string{
			{"scan", "--json", "--on", lab.HomeDay, "--report", filepath.Join(dir, "report.html"), "--record", filepath.Join(dir, "cases")},
			{"scan", "--address", "10.77.0.9", "--report", filepath.Join(dir, "report.csv")},
			{"doctor", "--json"},
			{"identify", filepath.Join(recordings, "netgear-r7000")},
			{"check", "--vendor", "NETGEAR", "--model", "R7000"},
		} {
			wait := person{home: home}.start(t, setpriv, append([]string{"--bounding-set=-all", "--inh-caps=-all", "--no-new-privs", bin}, args...)...)
			done := make(chan struct{})
			listened := make(chan string, 1)
			go func() {
				defer close(listened)
				for {
					if l := listening(); l != "" {
						listened <- l
						return
					}
					select {
					case <-done:
						return
					case <-time.After(20 * time.Millisecond):
					}
				}
			}()
			r := wait()
			close(done)
			if l := <-listened; l != "" {
				t.Errorf("%s: a TCP port is listened to: %s", args[0], l)
			}
			if r.stdout == "" {
				t.Errorf("%v said nothing: %s", args, r.stderr)
			}
			if scanned.stdout == "" {
				scanned = r
			}
		}
		packets := capture.Stop()
		checkGolden(t, packets.By("client"))
		checkKinds(t, packets)
		for _, p := range packets {
			if !strings.HasPrefix(p.From, "client") {
				continue
			}
			if strings.HasSuffix(p.Kind, "/53") || p.Kind == "udp/137" || p.Kind == "udp/5355" {
				t.Errorf("looks up a name: %s", p)
			}
		}
		for _, p := range packets.By("client").Outside(lab.Subnet) {
			t.Errorf("leaves the home: %s", p)
		}
		for _, h := range honest {
			if f, ok := finding(scanned.scanned(t), h.addr); !ok || f.Verdict != h.verdict {
				t.Errorf("%s is %+v; want %s, without a capability", h.addr, f, h.verdict)
			}
		}
		files := 0
		err := filepath.WalkDir(home, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			i, err := d.Info()
			if err != nil {
				return err
			}
			switch {
			case d.IsDir() && path != home && i.Mode().Perm()&0o077 != 0, !d.IsDir() && i.Mode().Perm()&0o177 != 0:
				t.Errorf("%s has mode %v", path, i.Mode())
			case !d.IsDir():
				files++
				if inside := strings.TrimPrefix(path, home); !strings.HasPrefix(inside, "/kept/") && !strings.HasPrefix(inside, "/.local/share/houdbaar/") {
					t.Errorf("a file in a place of its own: %s", inside)
				}
			}
			return nil
		})
		if err != nil || files < 10 {
			t.Errorf("%d files, %v; the check means little", files, err)
		}
	})
}

// listening returns a line of the system's table of TCP ports that are listened to in
// this network, "" when there is none.
func listening() string {
	for _, table := range []string{"/proc/self/net/tcp", "/proc/self/net/tcp6"} {
		b, _ := os.ReadFile(table)
		for _, line := range strings.Split(string(b), "\n") {
			if f := strings.Fields(line); len(f) > 3 && f[3] == "0A" {
				return line
			}
		}
	}
	return ""
}

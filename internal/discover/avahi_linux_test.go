package discover

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"

	"houdbaar/internal/device"
	"houdbaar/internal/lab"
)

// avahi runs avahi-daemon on a host, with services as "type|instance|port|txt|txt...".
func avahi(t *testing.T, h *lab.Host, hostname string, services ...string) {
	t.Helper()
	if _, err := exec.LookPath("avahi-daemon"); err != nil {
		t.Fatalf("%v (Debian, Ubuntu: apt-get install avahi-daemon)", err)
	}
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "services"), 0o755); err != nil {
		t.Fatal(err)
	}
	for i, s := range services {
		f := strings.Split(s, "|")
		var b strings.Builder
		fmt.Fprintf(&b, `<?xml version="1.0"?><!DOCTYPE service-group SYSTEM "avahi-service.dtd"><service-group><name>%s</name><service><type>%s</type><port>%s</port>`, f[1], f[0], f[2])
		for _, txt := range f[3:] {
			fmt.Fprintf(&b, "<txt-record>%s</txt-record>", txt)
		}
		b.WriteString("</service></service-group>\n")
		if err := os.WriteFile(filepath.Join(dir, "services", fmt.Sprintf("%d.service", i)), []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	conf := "[server]\nhost-name=" + hostname + "\nuse-ipv4=yes\nuse-ipv6=yes\nenable-dbus=no\n[publish]\npublish-hinfo=no\npublish-workstation=no\n[wide-area]\nenable-wide-area=no\n"
	if err := os.WriteFile(filepath.Join(dir, "avahi.conf"), []byte(conf), 0o644); err != nil {
		t.Fatal(err)
	}
	// The daemon insists on a folder that user avahi owns; in a user namespace there
	// is root alone, so avahi is made another name of it. A mount namespace of its
	// own gives the daemon that, its services and its pid file.
	for name, text := range map[string]string{"passwd": "root:x:0:0::/:/bin/sh\navahi:x:0:0::/:/bin/false\n", "group": "root:x:0:\navahi:x:0:\nnetdev:x:0:\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c := exec.Command("unshare", "-m", "sh", "-c", `mount --make-rprivate / && mount --bind "$0/services" /etc/avahi/services &&
		mount --bind "$0/passwd" /etc/passwd && mount --bind "$0/group" /etc/group && mount -t tmpfs tmpfs /run &&
		exec avahi-daemon --no-drop-root --no-chroot --no-rlimits -f "$0/avahi.conf"`, dir)
	log, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { log.Close() })
	c.Stdout, c.Stderr = log, log
	h.Start(c)
	for limit := time.Now().Add(10 * time.Second); ; {
		b, _ := os.ReadFile(log.Name())
		if strings.Count(string(b), "successfully established") >= max(1, len(services)) || len(services) == 0 && strings.Contains(string(b), "Server startup complete") {
			return
		}
		if time.Now().After(limit) {
			t.Fatalf("avahi-daemon did not start:\n%s", b)
		}
		pause(t.Context(), 20*time.Millisecond)
	}
}

// TestRealRespondersAreReadWholly asks real avahi-daemons, with what hashicorp/mdns
// is known to lose: several instances in one packet, port 0, a TXT too large for a
// short answer, names with dots and more.
func TestRealRespondersAreReadWholly(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 200)
	lab.Run(t, func(n *lab.Net) {
		avahi(t, n.Host("camera", 11, ""), "camera",
			"_axis-video._tcp|INVENTED M1 - 0011|80|macaddress=0011", "_http._tcp|INVENTED M1 - 0011|80|path=/",
			"_http._tcp|INVENTED admin|8080|path=/admin", "_rtsp._tcp|INVENTED M1 - 0011|554|path=/live", "_device-info._tcp|camera|0|model=M1", "_unheardof._tcp|Thing|99|md=T1")
		avahi(t, n.Host("station", 12, ""), "station",
			"_airport._tcp|Zoë's Station, No. 2.1|5009|syVs=7.9.1,syAP=120|a="+long+"|b="+long+"|c="+long+"|d="+long+"|e="+long+"|f="+long,
			"_raop._tcp|0011@Living.Room|5000|txtvers=1", "_http._tcp|Station web|80|path=/", "_ssh._tcp|station|22")
		net := open(t)
		r := all(t, net)
		r.clean(t)
		for _, want := range [][]string{
			{"10.77.0.11", "service=_axis-video._tcp", "instance=INVENTED M1 - 0011", "port=80", "txt.macaddress=0011"},
			{"10.77.0.11", "service=_http._tcp", "instance=INVENTED M1 - 0011", "txt.path=/"},
			{"10.77.0.11", "service=_http._tcp", "instance=INVENTED admin", "port=8080", "txt.path=/admin"},
			{"10.77.0.11", "service=_rtsp._tcp", "port=554", "txt.path=/live"},
			{"10.77.0.11", "service=_device-info._tcp", "port=0", "txt.model=M1"},
			{"10.77.0.11", "service=_unheardof._tcp", "port=99", "txt.md=T1"},
			{"10.77.0.12", "service=_airport._tcp", "instance=Zoë's Station, No. 2.1", "port=5009", "txt.syvs=7.9.1", "txt.f=" + long},
			{"10.77.0.12", "service=_raop._tcp", "instance=0011@Living.Room"},
			{"10.77.0.12", "service=_http._tcp", "instance=Station web"},
			{"10.77.0.12", "service=_ssh._tcp", "instance=station", "port=22"},
		} {
			r.has(t, device.SourceMDNS, want[0], want[1:]...)
		}
		for i, o := range r.obs {
			if o.Source == device.SourceMDNS {
				t.Logf("%8s %s %s %s", r.at[i].Round(time.Millisecond), o.Addr, o.Get("service"), o.Get("instance"))
			}
		}
		t.Logf("sent %d", net.Sent())
	})
}

// TestBesideARunningAvahi runs discovery on a computer with an avahi-daemon of its
// own: both must work, and the daemon keeps the unicast datagrams for port 5353,
// which a second wildcard socket would take.
func TestBesideARunningAvahi(t *testing.T) {
	t.Parallel()
	lab.Run(t, func(n *lab.Net) {
		avahi(t, n.Client, "desktop", "_ssh._tcp|desktop|22")
		n.Play(11, "", services(t, "cam", "_axis-video._tcp|INVENTED|80|a=b", "_http._tcp|INVENTED|80|path=/"), lab.Quirks{})
		friend := n.Host("friend", 12, "")
		net := open(t)
		r, wait := start(t, t.Context(), net, All(net, true)...)
		until(t, func() bool { _, _, ok := r.find(device.SourceMDNS, "10.77.0.11"); return ok })
		answered := 0
		for range 10 {
			if direct(t, friend, "10.77.0.100:5353") {
				answered++
			}
		}
		wait()
		r.clean(t)
		if answered != 10 {
			t.Errorf("the daemon answered %d of 10 direct questions while discovery ran; want all", answered)
		}
		r.has(t, device.SourceMDNS, "10.77.0.11", "service=_axis-video._tcp", "txt.a=b")
		r.has(t, device.SourceMDNS, "10.77.0.11", "service=_http._tcp", "txt.path=/")
	})
}

// direct asks an mdns responder at an address from h who offers _ssh._tcp, and
// reports whether it answers.
func direct(t *testing.T, h *lab.Host, to string) bool {
	t.Helper()
	var c net.Conn
	h.Do(func() (err error) { c, err = net.Dial("udp4", to); return err })
	defer c.Close()
	c.SetDeadline(time.Now().Add(time.Second))
	c.Write(messages([]dns.Question{askService("_ssh._tcp")}, nil, 1)[0])
	_, err := c.Read(make([]byte, 9000))
	if err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Fatal(err)
	}
	return err == nil
}

package lab

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/miekg/dns"
)

// Program returns the path of a program, or fails the test. Daemons are in sbin,
// which an ordinary user's PATH leaves out.
func (n *Net) Program(name string) string {
	n.t.Helper()
	for _, dir := range append(filepath.SplitList(os.Getenv("PATH")), "/usr/sbin", "/sbin") {
		if p, err := exec.LookPath(filepath.Join(dir, name)); err == nil {
			return p
		}
	}
	n.t.Fatalf("the program %s is missing: make deps-test installs it", name)
	return ""
}

// daemon starts a program on h in a mount namespace of its own, after setup ran
// there as shell commands. What it prints is shown when the test fails.
func (h *Host) daemon(setup string, program string, args ...string) {
	h.n.t.Helper()
	c := exec.Command("/bin/sh", append([]string{"-ec", setup + "\nexec \"$@\"", "sh", h.n.Program(program)}, args...)...)
	c.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS}
	log, err := os.Create(filepath.Join(h.dir(), program+".log"))
	h.n.must(err)
	defer log.Close()
	c.Stdout, c.Stderr = log, log
	h.log = log.Name()
	h.Start(c)
}

// dir is h's own folder for the length of the test.
func (h *Host) dir() string {
	if h.files == "" {
		h.files = h.n.t.TempDir()
		os.Chmod(h.files, 0o755)
	}
	return h.files
}

func (h *Host) write(name, content string) string {
	path := filepath.Join(h.dir(), name)
	h.n.must(os.MkdirAll(filepath.Dir(path), 0o755))
	h.n.must(os.WriteFile(path, []byte(content), 0o644))
	return path
}

// await asks the question until h answers it, as a daemon that has started does.
func (h *Host) await(question []byte, to netip.AddrPort) {
	h.n.t.Helper()
	c, err := net.ListenUDP("udp4", nil)
	h.n.must(err)
	defer c.Close()
	buf := make([]byte, 1<<16)
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); {
		c.WriteToUDPAddrPort(question, to)
		c.SetReadDeadline(time.Now().Add(100 * time.Millisecond))
		for {
			_, from, err := c.ReadFromUDPAddrPort(buf)
			if err != nil {
				break
			}
			if from.Addr() == h.Addr {
				return
			}
		}
	}
	log, _ := os.ReadFile(h.log)
	h.n.t.Fatalf("%s did not answer in 20 s:\n%s", h.Name, log)
}

func (h *Host) awaitSSDP() {
	h.n.t.Helper()
	h.await([]byte("M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nMX: 1\r\nST: upnp:rootdevice\r\n\r\n"),
		netip.AddrPortFrom(ssdp4, ssdpPort))
}

// MiniUPnPd plugs in a router: miniupnpd, an Internet gateway device.
func (n *Net) MiniUPnPd(octet byte) *Host {
	n.t.Helper()
	h := n.Host("miniupnpd", octet, "")
	// It wants an outside with an address, which is nobody's (RFC 5737), and
	// chains to put its rules in, even where it can forward nothing.
	h.IP("link add wan0 type veth peer name wan1", "addr add 203.0.113.5/24 dev wan0", "link set wan0 up", "link set wan1 up")
	conf := h.write("miniupnpd.conf", fmt.Sprintf(`ext_ifname=wan0
listening_ip=eth0
http_port=5000
enable_natpmp=no
enable_upnp=yes
secure_mode=yes
notify_interval=60
friendly_name=Lab Router
uuid=00000000-0000-4000-8000-0000000000aa
serial=00000000
model_number=1
presentation_url=http://%s/
lease_file=%s/leases
deny 0-65535 0.0.0.0/0 0-65535
`, h.Addr, h.dir()))
	setup := `PATH=$PATH:/usr/sbin:/sbin
mount -t tmpfs tmpfs /run
if command -v iptables >/dev/null; then
  iptables -t nat -N MINIUPNPD || true
  iptables -t nat -N MINIUPNPD-POSTROUTING || true
  iptables -t filter -N MINIUPNPD || true
fi`
	h.daemon(setup, "miniupnpd", "-d", "-f", conf, "-P", h.dir()+"/pid")
	h.awaitSSDP()
	return h
}

// MiniDLNA plugs in a media server: minidlna.
func (n *Net) MiniDLNA(octet byte) *Host {
	n.t.Helper()
	h := n.Host("minidlna", octet, "")
	h.write("media/a.jpg", "\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9")
	h.write("db/.keep", "")
	conf := h.write("minidlna.conf", fmt.Sprintf(`network_interface=eth0
media_dir=%[1]s/media
db_dir=%[1]s/db
log_dir=%[1]s/db
port=8200
friendly_name=Lab Media
uuid=00000000-0000-4000-8000-0000000000bb
notify_interval=60
inotify=no
minissdpdsocket=%[1]s/none.sock
`, h.dir()))
	h.daemon("", "minidlnad", "-S", "-f", conf, "-P", h.dir()+"/pid")
	h.awaitSSDP()
	return h
}

// wsdProbe is the question that the daemons below are awaited with.
const wsdProbe = `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope" xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:wsd="http://schemas.xmlsoap.org/ws/2005/04/discovery" xmlns:wsdp="http://schemas.xmlsoap.org/ws/2006/02/devprof"><soap:Header><wsa:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</wsa:To><wsa:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</wsa:Action><wsa:MessageID>urn:uuid:00000000-0000-4000-8000-0000000000ee</wsa:MessageID></soap:Header><soap:Body><wsd:Probe><wsd:Types>wsdp:Device</wsd:Types></wsd:Probe></soap:Body></soap:Envelope>`

// WSDD plugs in a computer that is found by WS-Discovery: wsdd, christgau's, in Python.
func (n *Net) WSDD(octet byte) *Host {
	return n.wsd(octet, "wsdd", "-i", "eth0", "-4", "-n", "lab-wsdd", "-v")
}

// WSDD2 plugs in one that runs wsdd2, Netgear's, in C.
func (n *Net) WSDD2(octet byte) *Host {
	return n.wsd(octet, "wsdd2", "-4", "-w", "-i", "eth0", "-H", "lab-wsdd2", "-N", "LABWSDD2", "-b", "vendor:Invented,model:W-2,serial:0")
}

func (n *Net) wsd(octet byte, program string, args ...string) *Host {
	n.t.Helper()
	h := n.Host(program, octet, "")
	h.daemon("", program, args...)
	h.await([]byte(wsdProbe), netip.AddrPortFrom(probeGroups[3702], 3702))
	return h
}

// A Service is what Avahi is to announce.
type Service struct {
	Name, Type string // "AXIS M1065-L", "_axis-video._tcp"
	Port       int
	TXT        []string
}

// avahiUser returns shell commands that make avahi another name of root: the daemon
// insists on a folder that user avahi owns, and in a user namespace there is root alone.
func (h *Host) avahiUser() string {
	passwd := h.write("passwd", "root:x:0:0:root:/root:/bin/sh\navahi:x:0:0::/:/bin/false\nmessagebus:x:0:0::/:/bin/false\n")
	group := h.write("group", "root:x:0:\navahi:x:0:\nnetdev:x:0:\nmessagebus:x:0:\n")
	return fmt.Sprintf("mount --bind %s /etc/passwd\nmount --bind %s /etc/group", passwd, group)
}

// Avahi plugs in a host whose avahi-daemon announces services, without a bus.
func (n *Net) Avahi(octet byte, mac, hostname string, services ...Service) *Host {
	n.t.Helper()
	h := n.Host(hostname, octet, mac)
	for i, s := range services {
		var txt strings.Builder
		for _, t := range s.TXT {
			fmt.Fprintf(&txt, "<txt-record>%s</txt-record>", t)
		}
		h.write(fmt.Sprintf("services/%d.service", i), fmt.Sprintf(`<?xml version="1.0" standalone="no"?><!DOCTYPE service-group SYSTEM "avahi-service.dtd">
<service-group><name replace-wildcards="no">%s</name><service><type>%s</type><port>%d</port>%s</service></service-group>
`, s.Name, s.Type, s.Port, txt.String()))
	}
	conf := h.write("avahi.conf", fmt.Sprintf(`[server]
host-name=%s
use-ipv4=yes
use-ipv6=yes
enable-dbus=no
ratelimit-interval-usec=1000000
ratelimit-burst=1000
[publish]
publish-hinfo=no
publish-workstation=no
publish-addresses=yes
[wide-area]
enable-wide-area=no
`, hostname))
	setup := fmt.Sprintf("mount -t tmpfs tmpfs /run\nmount --bind %s/services /etc/avahi/services\n%s", h.dir(), h.avahiUser())
	h.daemon(setup, "avahi-daemon", "--no-drop-root", "--no-chroot", "--no-rlimits", "-f", conf)
	var q dns.Msg
	q.SetQuestion(services[0].Type+".local.", dns.TypePTR)
	b, err := q.Pack()
	n.must(err)
	h.await(b, netip.AddrPortFrom(mdns4, mdnsPort))
	return h
}

// Begin is the line that AvahiCommand prints when its daemons have started.
const Begin = "lab: begin"

// AvahiCommand prepares a command for the client that has a message bus and an
// avahi-daemon of its own; they end with it, in a process namespace.
func (n *Net) AvahiCommand(args ...string) *exec.Cmd {
	n.t.Helper()
	conf := n.Client.write("avahi.conf", "[server]\nhost-name=client\nuse-ipv4=yes\nuse-ipv6=yes\nenable-dbus=yes\n[publish]\npublish-workstation=no\npublish-hinfo=no\n")
	bus := n.Client.write("bus.conf", `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path=/run/dbus/system_bus_socket</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow own="*"/><allow send_type="method_call"/><allow send_type="signal"/><allow send_requested_reply="true" send_type="method_return"/><allow send_requested_reply="true" send_type="error"/><allow receive_type="method_call"/><allow receive_type="method_return"/><allow receive_type="error"/><allow receive_type="signal"/></policy></busconfig>
`)
	script := fmt.Sprintf(`mount -t proc proc /proc
mount -t tmpfs tmpfs /run
mkdir -p /run/dbus
%[5]s
%[1]s --config-file=%[2]s --fork --nopidfile
%[3]s -D --no-drop-root --no-chroot --no-rlimits -f %[4]s >&2
echo '%[6]s'
exec "$@"`, n.Program("dbus-daemon"), bus, n.Program("avahi-daemon"), conf, n.Client.avahiUser(), Begin)
	c := exec.Command("/bin/sh", append([]string{"-ec", script, "sh"}, args...)...)
	c.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWPID, Pdeathsig: syscall.SIGKILL}
	return c
}

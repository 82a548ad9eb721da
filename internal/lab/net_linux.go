package lab

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// TB is what lab needs of a *testing.T or *testing.B. The window links lab for its
// practice house, and should not link package testing.
type TB interface {
	Helper()
	Name() string
	Logf(format string, args ...any)
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Skipf(format string, args ...any)
	Cleanup(func())
	TempDir() string
}

// clientMAC is a locally administered address: nobody's.
const clientMAC = "02:00:00:00:01:00"

// insideEnv names the test that a re-executed test binary is to run inside its
// namespaces.
const insideEnv = "HOUDBAAR_LAB"

// Run runs f with a network of its own. The test binary starts itself again for
// the calling test alone, inside new network and mount namespaces (and, for an
// ordinary user, a user namespace); that second process is the computer under
// test: it has eth0 with ClientAddr and no other network, so the code under test
// and any program it starts simply run. In the first process f is not called.
//
// Only one Run may be in a test or subtest, and nothing that matters may follow
// it there.
func Run(t TB, f func(n *Net)) {
	t.Helper()
	if os.Getenv(insideEnv) == t.Name() {
		f(newNet(t))
		return
	}
	if os.Getenv(insideEnv) != "" {
		t.Fatalf("%s: another test's namespaces (%s)", t.Name(), os.Getenv(insideEnv))
	}
	flags, err := allowed()
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s needs network namespaces, and CI=true allows no skip: %v", t.Name(), err)
		}
		t.Skipf("%s was skipped: it needs network namespaces, which this system forbids: %v", t.Name(), err)
	}
	out, err := again(t.Name(), flags)
	if err != nil {
		t.Fatalf("inside its namespaces: %v\n%s", err, out)
	}
	if bytes.Contains(out, []byte("--- SKIP: "+t.Name()+" (")) {
		t.Skipf("skipped itself inside its namespaces:\n%s", out)
	}
	// -test.run that matches nothing passes too.
	if !bytes.Contains(out, []byte("--- PASS: "+t.Name()+" (")) && !benchmarked(out, t.Name()) {
		t.Fatalf("%s did not run inside its namespaces:\n%s", t.Name(), out)
	}
	if strings.HasPrefix(t.Name(), "Benchmark") {
		os.Stdout.Write(out) // the log of a benchmark is cut short
		return
	}
	t.Logf("%s", out)
}

// again runs one test of this binary inside new namespaces.
func again(name string, flags uintptr) ([]byte, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, err
	}
	parts := strings.Split(name, "/")
	for i, p := range parts {
		parts[i] = "^" + regexp.QuoteMeta(p) + "$"
	}
	pattern := strings.Join(parts, "/")
	args := []string{"-test.run=" + pattern, "-test.v", "-test.count=1"}
	if strings.HasPrefix(name, "Benchmark") {
		args = []string{"-test.run=^$", "-test.bench=" + pattern, "-test.benchtime=1x", "-test.count=1"}
	}
	for _, f := range []string{"test.timeout", "test.short"} {
		if v := flag.Lookup(f); v != nil {
			args = append(args, "-"+f+"="+v.Value.String())
		}
	}
	c := exec.Command(exe, args...)
	c.Env = append(os.Environ(), insideEnv+"="+name)
	c.SysProcAttr = attr(flags)
	return c.CombinedOutput()
}

// benchmarked says whether the output has the result line of a benchmark.
func benchmarked(out []byte, name string) bool {
	return strings.HasPrefix(name, "Benchmark") && regexp.MustCompile(`(?m)^`+regexp.QuoteMeta(name)+`\b.*ns/op`).Match(out)
}

// attr makes a process start in new namespaces, as root of its own user namespace
// when there is one, and end with this process.
func attr(flags uintptr) *syscall.SysProcAttr {
	a := &syscall.SysProcAttr{Cloneflags: flags, Pdeathsig: syscall.SIGKILL}
	if flags&syscall.CLONE_NEWUSER != 0 {
		a.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		a.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	return a
}

// allowed returns the flags that make a process with a network of its own, or why
// the system forbids it. It tries: some kernels allow a user namespace and then
// nothing inside it (Ubuntu 24.04 with AppArmor's restriction).
func allowed() (uintptr, error) {
	if _, err := exec.LookPath("ip"); err != nil {
		return 0, fmt.Errorf("the command ip is missing (Debian, Ubuntu: apt-get install iproute2): %w", err)
	}
	const own = syscall.CLONE_NEWNET | syscall.CLONE_NEWNS
	choices := []uintptr{own | syscall.CLONE_NEWUSER}
	if os.Getuid() == 0 {
		choices = []uintptr{own, own | syscall.CLONE_NEWUSER}
	}
	var errs []error
	for _, flags := range choices {
		c := exec.Command("ip", "link", "add", "try0", "type", "bridge")
		c.SysProcAttr = attr(flags)
		out, err := c.CombinedOutput()
		if err == nil {
			return flags, nil
		}
		errs = append(errs, fmt.Errorf("%w %s", err, bytes.TrimSpace(out)))
	}
	return 0, errors.Join(errs...)
}

// Net is a home network: a bridge in a namespace of its own, the computer under
// test (this process), and the hosts that were plugged in.
type Net struct {
	Client *Host // this process

	t      TB
	bridge *Host
	hosts  []*Host
	crowd  *os.File // locked, see alone

	wire wire // to each host
}

// A Host is a network namespace with eth0 on the bridge.
type Host struct {
	Name string
	Addr netip.Addr
	MAC  string

	n    *Net
	ns   *os.File
	port string // the other end of its eth0, in the bridge's namespace

	files string // its own folder, made when needed
	log   string // what its daemon printed
}

// must ends the test where something that the network is made of fails.
func (n *Net) must(err error) {
	n.t.Helper()
	if err != nil {
		n.t.Fatalf("the network: %v", err)
	}
}

// newNet builds bridge and client. The calling process must be inside Run's
// namespaces.
func newNet(t TB) *Net {
	n := &Net{t: t}
	n.enter()
	// No mount made here may reach the machine's own mount table.
	n.must(unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""))
	// What daemons leave in /run, and listen to there, is each network's own.
	n.must(unix.Mount("tmpfs", "/run", "tmpfs", 0, "mode=755"))
	// A look-up of a name becomes a packet to the router, which captures see.
	resolv := t.TempDir() + "/resolv.conf"
	n.must(os.WriteFile(resolv, []byte("nameserver "+RouterAddr.String()+"\n"), 0o644))
	if _, err := os.Stat("/etc/resolv.conf"); err == nil {
		n.must(unix.Mount(resolv, "/etc/resolv.conf", "", unix.MS_BIND, ""))
	}
	// Programs that look for interfaces in /sys must see this namespace's. Where
	// the system forbids the mount they see the wrong names and no network.
	if err := unix.Mount("sysfs", "/sys", "sysfs", 0, ""); err != nil {
		t.Logf("mount /sys: %v", err)
	}
	own, err := os.Open("/proc/thread-self/ns/net")
	n.must(err)
	n.Client = &Host{Name: "client", Addr: ClientAddr, MAC: clientMAC, n: n, ns: own}
	n.bridge = n.namespace("bridge")
	n.bridge.IP(
		"link set lo up",
		"link add br0 type bridge stp_state 0 forward_delay 0 mcast_snooping 0",
		"link set br0 addrgenmode none up", // the bridge itself has no address and says nothing
	)
	n.plug(n.Client)
	return n
}

func (n *Net) namespace(name string) *Host {
	n.t.Helper()
	h := &Host{Name: name, n: n}
	n.Client.Do(func() error {
		if err := unix.Unshare(unix.CLONE_NEWNET); err != nil {
			return fmt.Errorf("new network namespace: %w", err)
		}
		f, err := os.Open("/proc/thread-self/ns/net")
		h.ns = f
		return err
	})
	n.t.Cleanup(func() { h.ns.Close() })
	return h
}

// plug gives h a port on the bridge and its addresses: h.Addr and a link-local
// IPv6 address made from its MAC.
func (n *Net) plug(h *Host) {
	n.t.Helper()
	h.port = fmt.Sprintf("p%d", len(n.hosts))
	n.hosts = append(n.hosts, h)
	n.bridge.IP(
		fmt.Sprintf("link add %s type veth peer name eth0 address %s netns /proc/%d/fd/%d", h.port, h.MAC, os.Getpid(), h.ns.Fd()),
		fmt.Sprintf("link set %s addrgenmode none", h.port),
		fmt.Sprintf("link set %s master br0 up", h.port),
	)
	cmds := []string{
		"link set lo up",
		"link set eth0 addrgenmode none",
		fmt.Sprintf("addr add %s/%d dev eth0", h.Addr, Subnet.Bits()),
		"link set eth0 up",
		fmt.Sprintf("addr add %s/64 dev eth0 nodad", h.LinkLocal()),
	}
	if h.Addr != RouterAddr {
		cmds = append(cmds, fmt.Sprintf("route add default via %s dev eth0", RouterAddr))
	}
	h.IP(cmds...)
	if n.wire != (wire{}) {
		n.degrade(h)
	}
}

// LinkLocal returns the IPv6 address that h takes by itself from its MAC, without a zone
// (RFC 4291, appendix A).
func (h *Host) LinkLocal() netip.Addr {
	var m [6]byte
	fmt.Sscanf(h.MAC, "%02x:%02x:%02x:%02x:%02x:%02x", &m[0], &m[1], &m[2], &m[3], &m[4], &m[5])
	return netip.AddrFrom16([16]byte{0xfe, 0x80, 8: m[0] ^ 2, 9: m[1], 10: m[2], 11: 0xff, 12: 0xfe, 13: m[3], 14: m[4], 15: m[5]})
}

// Host plugs a new host into the bridge: 10.77.0.octet, with a MAC like
// "00:40:8c:00:00:01", or "" for a locally administered one.
func (n *Net) Host(name string, octet byte, mac string) *Host {
	n.t.Helper()
	h := n.namespace(name)
	h.Addr = netip.AddrFrom4([4]byte{10, 77, 0, octet})
	if h.MAC = mac; mac == "" {
		h.MAC = fmt.Sprintf("02:00:00:00:00:%02x", octet)
	}
	n.plug(h)
	return h
}

// Do calls f on a thread that is in h's namespace: sockets f opens and programs f
// starts belong to h, for as long as they live. f must not start goroutines that
// open sockets. An error ends the test.
func (h *Host) Do(f func() error) {
	h.n.t.Helper()
	done := make(chan error)
	var enter func()
	enter = func() {
		runtime.LockOSThread()
		// /proc/net is the main thread's: others would read the wrong tables
		// while it is away. It is kept busy here until another thread is done.
		if unix.Gettid() == unix.Getpid() {
			defer runtime.UnlockOSThread()
			inner := make(chan struct{})
			go func() { defer close(inner); enter() }()
			<-inner
			return
		}
		err := setns(h.ns)
		if err == nil {
			err = f()
			if back := setns(h.n.Client.ns); back != nil {
				panic(fmt.Sprintf("a thread could not return to the client's namespace: %v", back))
			}
		}
		runtime.UnlockOSThread()
		done <- err
	}
	go enter()
	if err := <-done; err != nil {
		h.n.t.Fatalf("%s: %v", h.Name, err)
	}
}

func setns(f *os.File) error {
	if err := unix.Setns(int(f.Fd()), unix.CLONE_NEWNET); err != nil {
		return fmt.Errorf("enter network namespace: %w", err)
	}
	return nil
}

// Start starts a command in h's namespace. It ends with the test at the latest.
func (h *Host) Start(c *exec.Cmd) {
	h.n.t.Helper()
	if c.SysProcAttr == nil {
		c.SysProcAttr = &syscall.SysProcAttr{}
	}
	c.SysProcAttr.Pdeathsig = syscall.SIGKILL
	c.SysProcAttr.Setpgid = true
	h.Do(c.Start)
	ended := make(chan struct{})
	go func() { c.Wait(); close(ended) }()
	h.n.t.Cleanup(func() {
		syscall.Kill(-c.Process.Pid, syscall.SIGKILL)
		<-ended
	})
}

// IP runs commands of ip(8) in h's namespace, such as "link set eth0 down".
func (h *Host) IP(cmds ...string) {
	h.n.t.Helper()
	c := exec.Command("ip", "-batch", "-")
	c.Stdin = strings.NewReader(strings.Join(cmds, "\n") + "\n")
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	h.Do(c.Start)
	if err := c.Wait(); err != nil {
		h.n.t.Fatalf("ip on %s: %v: %s", h.Name, err, bytes.TrimSpace(out.Bytes()))
	}
}

// Play plugs in a host (see Host) on which a device plays a script.
func (n *Net) Play(octet byte, mac string, s Script, q Quirks) *Device {
	n.t.Helper()
	h := n.Host(s.Name, octet, mac)
	d := newDevice(h.Addr, s, q)
	d.addr6 = h.LinkLocal()
	h.Do(func() (err error) {
		if d.ifi, err = net.InterfaceByName("eth0"); err != nil {
			return err
		}
		return d.open()
	})
	n.t.Cleanup(func() { d.Close() })
	return d
}

// KeepMulticastBack keeps what is sent to groups from the hosts plugged in so far, but not
// from the client, as a switch does that watches who joins a group and saw nobody.
func (n *Net) KeepMulticastBack() {
	n.t.Helper()
	for _, h := range n.hosts {
		if h != n.Client {
			n.bridge.IP(fmt.Sprintf("link set %s type bridge_slave mcast_flood off", h.port))
		}
	}
}

// Isolate keeps the client and the hosts at these addresses apart, as guest Wi-Fi
// does: their ports on the bridge reach only those that are not isolated.
func (n *Net) Isolate(addrs ...netip.Addr) {
	n.t.Helper()
	for _, h := range n.hosts {
		if h == n.Client || slices.Contains(addrs, h.Addr) {
			n.bridge.IP(fmt.Sprintf("link set %s type bridge_slave isolated on", h.port))
		}
	}
}

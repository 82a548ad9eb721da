package lab

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"time"

	"golang.org/x/net/ipv4"
	"golang.org/x/net/ipv6"
)

// A Script is what a device says: the bytes of a case folder.
type Script struct {
	Name    string
	Address netip.Addr          // the address it had when it was recorded
	SSDP    [][]byte            // replies and NOTIFYs
	MDNS    [][]byte            // DNS messages
	HTTP    []Exchange          // in order; the first answer to a path is played
	UDP     map[uint16][][]byte // replies by the device's port
	Real    bool                // recorded or restated from a recording; false = invented
}

// An Exchange is one HTTP request's head and the raw response.
type Exchange struct {
	Request  []byte
	Response []byte
}

// Quirks are the ways in which a device is not a good one. The zero value is.
type Quirks struct {
	OnlyTarget     string        // answers a search for this target alone, not even ssdp:all
	Mute           bool          // answers no search; with Announce only NOTIFY is heard
	Announce       time.Duration // says NOTIFY and mDNS answers unasked, this often; 0 = never
	Ignore         int           // the first so many searches and questions are not heard
	Delay          time.Duration // before each SSDP, mDNS and UDP answer
	FirstByte      time.Duration // before each HTTP answer
	BytesPerSecond int           // of an HTTP answer; 0 = as fast as the wire
	NoAnswer       bool          // takes HTTP connections and never answers
	Stalls         int           // the first so many HTTP requests are never answered, as where the answer gets lost
	Oversize       int64         // so many bytes more follow each HTTP body
	Redirect       string        // answers every HTTP request with 302 to it
	Close          bool          // closes every HTTP connection without a word
	IPv6           bool          // also answers on IPv6 groups, from its link-local address
	NoIPv4         bool          // answers on IPv6 groups only
}

// Heard is one thing a device was asked.
type Heard struct {
	At   time.Time
	From netip.AddrPort
	Kind string // "ssdp", "mdns", "udp/3702", "http"
	What string // the search target; type and name asked for; method and path
}

// A Device plays a script on real sockets.
type Device struct {
	Script Script
	Quirks Quirks
	Addr   netip.Addr // where it lives

	addr6    netip.Addr // link-local, zero = none
	ifi      *net.Interface
	loopback bool
	ports    map[uint16]uint16 // TCP port recorded to TCP port lived at
	records  records
	ssdp     *net.UDPConn // where it speaks, nil = it does not
	mdns     *net.UDPConn
	ctx      context.Context
	stop     context.CancelFunc
	running  sync.WaitGroup

	mu      sync.Mutex
	heard   []Heard
	ignored int
	said    map[bool]map[string]time.Time // mDNS records by family, true = IPv6, and when they were multicast last
	closers []func() error
}

// Loopback plays a script on an address of this computer's loopback network, such
// as 127.0.0.7. Ports below 1024 move to free ones, and what the device says of
// them moves along. The caller must Close it.
func Loopback(addr netip.Addr, s Script, q Quirks) (*Device, error) {
	if !addr.IsLoopback() {
		return nil, fmt.Errorf("%s is not a loopback address", addr)
	}
	ifs, err := net.Interfaces()
	i := slices.IndexFunc(ifs, func(i net.Interface) bool { return i.Flags&net.FlagLoopback != 0 })
	if i < 0 {
		return nil, cmp.Or(err, errors.New("this computer has no loopback interface"))
	}
	d := newDevice(addr, s, q)
	d.ifi, d.loopback = &ifs[i], true
	return d, d.open()
}

func newDevice(addr netip.Addr, s Script, q Quirks) *Device {
	d := &Device{Script: s, Quirks: q, Addr: addr, ports: map[uint16]uint16{}, said: map[bool]map[string]time.Time{}}
	d.ctx, d.stop = context.WithCancel(context.Background())
	return d
}

// open opens all sockets and begins to answer. On an error none stays open.
func (d *Device) open() error {
	err := d.listenHTTP()
	if err == nil {
		d.records = readRecords(d.Script.MDNS, d.Script.Address, d.Addr, d.addr6)
		err = d.listenUDP()
	}
	if err == nil && len(d.Script.SSDP) > 0 {
		d.ssdp, err = d.listenGroups(ssdpPort, ssdp4, ssdp6, d.search)
	}
	if err == nil && len(d.records) > 0 {
		d.mdns, err = d.listenGroups(mdnsPort, mdns4, mdns6, d.question)
	}
	if err != nil {
		d.Close()
		return fmt.Errorf("play %s at %s: %w", d.Script.Name, d.Addr, err)
	}
	if d.Quirks.Announce > 0 {
		d.running.Go(d.announce)
	}
	return nil
}

// Close ends the device and everything it began.
func (d *Device) Close() error {
	d.stop()
	d.mu.Lock()
	closers := d.closers
	d.closers = nil
	d.mu.Unlock()
	var errs []error
	for _, c := range closers {
		errs = append(errs, c())
	}
	d.running.Wait()
	return errors.Join(errs...)
}

// LinkLocal returns the device's link-local IPv6 address, without a zone; the zero
// address on a loopback.
func (d *Device) LinkLocal() netip.Addr { return d.addr6 }

// six says whether the device speaks on IPv6.
func (d *Device) six() bool { return d.addr6.IsValid() && (d.Quirks.IPv6 || d.Quirks.NoIPv4) }

// host is how the device writes its address to who asks.
func (d *Device) host(asks netip.AddrPort) string {
	if asks.Addr().Is6() && !asks.Addr().Is4In6() {
		return "[" + d.addr6.String() + "]" // without a zone: that is what devices write
	}
	return d.Addr.String()
}

// Heard returns what the device was asked, in order.
func (d *Device) Heard() []Heard {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.heard)
}

// Count returns how often the device was asked something of a kind: "http" and
// "GET /rootDesc.xml"; what = "" counts all of the kind.
func (d *Device) Count(kind, what string) int {
	n := 0
	for _, h := range d.Heard() {
		if h.Kind == kind && (what == "" || h.What == what) {
			n++
		}
	}
	return n
}

// note writes down what was asked, and says whether the device is to hear it.
func (d *Device) note(kind, what string, from netip.AddrPort) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.heard = append(d.heard, Heard{At: time.Now(), From: from, Kind: kind, What: what})
	if d.ignored < d.Quirks.Ignore && kind != "http" {
		d.ignored++
		return false
	}
	return true
}

// later calls f after the device's delay, unless it was closed by then.
func (d *Device) later(f func()) {
	if d.Quirks.Delay <= 0 {
		f()
		return
	}
	d.running.Go(func() {
		if d.wait(d.Quirks.Delay) {
			f()
		}
	})
}

// wait waits, and says whether the device is still there.
func (d *Device) wait(t time.Duration) bool {
	select {
	case <-time.After(t):
		return true
	case <-d.ctx.Done():
		return false
	}
}

// onClose remembers what Close has to end.
func (d *Device) onClose(f func() error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closers = append(d.closers, f)
}

// urlHost matches an IPv4 address in text with an optional scheme and port.
var urlHost = regexp.MustCompile(`(http://)?(\d{1,3}(?:\.\d{1,3}){3})(:\d{1,5})?`)

// moved returns text with the recorded address, and ports that had to move,
// replaced by those the device lives at. host is how it is to be written.
func (d *Device) moved(text []byte, host string) []byte {
	if !d.Script.Address.IsValid() {
		return text
	}
	old := d.Script.Address.String()
	out := make([]byte, 0, len(text))
	last := 0
	for _, m := range urlHost.FindAllSubmatchIndex(text, -1) {
		if string(text[m[4]:m[5]]) != old || m[4] > 0 && isDigitOrDot(text[m[4]-1]) || m[5] < len(text) && isDigitOrDot(text[m[5]]) && !sentenceEnd(text, m[5]) {
			continue
		}
		out = append(out, text[last:m[4]]...)
		out = append(out, host...)
		last = m[5]
		port := uint16(80)
		if m[6] >= 0 {
			p, err := strconv.ParseUint(string(text[m[6]+1:m[7]]), 10, 16)
			if err != nil {
				continue
			}
			port = uint16(p)
		} else if m[2] < 0 {
			continue
		}
		if to, ok := d.ports[port]; ok && to != port {
			out = append(out, ':')
			out = strconv.AppendUint(out, uint64(to), 10)
			last = m[1]
		}
	}
	return append(out, text[last:]...)
}

func isDigitOrDot(b byte) bool { return b == '.' || b >= '0' && b <= '9' }

// sentenceEnd says whether the dot at i ends a sentence and not part of a number.
func sentenceEnd(text []byte, i int) bool {
	return text[i] == '.' && (i+1 == len(text) || !isDigitOrDot(text[i+1]))
}

// A hearer takes a datagram, and answers from voice. A lost answer is the network's business.
type hearer func(voice *net.UDPConn, b []byte, from netip.AddrPort)

// listen hears a UDP port, and what is sent there to a group, the zero address = none. It
// hands every datagram to take with the socket to answer from.
func (d *Device) listen(network string, port uint16, group netip.Addr, take hearer) (*net.UDPConn, error) {
	everywhere := netip.IPv4Unspecified()
	if network == "udp6" {
		everywhere = netip.IPv6Unspecified()
	}
	at := []netip.Addr{everywhere}
	switch {
	case d.loopback && group.IsValid():
		// Others live on this computer too: hear the group on a shared socket,
		// and what is for this device alone on its own address.
		at = []netip.Addr{everywhere, d.Addr}
	case d.loopback:
		at = []netip.Addr{d.Addr}
	}
	var ears []*net.UDPConn
	for _, a := range at {
		c, err := d.socket(network, netip.AddrPortFrom(a, port), group)
		if err != nil {
			return nil, err
		}
		ears = append(ears, c)
	}
	voice := ears[len(ears)-1]
	for _, ear := range ears {
		d.running.Go(func() { d.hear(ear, voice, take) })
	}
	return voice, nil
}

// listenGroups hears a UDP port on the families that the device speaks, with the group of
// each. It returns the socket to speak from unasked, nil where there is none.
func (d *Device) listenGroups(port uint16, group4, group6 netip.Addr, take hearer) (voice *net.UDPConn, err error) {
	if !d.Quirks.NoIPv4 {
		if voice, err = d.listen("udp4", port, group4, take); err != nil {
			return nil, err
		}
	}
	if d.six() {
		_, err = d.listen("udp6", port, group6, take)
	}
	return voice, err
}

// socket opens a UDP socket that others may share, and joins the group with one that hears
// all addresses.
func (d *Device) socket(network string, at netip.AddrPort, group netip.Addr) (*net.UDPConn, error) {
	lc := net.ListenConfig{Control: func(_, _ string, c syscall.RawConn) error { return c.Control(share) }}
	p, err := lc.ListenPacket(d.ctx, network, at.String())
	if err != nil {
		return nil, err
	}
	d.onClose(p.Close)
	var join func(*net.Interface, net.Addr) error
	if network == "udp4" {
		c := ipv4.NewPacketConn(p)
		join, err = c.JoinGroup, errors.Join(c.SetMulticastInterface(d.ifi), c.SetMulticastTTL(255), c.SetMulticastLoopback(true))
	} else {
		c := ipv6.NewPacketConn(p)
		join, err = c.JoinGroup, errors.Join(c.SetMulticastInterface(d.ifi), c.SetMulticastHopLimit(255), c.SetMulticastLoopback(true))
	}
	if group.IsValid() && at.Addr().IsUnspecified() {
		err = errors.Join(err, join(d.ifi, &net.UDPAddr{IP: group.AsSlice()}))
	}
	return p.(*net.UDPConn), err
}

// hear hands what comes to ear to take, until the device is closed.
func (d *Device) hear(ear, voice *net.UDPConn, take hearer) {
	for buf := make([]byte, 1<<16); ; {
		k, from, err := ear.ReadFromUDPAddrPort(buf)
		if d.ctx.Err() != nil || errors.Is(err, net.ErrClosed) {
			return
		}
		from = netip.AddrPortFrom(from.Addr().Unmap(), from.Port())
		if err == nil && from.Addr() != d.Addr && from.Addr().WithZone("") != d.addr6 { // else an ICMP error of an earlier answer
			take(voice, buf[:k], from)
		}
	}
}

// announce says unasked what the device has to say, until it is closed.
func (d *Device) announce() {
	for {
		d.notify()
		d.sayRecords()
		if !d.wait(d.Quirks.Announce) {
			return
		}
	}
}

package lan

import (
	"bufio"
	"encoding/binary"
	"encoding/hex"
	"io"
	"net"
	"net/netip"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// maxRows bounds how much of a system table is read.
const maxRows = 16384

// Gateways reads the default gateways of the main routing table, preferred ones
// first within a family. A missing /proc file (no IPv6, say) gives none of that family.
func Gateways() ([]Gateway, error) {
	var out []Gateway
	var firstErr error
	for _, table := range []struct {
		path string
		read func(io.Reader) []Gateway
	}{{"/proc/net/route", readRoute4}, {"/proc/net/ipv6_route", readRoute6}} {
		f, err := os.Open(table.path)
		if err != nil {
			if firstErr == nil && !os.IsNotExist(err) {
				firstErr = err
			}
			continue
		}
		got := table.read(f)
		f.Close()
		slices.SortStableFunc(got, func(a, b Gateway) int { return a.Metric - b.Metric })
		out = append(out, got...)
	}
	if len(out) > 0 {
		firstErr = nil
	}
	return out, firstErr
}

// readRoute4 reads /proc/net/route: Iface Destination Gateway Flags RefCnt Use
// Metric Mask ...; addresses are hexadecimal in the machine's own byte order
// (proc_net(5), net/ipv4/fib_trie.c).
func readRoute4(r io.Reader) []Gateway {
	var out []Gateway
	for f := range rows(r) {
		if len(f) < 8 || f[1] != "00000000" || f[7] != "00000000" {
			continue
		}
		flags, err1 := strconv.ParseUint(f[3], 16, 32)
		gw, err2 := strconv.ParseUint(f[2], 16, 32)
		metric, _ := strconv.Atoi(f[6])
		if err1 != nil || err2 != nil || gw == 0 || flags&unix.RTF_UP == 0 || flags&unix.RTF_GATEWAY == 0 || flags&unix.RTF_REJECT != 0 {
			continue
		}
		var b [4]byte
		binary.NativeEndian.PutUint32(b[:], uint32(gw))
		out = append(out, Gateway{Interface: f[0], Addr: netip.AddrFrom4(b), Metric: metric})
	}
	return out
}

// readRoute6 reads /proc/net/ipv6_route: destination, its length, source, its
// length, next hop, metric, reference count, use, flags, interface; all hexadecimal.
func readRoute6(r io.Reader) []Gateway {
	var out []Gateway
	for f := range rows(r) {
		if len(f) < 10 || strings.Trim(f[0], "0") != "" || f[1] != "00" {
			continue
		}
		flags, err1 := strconv.ParseUint(f[8], 16, 64)
		hop, err2 := hex.DecodeString(f[4])
		metric, _ := strconv.ParseUint(f[5], 16, 32)
		a, ok := netip.AddrFromSlice(hop)
		if err1 != nil || err2 != nil || !ok || a.IsUnspecified() || flags&unix.RTF_UP == 0 || flags&unix.RTF_GATEWAY == 0 || flags&unix.RTF_REJECT != 0 {
			continue
		}
		out = append(out, Gateway{Interface: f[9], Addr: zoned(a, f[9]), Metric: int(metric)})
	}
	return out
}

// Neighbours reads the ARP and NDP tables through netlink, or where that is
// refused /proc/net/arp, which has IPv4 only.
func Neighbours() ([]Neighbour, error) {
	out, err := netlinkNeighbours()
	if err == nil {
		return out, nil
	}
	f, err2 := os.Open("/proc/net/arp")
	if err2 != nil {
		return nil, err
	}
	defer f.Close()
	return readARP(f), nil
}

func netlinkNeighbours() ([]Neighbour, error) {
	raw, err := syscall.NetlinkRIB(unix.RTM_GETNEIGH, unix.AF_UNSPEC)
	if err != nil {
		return nil, os.NewSyscallError("netlink", err)
	}
	msgs, err := syscall.ParseNetlinkMessage(raw)
	if err != nil {
		return nil, os.NewSyscallError("netlink", err)
	}
	return readNeigh(msgs, interfaceNames()), nil
}

// readNeigh reads RTM_NEWNEIGH messages: struct ndmsg (12 bytes: family, 3 bytes
// of padding, interface index, state, flags, type) and its attributes.
func readNeigh(msgs []syscall.NetlinkMessage, names map[int]string) []Neighbour {
	var out []Neighbour
	for _, m := range msgs {
		if m.Header.Type != unix.RTM_NEWNEIGH || len(m.Data) < 12 || len(out) >= maxRows {
			continue
		}
		index := int(int32(binary.NativeEndian.Uint32(m.Data[4:])))
		state := binary.NativeEndian.Uint16(m.Data[8:])
		if state&(unix.NUD_REACHABLE|unix.NUD_STALE|unix.NUD_DELAY|unix.NUD_PROBE|unix.NUD_PERMANENT) == 0 {
			continue
		}
		var a netip.Addr
		var mac net.HardwareAddr
		for b := m.Data[12:]; len(b) >= 4; {
			size, kind := int(binary.NativeEndian.Uint16(b)), binary.NativeEndian.Uint16(b[2:])
			if size < 4 || size > len(b) {
				break
			}
			switch kind {
			case unix.NDA_DST:
				a, _ = netip.AddrFromSlice(b[4:size])
			case unix.NDA_LLADDR:
				mac = net.HardwareAddr(b[4:size])
			}
			b = b[min(len(b), (size+3)&^3):]
		}
		if name := names[index]; a.IsValid() && validMAC(mac) && name != "" {
			out = append(out, Neighbour{Interface: name, Addr: zoned(a, name), MAC: mac.String()})
		}
	}
	return out
}

// readARP reads /proc/net/arp: address, hardware type, flags, MAC, mask, device.
func readARP(r io.Reader) []Neighbour {
	var out []Neighbour
	for f := range rows(r) {
		if len(f) < 6 {
			continue
		}
		a, err1 := netip.ParseAddr(f[0])
		mac, err2 := net.ParseMAC(f[3])
		flags, err3 := strconv.ParseUint(strings.TrimPrefix(f[2], "0x"), 16, 32)
		if err1 != nil || err2 != nil || err3 != nil || !validMAC(mac) || flags&2 == 0 {
			continue
		}
		out = append(out, Neighbour{Interface: f[5], Addr: a, MAC: mac.String()})
	}
	return out
}

// rows yields the words of each line of a table in /proc.
func rows(r io.Reader) func(func([]string) bool) {
	return func(yield func([]string) bool) {
		s := bufio.NewScanner(io.LimitReader(r, 4<<20))
		for n := 0; s.Scan() && n < maxRows; n++ {
			if !yield(strings.Fields(s.Text())) {
				return
			}
		}
	}
}

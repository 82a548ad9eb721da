package lab

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

// A wire is how bad the way to a host is. The zero value is a good one.
type wire struct {
	loss  int           // of a hundred packets
	delay time.Duration // of the others
}

// Degrade makes every wire lossy and slow, for the hosts plugged in and those to
// come. It comes before Capture. What a capture hears is what a host sent, before
// it is lost. It waits until no other network is on the machine (see alone).
//
// A packet passes two wires, the sender's and the receiver's; it is lost and delayed
// on the receiver's alone, so that of a hundred between two hosts ten are lost, and
// what is sent to all is lost for each apart. The kernel's netem on the bridge's ports
// would do the same, but small kernels come without it; so the wire runs through this
// process, and what is lost is the same in every run of the same traffic.
func (n *Net) Degrade() {
	n.t.Helper()
	n.alone()
	n.rewire(wire{loss: 10, delay: 30 * time.Millisecond})
}

// Slow has a packet take so long to any host, as to one whose radio sleeps most of the
// time, for the hosts plugged in and those to come. None is lost. It comes before Capture.
func (n *Net) Slow(delay time.Duration) {
	n.t.Helper()
	n.rewire(wire{delay: delay})
}

func (n *Net) rewire(w wire) {
	n.t.Helper()
	n.wire = w
	for _, h := range n.hosts {
		n.degrade(h)
	}
}

// degrade takes h's port off the bridge and puts a wire in between: eth0 - port -
// (this process) - w - b on the bridge.
func (n *Net) degrade(h *Host) {
	n.t.Helper()
	w, b := "w"+h.port, "b"+h.port
	n.bridge.IP(
		fmt.Sprintf("link set %s nomaster", h.port),
		fmt.Sprintf("link add %s type veth peer name %s", w, b),
		fmt.Sprintf("link set %s addrgenmode none up", w),
		fmt.Sprintf("link set %s addrgenmode none", b),
		fmt.Sprintf("link set %s master br0 up", b),
	)
	var ends [2]*os.File
	n.bridge.Do(func() (err error) {
		for i, name := range []string{h.port, w} {
			var at *net.Interface
			if at, err = net.InterfaceByName(name); err != nil {
				return err
			}
			// Frames come with the kernel's own header, so that checksums it left to the
			// hardware and segments it left together pass unharmed.
			if ends[i], err = openPackets(at.Index, unix.PACKET_VNET_HDR); err != nil {
				return err
			}
		}
		return nil
	})
	seed := uint64(len(h.port)) + uint64(h.Addr.As4()[3])
	var carried sync.WaitGroup
	carried.Go(func() { carry(ends[0], ends[1], wire{}, nil) })
	carried.Go(func() { carry(ends[1], ends[0], n.wire, rand.New(rand.NewPCG(seed, 2))) })
	n.t.Cleanup(func() {
		for _, e := range ends {
			e.SetReadDeadline(time.Now())
		}
		carried.Wait()
		for _, e := range ends {
			e.Close()
		}
	})
}

// openPackets opens a packet socket on one interface of the current namespace, 0 = all,
// with options of SOL_PACKET set. What this side sends is not read back.
func openPackets(ifindex int, options ...int) (*os.File, error) {
	fd, err := unix.Socket(unix.AF_PACKET, unix.SOCK_RAW|unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("packet socket: %w", err)
	}
	for _, option := range append(options, unix.PACKET_IGNORE_OUTGOING) {
		err = errors.Join(err, unix.SetsockoptInt(fd, unix.SOL_PACKET, option, 1))
	}
	err = errors.Join(err, unix.Bind(fd, &unix.SockaddrLinklayer{Protocol: ethAll, Ifindex: ifindex}))
	if err != nil {
		unix.Close(fd)
		return nil, fmt.Errorf("packet socket: %w", err)
	}
	return os.NewFile(uintptr(fd), "packets"), nil
}

// ethAll is ETH_P_ALL in network byte order.
const ethAll = unix.ETH_P_ALL<<8&0xff00 | unix.ETH_P_ALL>>8

// carry moves frames in one direction until a deadline ends it.
func carry(from, to *os.File, how wire, dice *rand.Rand) {
	type frame struct {
		due  time.Time
		data []byte
	}
	queue := make(chan frame, 4096) // full: the wire is full, and drops
	var out sync.WaitGroup
	out.Go(func() {
		for f := range queue {
			time.Sleep(time.Until(f.due))
			to.Write(f.data)
		}
	})
	defer out.Wait()
	defer close(queue)
	buf := make([]byte, 1<<17)
	for {
		k, err := from.Read(buf)
		if errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, os.ErrClosed) {
			return
		}
		if err != nil || how.loss > 0 && dice.IntN(100) < how.loss {
			continue // the interface went down, or the frame is lost
		}
		select {
		case queue <- frame{time.Now().Add(how.delay), bytes.Clone(buf[:k])}:
		default:
		}
	}
}

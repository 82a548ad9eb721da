package lab

import (
	"bytes"
	"errors"
	"net"
	"os"
	"slices"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// A Capture hears every packet that enters the bridge, once, and those on the
// client's loopback.
type Capture struct {
	n       *Net
	taps    []tap
	running sync.WaitGroup

	mu      sync.Mutex
	packets Packets
}

type tap struct {
	file  *os.File
	raw   syscall.RawConn
	buf   []byte
	names map[int]string // of the interfaces that are wanted, by index
}

// Capture begins to hear. The caller must call Stop.
func (n *Net) Capture() *Capture {
	n.t.Helper()
	c := &Capture{n: n}
	ports := map[int]string{}
	n.bridge.Do(func() error {
		for _, h := range n.hosts {
			i, err := net.InterfaceByName(h.port)
			if err != nil {
				return err
			}
			ports[i.Index] = h.Name
		}
		// A frame for all is also seen on br0 itself, which has no name here.
		return c.tap(ports)
	})
	n.Client.Do(func() error {
		lo, err := net.InterfaceByName("lo")
		if err != nil {
			return err
		}
		return c.tap(map[int]string{lo.Index: "client/lo"})
	})
	return c
}

// tap opens a packet socket in the current namespace and begins to read it.
func (c *Capture) tap(names map[int]string) error {
	f, err := openPackets(0)
	if err != nil {
		return err
	}
	raw, err := f.SyscallConn()
	if err != nil {
		return err
	}
	// 32 MiB: a storm must not make a check blind. The plain option is cut to the
	// system's limit; Stop says so if that was too little.
	raw.Control(func(fd uintptr) {
		if unix.SetsockoptInt(int(fd), unix.SOL_SOCKET, unix.SO_RCVBUFFORCE, 32<<20) != nil {
			unix.SetsockoptInt(int(fd), unix.SOL_SOCKET, unix.SO_RCVBUF, 32<<20)
		}
	})
	t := tap{f, raw, make([]byte, 1<<16), names}
	c.taps = append(c.taps, t)
	c.running.Go(func() {
		for raw.Read(func(fd uintptr) bool { return c.take(t, int(fd)) }) == nil {
		}
	})
	return nil
}

// take reads all packets that wait; false means none did.
func (c *Capture) take(t tap, fd int) bool {
	for took := false; ; took = true {
		k, from, err := unix.Recvfrom(fd, t.buf, unix.MSG_DONTWAIT|unix.MSG_TRUNC)
		if err != nil {
			return took || !errors.Is(err, unix.EAGAIN)
		}
		host := t.names[from.(*unix.SockaddrLinklayer).Ifindex]
		if host == "" {
			continue
		}
		p := parsePacket(bytes.Clone(t.buf[:min(k, len(t.buf))]))
		p.At, p.From = time.Now(), host
		c.mu.Lock()
		c.packets = append(c.packets, p)
		c.mu.Unlock()
	}
}

// Sofar returns what was heard until now.
func (c *Capture) Sofar() Packets {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.packets)
}

// Stop ends the capture and returns all of it. It fails the test when packets were
// missed: a check on them would mean nothing.
func (c *Capture) Stop() Packets {
	c.n.t.Helper()
	for _, t := range c.taps {
		t.file.SetReadDeadline(time.Now())
	}
	c.running.Wait()
	for _, t := range c.taps {
		t.raw.Control(func(fd uintptr) {
			c.take(t, int(fd))
			if s, err := unix.GetsockoptTpacketStats(int(fd), unix.SOL_PACKET, unix.PACKET_STATISTICS); err != nil || s.Drops != 0 {
				c.n.t.Errorf("the capture missed packets: %+v, %v", s, err)
			}
		})
		t.file.Close()
	}
	c.taps = nil
	return c.Sofar()
}

package lab

import (
	"bytes"
	"errors"
	"fmt"
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
	n    *Net
	taps []*tap

	mu      sync.Mutex
	packets Packets
}

type tap struct {
	file *os.File
	raw  syscall.RawConn
	name func(ifindex int) string // "" = not wanted
	done chan struct{}
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
		return c.tap(func(i int) string { return ports[i] })
	})
	n.Client.Do(func() error {
		lo, err := net.InterfaceByName("lo")
		if err != nil {
			return err
		}
		return c.tap(func(i int) string {
			if i == lo.Index {
				return "client/lo"
			}
			return ""
		})
	})
	return c
}

// tap opens a packet socket in the current namespace and begins to read it.
func (c *Capture) tap(name func(int) string) error {
	fd, err := unix.Socket(unix.AF_PACKET, unix.SOCK_RAW|unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, ethAll)
	if err != nil {
		return fmt.Errorf("packet socket: %w", err)
	}
	// 32 MiB: a storm must not make a check blind. The plain option is cut to the
	// system's limit; Stop says so if that was too little.
	if unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_RCVBUFFORCE, 32<<20) != nil {
		unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_RCVBUF, 32<<20)
	}
	f := os.NewFile(uintptr(fd), "tap")
	raw, err := f.SyscallConn()
	if err != nil {
		return err
	}
	t := &tap{file: f, raw: raw, name: name, done: make(chan struct{})}
	c.taps = append(c.taps, t)
	go c.read(t)
	return nil
}

func (c *Capture) read(t *tap) {
	defer close(t.done)
	buf := make([]byte, 1<<16)
	for {
		err := t.raw.Read(func(fd uintptr) bool { return c.take(t, int(fd), buf) })
		if err != nil {
			return
		}
	}
}

// take reads all packets that wait; false means none did.
func (c *Capture) take(t *tap, fd int, buf []byte) bool {
	took := false
	for {
		k, from, err := unix.Recvfrom(fd, buf, unix.MSG_DONTWAIT|unix.MSG_TRUNC)
		if err != nil {
			return took || !errors.Is(err, unix.EAGAIN)
		}
		took = true
		ll, ok := from.(*unix.SockaddrLinklayer)
		if !ok || ll.Pkttype == unix.PACKET_OUTGOING {
			continue // seen where it came in
		}
		host := t.name(ll.Ifindex)
		if host == "" {
			continue
		}
		p := parsePacket(bytes.Clone(buf[:min(k, len(buf))]))
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
		<-t.done
		buf := make([]byte, 1<<16)
		t.raw.Control(func(fd uintptr) {
			c.take(t, int(fd), buf)
			if s, err := unix.GetsockoptTpacketStats(int(fd), unix.SOL_PACKET, unix.PACKET_STATISTICS); err != nil || s.Drops != 0 {
				c.n.t.Errorf("the capture missed packets: %+v, %v", s, err)
			}
		})
		t.file.Close()
	}
	c.taps = nil
	return c.Sofar()
}

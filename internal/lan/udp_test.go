package lan

import (
	"errors"
	"net/netip"
	"testing"
)

func must(t testing.TB, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

func TestBroadcast(t *testing.T) {
	for prefix, want := range map[string]string{
		"192.168.1.7/24": "192.168.1.255", "10.0.2.7/22": "10.0.3.255", "10.1.2.3/8": "10.255.255.255",
		"192.168.1.5/30": "192.168.1.7", "192.168.1.7/31": "", "192.168.1.7/32": "", "fe80::1/64": "",
	} {
		a, ok := Interface{Prefixes: []netip.Prefix{netip.MustParsePrefix(prefix)}}.broadcast()
		if got := map[bool]string{true: a.String()}[ok]; got != want {
			t.Errorf("%s: %q, want %q", prefix, got, want)
		}
	}
}

func TestSendGoesOnlyWhereItMay(t *testing.T) {
	n := loopback(t)
	s, err := n.Ask(n.Used()[0], netip.MustParseAddr("127.0.0.1"), 1)
	must(t, err)
	defer s.Close()
	for to, want := range map[netip.AddrPort]error{
		WSD6: ErrFamily,
		netip.MustParseAddrPort("239.255.255.250:37021"): ErrNotLocal,
		netip.MustParseAddrPort("255.255.255.255:9999"):  ErrNotLocal,
		netip.MustParseAddrPort("192.0.2.7:37020"):       ErrNotLocal,
		netip.AddrPortFrom(netip.Addr{}, 161):            ErrNotLocal, // SNMP is never broadcast
		netip.AddrPortFrom(netip.Addr{}, 0):              ErrNotLocal,
	} {
		if err := s.Send([]byte("x"), to); !errors.Is(err, want) {
			t.Errorf("%v: %v, want %v", to, err, want)
		}
	}
	for _, a := range []string{"192.0.2.7", "10.9.9.9", "::1", "255.255.255.255", "239.255.255.250"} {
		if err := s.Nudge(netip.MustParseAddr(a)); !errors.Is(err, ErrNotLocal) {
			t.Errorf("nudge %s: %v", a, err)
		}
	}
	if n.Sent() != 0 {
		t.Errorf("%d packets counted for what was refused", n.Sent())
	}
}

func TestTypedAddressesArePrivate(t *testing.T) {
	n := loopback(t)
	for _, a := range []string{"192.0.2.7", "8.8.8.8", "100.64.0.1", "::ffff:192.168.1.1", "2001:db8::1", "239.255.255.250", "255.255.255.255", "0.0.0.0"} {
		if _, err := n.Typed(netip.MustParseAddr(a)); !errors.Is(err, ErrNotLocal) {
			t.Errorf("%s may be asked: %v", a, err)
		}
	}
	m, err := n.Typed(netip.MustParseAddr("127.0.0.9"))
	must(t, err)
	if _, ok := m.Local(netip.MustParseAddr("127.0.0.9")); !ok {
		t.Error("the typed address is not allowed")
	}
	if _, ok := m.Local(netip.MustParseAddr("192.168.1.1")); ok {
		t.Error("an address that was not typed is allowed")
	}
}

func TestSelfTestHearsItself(t *testing.T) {
	n := loopback(t)
	if sent, heard := n.SelfTest(t.Context(), n.Used()[0]); sent != selfTests || heard != selfTests {
		t.Errorf("sent %d, heard %d; want %d each", sent, heard, selfTests)
	}
}

func TestNoDeviceGetsMoreThanItsShare(t *testing.T) {
	n := loopback(t)
	s, err := n.Ask(n.Used()[0], netip.MustParseAddr("127.0.0.1"), 1)
	must(t, err)
	defer s.Close()
	one, other := netip.MustParseAddrPort("127.0.0.7:1900"), netip.MustParseAddrPort("127.0.0.8:1900")
	sent := 0
	for range 2 * eachMost {
		if err := s.Send([]byte("x"), one); err == nil {
			sent++
		} else if !errors.Is(err, ErrAllowance) {
			t.Fatal(err)
		}
	}
	if sent != eachMost {
		t.Errorf("%d packets to one device, want %d", sent, eachMost)
	}
	if err := s.Send([]byte("x"), other); err != nil {
		t.Errorf("the next device gets none: %v", err)
	}
	if _, err := n.Allow(5).Fetch(t.Context(), get("/"), Target{Addr: netip.MustParseAddrPort("127.0.0.7:80")}); !errors.Is(err, ErrAllowance) {
		t.Errorf("a connection on top: %v", err)
	}
	for range 2 * eachMost {
		if err := s.Send([]byte("x"), SSDP4); err != nil {
			t.Fatalf("to everybody: %v", err)
		}
	}
}

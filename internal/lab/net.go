package lab

import (
	"net/netip"
	"time"
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

// The addresses of a lab's network. They are private (RFC 1918) and exist only
// inside the lab's namespaces.
var (
	Subnet     = netip.MustParsePrefix("10.77.0.0/24")
	Broadcast  = netip.MustParseAddr("10.77.0.255")
	ClientAddr = netip.MustParseAddr("10.77.0.100") // the computer under test
	RouterAddr = netip.MustParseAddr("10.77.0.1")   // its default gateway, whether or not a host is there
)

// clientMAC is a locally administered address: nobody's.
const clientMAC = "02:00:00:00:01:00"

// Link is how bad the way from one host to another is.
type Link struct {
	Loss  int           // per cent of packets lost
	Delay time.Duration // of each packet
}

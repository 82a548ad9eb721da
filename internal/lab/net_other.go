//go:build !linux

package lab

import (
	"net/netip"
	"os"
)

// Net is a home network of namespaces, which only Linux has.
type Net struct{ Client *Host }

// A Host is a network namespace, which only Linux has.
type Host struct {
	Name string
	Addr netip.Addr
	MAC  string
}

// Run reports the test as skipped, and as failed where CI=true. Tests that use more
// of a Net stand in files named _linux_test.go.
func Run(t TB, f func(n *Net)) {
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s needs network namespaces, and CI=true allows no skip", t.Name())
	}
	t.Skipf("%s was skipped: it needs network namespaces, which only Linux has", t.Name())
}

package lab

import (
	"embed"
	"fmt"
	"io/fs"
	"net/netip"

	"houdbaar/internal/casefile"
)

//go:embed recordings practice
var recordings embed.FS

// Recordings holds the recorded and invented devices, one folder each, for who has no
// source tree at hand: those of the tests in recordings, and those that only the practice
// house needs in practice.
func Recordings() fs.FS { return recordings }

// Read reads a case folder as a script.
func Read(dir string) (Script, error) {
	c, err := casefile.Read(dir)
	if err != nil {
		return Script{}, err
	}
	return fromCase(c)
}

func fromCase(c casefile.Case) (Script, error) {
	s := Script{Name: c.Name, SSDP: c.SSDP, MDNS: c.MDNS, UDP: c.UDP, Real: c.Truth.Fidelity != "invented"}
	for _, x := range c.HTTP {
		s.HTTP = append(s.HTTP, Exchange{Request: x.Request, Response: x.Response})
	}
	if c.Truth.Address != "" {
		a, err := netip.ParseAddr(c.Truth.Address)
		if err != nil {
			return Script{}, fmt.Errorf("%s: truth.json: address: %w", c.Name, err)
		}
		s.Address = a
	}
	return s, nil
}

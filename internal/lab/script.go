package lab

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"

	"houdbaar/internal/casefile"
)

// Read reads a case folder as a script.
func Read(dir string) (Script, error) {
	c, err := casefile.Read(dir)
	if err != nil {
		return Script{}, err
	}
	return fromCase(c)
}

// fromCase makes a script of a recorded device.
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

// Expected is what Houdbaar must say of a recording on a day: our own addition to
// its truth.json.
type Expected struct {
	Verdict string `json:"expect_verdict"` // a verdict's code
	On      string `json:"on"`             // 2006-01-02
}

// ReadExpected reads the expectation in a case folder.
func ReadExpected(dir string) (Expected, error) {
	var e Expected
	b, err := os.ReadFile(filepath.Join(dir, "truth.json"))
	if err != nil {
		return e, err
	}
	if err := json.Unmarshal(b, &e); err != nil {
		return e, fmt.Errorf("%s: truth.json: %w", dir, err)
	}
	if e.Verdict == "" || e.On == "" {
		return e, fmt.Errorf("%s: truth.json names no expect_verdict and on", dir)
	}
	return e, nil
}

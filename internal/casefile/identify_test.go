package casefile

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"houdbaar/internal/device"
	"houdbaar/internal/fingerprint"
)

// said is the part of an identity that a recording must keep.
type said struct {
	Vendor, Model, Revision, Firmware, Display, Provider, Software string
	Kind                                                           device.Kind
}

func says(id device.Identity) said {
	return said{id.Vendor, id.Model, id.Revision, id.Firmware, id.FirmwareDisplay, id.Provider, id.Software, id.Kind}
}

func TestAWrittenFolderIsIdentifiedAsTheDeviceWas(t *testing.T) {
	for _, dir := range recorded(t) {
		c, err := Read(dir)
		if err != nil {
			t.Error(err)
			continue
		}
		was := fingerprint.Default().Identify(asDevice(c))
		out := filepath.Join(t.TempDir(), "case")
		if err := Write(out, asDevice(c), Options{Keep: []string{was.Vendor, was.Model, was.Revision, was.Firmware, was.Provider, was.Software}}); err != nil {
			t.Errorf("%s: %v", c.Name, err)
			continue
		}
		again, err := Read(out)
		if err != nil {
			t.Errorf("%s: %v", c.Name, err)
			continue
		}
		if d := cmp.Diff(says(was), says(fingerprint.Default().Identify(asDevice(again)))); d != "" {
			t.Errorf("%s (-device +recording)\n%s", c.Name, d)
		}
	}
}

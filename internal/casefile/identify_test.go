package casefile

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"houdbaar/internal/device"
	"houdbaar/internal/fingerprint"
)

// says is the part of an identity that a recording must keep: all but the name that people
// gave, and which texts said it: some rules know a device by its MAC.
func says(id device.Identity) device.Identity {
	id.Name, id.Evidence = "", nil
	return id
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
		if err := Write(out, asDevice(c), Options{Keep: append(fingerprint.Default().Words(was), was.Vendor, was.Model, was.Revision, was.Firmware, was.Provider, was.Software)}); err != nil {
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

package casefile

import (
	"strings"
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
	for _, c := range recorded(t) {
		was := fingerprint.Default().Identify(asDevice(c))
		again := rewritten(t, asDevice(c), Options{Keep: append(fingerprint.Default().Words(was), was.Vendor, was.Model, was.Revision, was.Firmware, was.Provider, was.Software)})
		if d := cmp.Diff(says(was), says(fingerprint.Default().Identify(asDevice(again)))); d != "" {
			t.Errorf("%s (-device +recording)\n%s", c.Name, d)
		}
	}
}

// TestWhatTellsADeviceStaysInItsRecording has names and numbers of which a part is the product's.
func TestWhatTellsADeviceStaysInItsRecording(t *testing.T) {
	ask := fingerprint.Default()
	for name, c := range map[string]struct {
		body   string
		vendor string
		gone   string
	}{
		"a network called as the device": {`{"ssid": "WiiM Mini-E1CE","firmware": "Linkplay.4.6.626453","project": "Muzo_Mini","priv_prj": "Muzo_Mini",` +
			`"Release": "20240816","hardware": "ALLWINNER-R328"}`, "WiiM", "E1CE"},
		"an identifier of the hardware": {`{"manufacturer": "Ubiquiti","hardwareId": "baf4878d-df21-4427-9fbe-c2ef15301412"}`, "Ubiquiti", "baf4878d"},
	} {
		d := sightings("/info", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"+c.body)
		was := ask.Identify(d)
		again := rewritten(t, d, Options{Keep: append(ask.Words(was), was.Vendor, was.Model)})
		if d := cmp.Diff(says(was), says(ask.Identify(asDevice(again)))); d != "" || was.Vendor != c.vendor {
			t.Errorf("%s, of %q (-device +recording)\n%s", name, was.Vendor, d)
		}
		if strings.Contains(writtenIn(again), c.gone) {
			t.Errorf("%s: %s was written", name, c.gone)
		}
	}
}

// The end of a hardware address in a name stays one, by which some devices are known.
func TestTheEndOfAnAddressInANameIsReplacedByAnother(t *testing.T) {
	for _, name := range []string{"Mysa-85dda9", "MSS620-acfe", "MSS620-ACFE"} {
		s := newScrubber(device.Device{}, []string{"Mysa"})
		s.learnName(name)
		b := []byte(name)
		s.text(b)
		if end := hexEnd.FindString(string(b)); end == "" || strings.HasSuffix(name, end) || len(b) != len(name) {
			t.Errorf("%s became %s", name, b)
		}
	}
}

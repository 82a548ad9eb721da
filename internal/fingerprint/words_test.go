package fingerprint

import (
	"regexp"
	"strings"
	"testing"

	"houdbaar/internal/device"
)

func TestWordsAreThoseOfTheRulesThatTold(t *testing.T) {
	d := device.Device{Observations: []device.Observation{{
		Source: device.SourceUPnP,
		Fields: map[string]string{"friendlyName": "Xfinity of an invented Alice", "deviceType": "urn:schemas-upnp-org:device:InternetGatewayDevice:1"},
	}}}
	id := Default().Identify(d)
	if id.Provider != "Comcast" {
		t.Fatalf("provider is %q; the test means nothing", id.Provider)
	}
	words := strings.ToLower(strings.Join(Default().Words(id), " "))
	if !strings.Contains(words, "xfinity") {
		t.Errorf("no xfinity in %q", words)
	}
	if regexp.MustCompile(`\balice\b`).MatchString(words) {
		t.Errorf("the word of a rule that did not tell is in %q", words)
	}
}

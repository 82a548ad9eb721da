package fingerprint

import (
	"regexp"
	"strings"
	"testing"

	"houdbaar/internal/device"
)

func TestARevisionReadsAsOnTheLabel(t *testing.T) {
	tests := map[string]string{
		"b1": "B1", "rev. B1": "B1", "Ver. A1": "A1", "H/W Ver. B1": "B1", "v5": "V5", "V5": "V5", "2.0": "2.0", "v1.0": "V1.0", "Rev A": "A", "rev.A1": "A1",
	}
	for raw, want := range tests {
		if got := Revision(raw); got != want {
			t.Errorf("%q reads %q, want %q", raw, got, want)
		}
	}
}

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

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

// TestOfAPageOnlyWhatWasReadIsShown: what else stands on it may be private.
func TestOfAPageOnlyWhatWasReadIsShown(t *testing.T) {
	page := `<script>new stDeviceInfo("InternetGatewayDevice.DeviceInfo","48575443EXAMPLE1","26AD.A","V5R022C10S590","EchoLife HG8145V5 GPON Terminal")</script>` +
		`<img src="/img/huawei_logo.gif"><script>var ssid = "WIFI-OF-ALICE";</script>` + strings.Repeat("<p>words</p>", 300)
	id := Default().Identify(device.Device{Observations: []device.Observation{{Source: device.SourceHTTP, Fields: map[string]string{"body": page}}}})
	if id.Vendor != "Huawei" || id.Model != "HG8145V5" || id.Firmware != "V5R022C10S590" || id.Kind != device.Gateway {
		t.Fatalf("it is %s %s, %s, %s; the test means nothing", id.Vendor, id.Model, id.Firmware, id.Kind)
	}
	for _, e := range id.Evidence {
		if len(e.Value) > longMark || strings.Contains(e.Value, "EXAMPLE1") || strings.Contains(e.Value, "ALICE") {
			t.Errorf("%s of %s shows %q", e.Gives, e.Field, e.Value)
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

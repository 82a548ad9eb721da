package discover

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/huin/goupnp"
)

// TestWhyDescriptionsAreReadByOurselves shows what goupnp and encoding/xml do on their
// own. When one of these no longer holds, the way round it may go.
func TestWhyDescriptionsAreReadByOurselves(t *testing.T) {
	asked := 0
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked++
		fmt.Fprint(w, `<root xmlns="urn:schemas-upnp-org:device-1-0"><device><modelName>elsewhere</modelName></device></root>`)
	}))
	defer elsewhere.Close()
	device := httptest.NewServer(http.RedirectHandler(elsewhere.URL+"/reboot", http.StatusFound))
	defer device.Close()
	location, err := url.Parse(device.URL)
	if err != nil {
		t.Fatal(err)
	}
	if root, err := goupnp.DeviceByURL(location); err != nil || asked != 1 || root.Device.ModelName != "elsewhere" {
		t.Errorf("goupnp no longer follows a device to another: %v, asked %d times", err, asked)
	}
	for what, text := range map[string]string{
		"a second -- in a comment": `<root><!-- a -- b --></root>`,
		"XML 1.1":                  `<?xml version="1.1"?><root></root>`,
		"an ampersand":             `<root>AT&T</root>`,
	} {
		var v struct{}
		if xml.Unmarshal([]byte(text), &v) == nil {
			t.Errorf("encoding/xml no longer gives up on %s", what)
		}
	}
}

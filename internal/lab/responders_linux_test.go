package lab_test

import (
	"os/exec"
	"strings"
	"testing"

	"houdbaar/internal/lab"
)

func TestRealRespondersStartAndAnswer(t *testing.T) {
	lab.Run(t, func(n *lab.Net) {
		n.MiniUPnPd(2)
		n.MiniDLNA(3)
		n.Avahi(4, "00:40:8c:00:00:04", "axis-00408c000004",
			lab.Service{Name: "AXIS M1065-L - 00408C000004", Type: "_axis-video._tcp", Port: 80, TXT: []string{"macaddress=00408C000004"}})
		n.Avahi(5, "", "base-station", lab.Service{Name: "Zolder", Type: "_airport._tcp", Port: 5009, TXT: []string{"syAP=120,syVs=7.9.1"}})
	})
}

// Debian's own clients must see in a simulated device what they see in a real one.
func TestOtherClientsUnderstandTheSimulatedDevices(t *testing.T) {
	lab.Run(t, func(n *lab.Net) {
		for octet, name := range map[byte]string{10: "avm-fritz-box-7590", 11: "d-link-dir-860l-b1", 12: "synology-ds218", 13: "axis-m3045-v"} {
			s, err := lab.Read("recordings/" + name)
			must(t, err)
			n.Play(octet, "", s, lab.Quirks{})
		}
		run := func(c *exec.Cmd) string {
			t.Helper()
			out, err := c.CombinedOutput()
			if err != nil {
				t.Errorf("%s: %v\n%s", c, err, out)
			}
			return string(out)
		}
		wants := func(out string, wants ...string) {
			t.Helper()
			for _, w := range wants {
				if !strings.Contains(out, w) {
					t.Errorf("no %q in:\n%s", w, out)
				}
			}
		}
		wants(run(exec.Command(n.Program("gssdp-discover"), "-i", "eth0", "-t", "upnp:rootdevice", "-n", "2")),
			"http://10.77.0.10:49000/igddesc.xml", "http://10.77.0.10:49000/tr64desc.xml",
			"http://10.77.0.11:49152/rootDesc.xml", "http://10.77.0.12:5000/ssdp/desc-DSM-eth0.xml")
		wants(run(exec.Command(n.Program("curl"), "-sS", "--max-time", "5", "http://10.77.0.10:49000/tr64desc.xml")), "<Display>154.07.57</Display>")
		wants(run(exec.Command(n.Program("curl"), "-sS", "--max-time", "5", "http://10.77.0.10:49000/igddesc.xml")), "<presentationURL>http://10.77.0.10</presentationURL>")
		wants(run(n.AvahiCommand(n.Program("avahi-browse"), "-artp")),
			`"model_number=DIR-860L"`, `"hw_version=B1"`, "10.77.0.11", `"model=DS218"`, "10.77.0.12",
			`AXIS\032M3045-V\032-\03200408C000030;_axis-video._tcp;local;axis-00408c000030.local;10.77.0.13;80;"macaddress=00408C000030"`)
	})
}

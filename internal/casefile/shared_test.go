package casefile

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"houdbaar/internal/device"
)

// recorded reads the case folders there are: our own, the lab's, and those of the
// recorded set beside the project where it is present.
func recorded(t *testing.T) []Case {
	t.Helper()
	own, err := filepath.Glob("testdata/*")
	if err != nil || len(own) == 0 {
		t.Fatalf("no case folders in testdata (%v)", err)
	}
	lab, err := filepath.Glob("../lab/recordings/*")
	if err != nil || len(lab) == 0 {
		t.Fatalf("no recordings in lab (%v)", err)
	}
	all := append(own, lab...)
	beside := filepath.FromSlash("../../../shared/announcements")
	entries, _ := os.ReadDir(beside)
	for _, e := range entries {
		if e.IsDir() {
			all = append(all, filepath.Join(beside, e.Name()))
		}
	}
	t.Logf("%d own case folders, %d of the lab, %d beside the project", len(own), len(lab), len(all)-len(own)-len(lab))
	var cases []Case
	for _, dir := range all {
		c, err := Read(dir)
		must(t, err)
		cases = append(cases, c)
	}
	return cases
}

// rewritten writes a device as a case folder, and reads that.
func rewritten(t *testing.T, d device.Device, opt Options) Case {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "case")
	must(t, Write(dir, d, opt))
	c, err := Read(dir)
	must(t, err)
	return c
}

// asDevice makes a device of a case, as if all of it came from one box.
func asDevice(c Case) device.Device {
	d := device.Device{Observations: c.Observations, Gateway: c.Truth.Gateway, MAC: c.Truth.MAC}
	for _, o := range c.Observations {
		if o.Addr.IsValid() {
			d.Addrs = append(d.Addrs, o.Addr)
			break
		}
	}
	return d
}

func TestEveryRecordedFolderIsReadWhole(t *testing.T) {
	for _, c := range recorded(t) {
		if len(c.Observations) == 0 {
			t.Errorf("%s: nothing was read", c.Name)
		}
		if c.Noise > 0 {
			t.Errorf("%s: %d packets were not understood", c.Name, c.Noise)
		}
	}
}

func TestWhatIsWrittenNamesNobodyAndSaysTheSameOfTheProduct(t *testing.T) {
	macs := regexp.MustCompile(`(?i)\b[0-9a-f]{2}([:-][0-9a-f]{2}){5}\b`)
	for _, c := range recorded(t) {
		again := rewritten(t, asDevice(c), Options{Recorded: "test"})
		if len(again.Observations) < 1 || again.Truth.Recorded != "test" || len(again.Truth.Scrubbed) == 0 {
			t.Errorf("%s: truth.json does not say it is a recording: %+v", c.Name, again.Truth)
		}
		after := everything(again)
		for _, o := range c.Observations {
			for name, v := range o.Fields {
				private := ""
				switch classify(o.Source, name) {
				case aSerial, aNetwork:
					private = v
				default:
					for _, m := range uuidPattern.FindAllString(v, -1) {
						if strings.Trim(m, "0-") != "" && strings.Contains(after, m) {
							t.Errorf("%s: UUID %s of %s.%s is still there", c.Name, m, o.Source, name)
						}
					}
					for _, m := range macs.FindAllString(v, -1) {
						if tail := bareMAC(m); tail != "" && strings.Trim(tail[6:], "0") != "" && tail != "ffffffffffff" && tail[6:] != "000001" && strings.Contains(strings.ToLower(after), strings.ToLower(m)) {
							t.Errorf("%s: MAC %s of %s.%s is still there", c.Name, m, o.Source, name)
						}
					}
				}
				if len(private) >= 5 && strings.ContainsAny(private, "123456789") && strings.Contains(after, private) && len(strings.Trim(private, "0")) > 1 {
					t.Errorf("%s: %s.%s = %q is still there", c.Name, o.Source, name, private)
				}
			}
		}
	}
}

// everything returns all fields of a case as one text.
func everything(c Case) string {
	var b strings.Builder
	for _, o := range c.Observations {
		for name, v := range o.Fields {
			b.WriteString(o.Source + "." + name + "=" + v + "\n")
		}
	}
	return b.String()
}

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"houdbaar/internal/lab"
)

// TestTwoVisitsToAHome scans the lab's home, keeps it, scans it again and compares: the
// recorded devices must be known again by what they really announce.
func TestTwoVisitsToAHome(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		home := n.Home(recordings)
		who := person{home: t.TempDir()}
		for range 2 {
			if r := who.runs(t, bin, "scan", "--json", "--save", "--on", lab.HomeDay); !strings.Contains(r.stderr, "of your own home") {
				t.Fatalf("not kept: %s", r.stderr)
			}
		}
		r := who.runs(t, bin, "visit", "compare", "home", "--json", "--unmask")
		var c struct {
			Doubts  []string
			Devices []struct {
				Presence, Text string
				Changed        bool
				Before, After  *struct{ Model, MAC string }
			}
		}
		if err := json.Unmarshal([]byte(r.stdout), &c); err != nil {
			t.Fatalf("%v\n%s%s", err, r.stdout, r.stderr)
		}
		if len(c.Devices) < len(home) {
			t.Errorf("%d devices compared, %d stand there", len(c.Devices), len(home))
		}
		for _, d := range c.Devices {
			if d.Presence != "stayed" || d.Changed {
				t.Errorf("%s: %s (%+v, %+v)", d.Presence, d.Text, d.Before, d.After)
			}
		}
		// A paper of it holds none of the hardware addresses that are in the scan.
		paper := filepath.Join(t.TempDir(), "paper.html")
		if r := who.runs(t, bin, "visit", "export", "home", paper); r.status != 0 {
			t.Fatalf("no paper: %s", r.stderr)
		}
		page, err := os.ReadFile(paper)
		if err != nil {
			t.Fatal(err)
		}
		macs := 0
		for _, d := range c.Devices {
			if d.After != nil && d.After.MAC != "" {
				macs++
				if strings.Contains(string(page), d.After.MAC) {
					t.Errorf("the paper holds %s", d.After.MAC)
				}
			}
		}
		if macs == 0 || !strings.Contains(string(page), "Nothing changed that matters") {
			t.Errorf("%d hardware addresses; page:\n%.400s", macs, page)
		}
		if r := who.runs(t, bin, "visit", "forget", "home"); r.status != 0 {
			t.Errorf("not forgotten: %s", r.stderr)
		}
	})
}

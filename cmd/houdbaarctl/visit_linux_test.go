package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

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

// TestWhatMayNotBeWrittenIsStillShown: a disk that is mounted for reading, as on a
// stick or a colleague's share.
func TestWhatMayNotBeWrittenIsStillShown(t *testing.T) {
	lab.Run(t, func(n *lab.Net) {
		h, ref := kept(t)
		if err := unix.Mount(h.home, h.home, "", unix.MS_BIND, ""); err != nil {
			t.Fatal(err)
		}
		if err := unix.Mount("", h.home, "", unix.MS_BIND|unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil {
			t.Fatal(err)
		}
		defer unix.Unmount(h.home, 0)
		for args, c := range map[string]struct {
			status int
			want   string
		}{
			"list":                           {well, "Familie Voorbeeld"},
			"show " + ref:                    {action, "FRITZ!Box 7590"},
			"compare " + ref:                 {well, "was not seen this time"},
			"export " + ref + " /run/x.html": {well, "Written"},
			"note " + ref + " x":             {failed, "may not"},
			"forget " + ref:                  {failed, "may not"},
		} {
			status, stdout, stderr := h.run(append([]string{"visit"}, strings.Fields(args)...)...)
			if status != c.status || !strings.Contains(stdout+stderr, c.want) {
				t.Errorf("%s: status %d, want %d and %q\n%s%s", args, status, c.status, c.want, stdout, stderr)
			}
			if viewed := strings.Contains(stderr, "nothing in it can change"); viewed != (c.status != failed) {
				t.Errorf("%s: says %q", args, stderr)
			}
		}
	})
}

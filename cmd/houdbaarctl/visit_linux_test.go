package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"houdbaar/internal/lab"
)

// TestAScanIsKeptOnlyWhenAsked looks at an address where nothing is, which is enough.
func TestAScanIsKeptOnlyWhenAsked(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		who := person{home: t.TempDir()}
		scan := func(want string, args ...string) string {
			t.Helper()
			r := who.runs(t, bin, append([]string{"scan", "--address", at(99).String()}, args...)...)
			if !strings.Contains(r.stderr, want) {
				t.Fatalf("%s: %d %s%s", args, r.status, r.stdout, r.stderr)
			}
			return r.stderr
		}
		if said := scan(""); strings.Contains(said, "Kept") {
			t.Errorf("a plain scan: %s", said)
		}
		if r := who.runs(t, bin, "visit", "list"); !strings.Contains(r.stdout, "There are no visits yet") {
			t.Errorf("a plain scan was kept: %s%s", r.stdout, r.stderr)
		}
		scan("Kept as scan 1 of your own home", "--save")
		said := scan("Bewaard als scan 1 van bezoek ", "--visit", "new", "--household", "Buren", "--lang", "nl")
		_, ref, _ := strings.Cut(said, "Bewaard als scan 1 van bezoek ")
		ref, _, _ = strings.Cut(ref, ".")
		scan("scan 2 of visit "+ref, "--visit", ref)
		if r := who.runs(t, bin, "visit", "list"); strings.Count(r.stdout, "\n") != 2 || !strings.Contains(r.stdout, "Buren") {
			t.Errorf("kept: %s%s", r.stdout, r.stderr)
		}
	})
}

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
		must(t, err)
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

// TestWhatCannotBeWrittenIsStillShown: a disk that is mounted for reading, as on a stick
// or a colleague's share, and one that is full.
func TestWhatCannotBeWrittenIsStillShown(t *testing.T) {
	lab.Run(t, func(n *lab.Net) {
		for name, c := range map[string]struct {
			mount func(dir string) error
			why   string
		}{
			"read-only": {readOnly, "may not"},
			"full":      {full, "disk is full"},
		} {
			h, ref := kept(t)
			must(t, c.mount(h.home))
			defer unix.Unmount(h.home, unix.MNT_DETACH)
			for args, want := range map[string]struct {
				status exit
				text   string
			}{
				"list":                           {well, "Familie Voorbeeld"},
				"show " + ref:                    {action, "FRITZ!Box 7590"},
				"compare " + ref:                 {well, "was not seen this time"},
				"export " + ref + " /run/x.html": {well, "Written"},
				"note " + ref + " x":             {failed, c.why},
				"forget " + ref:                  {failed, c.why},
			} {
				os.Remove("/run/x.html")
				status, stdout, stderr := h.run(append([]string{"visit"}, strings.Fields(args)...)...)
				if status != want.status || !strings.Contains(stdout+stderr, want.text) {
					t.Errorf("%s, %s: status %d, want %d and %q\n%s%s", name, args, status, want.status, want.text, stdout, stderr)
				}
				if viewed := strings.Contains(stderr, "nothing in it can change"); viewed != (want.status != failed) {
					t.Errorf("%s, %s: says %q", name, args, stderr)
				}
			}
		}
	})
}

// readOnly mounts a folder over itself, for reading alone.
func readOnly(dir string) error {
	if err := unix.Mount(dir, dir, "", unix.MS_BIND, ""); err != nil {
		return err
	}
	return unix.Mount("", dir, "", unix.MS_BIND|unix.MS_REMOUNT|unix.MS_RDONLY, "")
}

// full mounts a small disk over a folder, with the same in it and no room left.
func full(dir string) error {
	return exec.Command("sh", "-c", `
		cp -a "$0" /run/before && mount -t tmpfs -o size=8m none "$0" && cp -a /run/before/. "$0" && rm -r /run/before &&
		{ head -c 8m /dev/zero > "$0/filler"; test -s "$0/filler"; }`, dir).Run()
}

package main

import (
	"bytes"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"houdbaar/internal/lab"
	"houdbaar/internal/report"
)

// bothLanguages runs the same in English and Dutch, and wants a different clear
// sentence in each.
func bothLanguages(t *testing.T, sentence func(language string) string) {
	t.Helper()
	said := map[string]string{}
	for _, language := range []string{"en_US.UTF-8", "nl_NL.UTF-8"} {
		s := sentence(language)
		t.Logf("%s: %s", language, s)
		if len(strings.Fields(s)) < 4 || strings.Contains(s, "%!") {
			t.Errorf("%s: %q is no sentence", language, s)
		}
		said[language] = s
	}
	if said["en_US.UTF-8"] == said["nl_NL.UTF-8"] {
		t.Errorf("the same in both languages: %q", said["en_US.UTF-8"])
	}
}

// problem returns the text of the problem with a code.
func problem(t *testing.T, s report.ScanObject, codes ...string) string {
	t.Helper()
	for _, p := range s.Problems {
		if slices.Contains(codes, p.Code) {
			return p.Text
		}
	}
	t.Errorf("no problem of %v among %+v", codes, s.Problems)
	return ""
}

func TestScanWhereTheNetworkIsBad(t *testing.T) {
	t.Parallel() // it mostly waits, in namespaces of its own
	bin := build(t)
	t.Run("no network at all", func(t *testing.T) {
		lab.Run(t, func(n *lab.Net) {
			n.Client.IP("link set eth0 down")
			bothLanguages(t, func(language string) string {
				r := person{language: language}.runs(t, bin, "scan")
				if r.status != 2 {
					t.Errorf("exit status %d; want 2: there was nothing to search", r.status)
				}
				if n := strings.Count(r.stdout+r.stderr, "VPN"); n != 1 || strings.Count(r.stderr, "eth0") != 1 {
					t.Errorf("what to do is said %d times, or not which connection is off:\n%s\n%s", n, r.stdout, r.stderr)
				}
				return strings.TrimSpace(r.stderr)
			})
			s := person{}.runs(t, bin, "scan", "--json").scanned(t)
			if len(s.Findings) != 0 || len(s.Interfaces) == 0 {
				t.Errorf("%d findings, interfaces %+v", len(s.Findings), s.Interfaces)
			}
		})
	})
	t.Run("no multicast route", func(t *testing.T) {
		lab.Run(t, func(n *lab.Net) {
			one(t, n)
			n.Client.IP("route add prohibit 224.0.0.0/4", "route del multicast ff00::/8 dev eth0 table local", "route add prohibit ff00::/8 table local")
			bothLanguages(t, func(language string) string {
				r := person{language: language}.runs(t, bin, "scan", "--json", "--on", lab.HomeDay)
				s := r.scanned(t)
				checkGatewayFirst(t, s)
				for _, f := range s.Findings {
					if f.Verdict == "supported" {
						t.Errorf("%v is said to be supported", f.Addresses)
					}
				}
				var texts []string
				for _, p := range s.Problems {
					texts = append(texts, p.Text)
				}
				return strings.Join(texts, " ")
			})
		})
	})
	t.Run("the interface is taken down in mid-scan", func(t *testing.T) {
		lab.Run(t, func(n *lab.Net) {
			d := one(t, n)
			wait := person{}.start(t, bin, "scan", "--json", "--on", lab.HomeDay)
			until(t, func() bool { return d.Count("http", "") > 0 })
			n.Client.IP("link set eth0 down")
			r := wait()
			s := r.scanned(t)
			checkGatewayFirst(t, s)
			t.Logf("said: %s", problem(t, s, "network_lost"))
		})
	})
}

// TestAScanThatIsEndedKeepsWhatItFound closes the terminal, and logs out, in mid-scan.
func TestAScanThatIsEndedKeepsWhatItFound(t *testing.T) {
	t.Parallel() // it mostly waits, in namespaces of its own
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		// What nohup starts ignores the hangup, and so would what the test starts.
		signal.Notify(make(chan os.Signal, 1), unix.SIGHUP)
		defer signal.Reset(unix.SIGHUP)
		d := one(t, n)
		for _, ending := range []os.Signal{os.Interrupt, unix.SIGTERM, unix.SIGHUP} {
			sheet := filepath.Join(t.TempDir(), "home.html")
			asked := d.Count("http", "")
			var process *os.Process
			wait := person{started: func(p *os.Process) { process = p }}.start(t, bin, "scan", "--save", "--report", sheet, "--on", lab.HomeDay)
			until(t, func() bool { return d.Count("http", "") > asked })
			must(t, process.Signal(ending))
			r := wait()
			if r.status != 1 || !strings.Contains(r.stderr, "Kept as scan 1") || !strings.Contains(r.stdout, "The scan was stopped") {
				t.Errorf("%v: status %d\n%s%s", ending, r.status, r.stdout, r.stderr)
			}
			if page, err := os.ReadFile(sheet); err != nil || !bytes.Contains(page, []byte("</html>")) {
				t.Errorf("%v: a report of %d bytes, %v", ending, len(page), err)
			}
		}
	})
}

// until waits for a condition that another process brings about.
func until(t *testing.T, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !ok(); {
		if time.Now().After(end) {
			t.Fatal("waited 20 s in vain")
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func TestScanWhereTheComputerIsBad(t *testing.T) {
	t.Parallel() // it mostly waits, in namespaces of its own
	bin := build(t)
	garbage := filepath.Join(t.TempDir(), "garbage.db")
	must(t, os.WriteFile(garbage, bytes.Repeat([]byte("no database "), 1000), 0o600))
	readOnly := func(t *testing.T) string {
		t.Helper()
		dir := t.TempDir()
		must(t, unix.Mount("tmpfs", dir, "tmpfs", unix.MS_RDONLY, ""))
		t.Cleanup(func() { unix.Unmount(dir, 0) })
		return dir
	}
	replaced := func(t *testing.T, r result) {
		t.Helper()
		s := r.scanned(t)
		if len(s.Findings) != 1 || s.Findings[0].Verdict != "replace_now" || len(s.Problems) != 0 {
			t.Errorf("findings %+v, problems %+v; want one, to be replaced, and no problem", s.Findings, s.Problems)
		}
	}
	t.Run("a home that cannot be written", func(t *testing.T) {
		lab.Run(t, func(n *lab.Net) {
			one(t, n)
			p := person{home: readOnly(t), temp: t.TempDir()}
			replaced(t, p.runs(t, bin, "scan", "--json", "--on", lab.HomeDay))
			if left, err := os.ReadDir(p.temp); err != nil || len(left) != 0 {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	})
	t.Run("nowhere to write at all", func(t *testing.T) {
		lab.Run(t, func(n *lab.Net) {
			one(t, n)
			dir := readOnly(t)
			bothLanguages(t, func(language string) string {
				s := person{home: dir, temp: dir, language: language}.runs(t, bin, "scan", "--json", "--on", lab.HomeDay).scanned(t)
				if len(s.Findings) != 1 || s.Findings[0].Verdict != "cannot_tell" || s.Findings[0].Model != "DIR-860L" {
					t.Errorf("findings %+v; want the router, named and not judged", s.Findings)
				}
				return problem(t, s, "catalogue_missing", "catalogue_unusable", "catalogue_unwritable")
			})
		})
	})
	t.Run("a damaged catalogue in the home gives way to the built-in one", func(t *testing.T) {
		lab.Run(t, func(n *lab.Net) {
			one(t, n)
			home := t.TempDir()
			dir := filepath.Join(home, ".local", "share", "houdbaar")
			must(t, os.MkdirAll(dir, 0o700))
			must(t, os.WriteFile(filepath.Join(dir, "catalogue.db"), []byte("no database"), 0o600))
			replaced(t, person{home: home}.runs(t, bin, "scan", "--json", "--on", lab.HomeDay))
		})
	})
	for _, c := range []struct{ name, catalogue string }{
		{"built without a catalogue", "none"},
		{"built with a damaged catalogue", garbage},
	} {
		t.Run(c.name, func(t *testing.T) {
			bin := buildWith(t, c.catalogue)
			lab.Run(t, func(n *lab.Net) {
				one(t, n)
				bothLanguages(t, func(language string) string {
					r := person{language: language}.runs(t, bin, "scan", "--json", "--on", lab.HomeDay)
					s := r.scanned(t)
					if len(s.Findings) != 1 || s.Findings[0].Verdict != "cannot_tell" || s.Findings[0].Model != "DIR-860L" {
						t.Errorf("findings %+v; want the router, named and not judged", s.Findings)
					}
					if r.status != 1 {
						t.Errorf("exit status %d; want 1", r.status)
					}
					return problem(t, s, "catalogue_missing", "catalogue_unusable")
				})
			})
		})
	}
}

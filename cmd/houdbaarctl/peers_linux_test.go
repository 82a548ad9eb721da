package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/netip"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"houdbaar/assets"
	"houdbaar/internal/app"
	"houdbaar/internal/device"
	"houdbaar/internal/lab"
	"houdbaar/internal/scan"
)

// A race is when a tool saw each device for the first time.
type race struct {
	began, ended time.Time
	seen         map[netip.Addr]time.Duration
}

func (r *race) see(a netip.Addr) {
	if _, ok := r.seen[a]; !ok {
		r.seen[a] = time.Since(r.began)
	}
}

// after returns when a share of the devices had been seen; false when never.
func (r race) after(share float64, of []netip.Addr) (time.Duration, bool) {
	var times []time.Duration
	for _, a := range of {
		if t, ok := r.seen[a]; ok {
			times = append(times, t)
		}
	}
	slices.Sort(times)
	need := max(1, int(share*float64(len(of))+0.999))
	if len(times) < need {
		return 0, false
	}
	return times[need-1], true
}

// lane is one line of the table.
func (r race) lane(name string, of []netip.Addr) string {
	cell := func(share float64) string {
		if t, ok := r.after(share, of); ok {
			return fmt.Sprintf("%.2f s", t.Seconds())
		}
		return "-"
	}
	n := 0
	for _, a := range of {
		if _, ok := r.seen[a]; ok {
			n++
		}
	}
	return fmt.Sprintf("%-36s %2d of %-4d %8s %8s %8s %8.2f s\n", name, n, len(of), cell(0), cell(0.95), cell(1), r.ended.Sub(r.began).Seconds())
}

var address = regexp.MustCompile(`\b10\.77\.0\.\d+\b`)

// listen runs another tool and notes which addresses it prints, as it prints them.
func listen(b *testing.B, c *exec.Cmd) race {
	b.Helper()
	out, err := c.StdoutPipe()
	must(b, err)
	r := race{began: time.Now(), seen: map[netip.Addr]time.Duration{}}
	must(b, c.Start())
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if lines.Text() == lab.Begin {
			r.began = time.Now() // its own daemons have started
			continue
		}
		for _, a := range address.FindAllString(lines.Text(), -1) {
			r.see(netip.MustParseAddr(a))
		}
	}
	io.Copy(io.Discard, out)
	if err := c.Wait(); err != nil {
		b.Errorf("%s: %v", strings.Join(c.Args, " "), err)
	}
	r.ended = time.Now()
	return r
}

// ours runs a scan in this process and notes when the person is shown each device
// that said something itself.
func ours(b *testing.B) race {
	b.Helper()
	engine := app.Open(assets.Catalogue)
	defer engine.Close()
	r := race{began: time.Now(), seen: map[netip.Addr]time.Duration{}}
	look := func(findings []scan.Finding) {
		for _, f := range findings {
			spoke := slices.ContainsFunc(f.Device.Observations, func(o device.Observation) bool {
				return o.Source != device.SourceNeighbour && o.Source != device.SourceRoute
			})
			for _, a := range f.Device.Addrs {
				if spoke {
					r.see(a)
				}
			}
		}
	}
	done, err := engine.Scan(context.Background(), nil, func(s scan.Snapshot) { look(s.Findings) })
	must(b, err)
	r.ended = time.Now()
	look(done.Findings)
	return r
}

// BenchmarkScanUnderAFlood scans in quiet, and again while forged datagrams pour in: the
// ratio says what they take.
func BenchmarkScanUnderAFlood(b *testing.B) {
	lab.Run(b, func(n *lab.Net) {
		n.Home(recordings)
		took := func() float64 { r := ours(b); return r.ended.Sub(r.began).Seconds() }
		quiet := took()
		rate := n.Flood(100_000)
		flooded := took()
		b.ReportMetric(rate(), "datagrams/s")
		b.ReportMetric(flooded*1000, "scan-ms")
		b.ReportMetric(flooded/quiet, "ratio")
	})
}

// BenchmarkPeers prints how soon the devices of the lab's home are seen, by us and
// by others. It decides nothing: a busy computer is no reason to fail.
func BenchmarkPeers(b *testing.B) {
	lab.Run(b, func(n *lab.Net) {
		var of []netip.Addr
		for _, r := range n.Home(recordings) {
			if !r.Gateway { // says nothing to anybody
				of = append(of, r.Addr)
			}
		}
		line := n.Program("stdbuf") // or the tools would tell only when they end
		var table strings.Builder
		fmt.Fprintf(&table, "\n%-36s %-10s %8s %8s %8s %10s\n", "", "devices", "first", "95 %", "all", "ended")
		var us race
		for range b.N {
			us = ours(b)
		}
		table.WriteString(us.lane("houdbaar", of))
		for _, tool := range []struct {
			name string
			c    *exec.Cmd
		}{
			{"gssdp-discover ssdp:all", exec.Command(line, "-oL", n.Program("gssdp-discover"), "-i", "eth0", "-t", "ssdp:all", "-n", "4")},
			{"avahi-browse -art", n.AvahiCommand(line, "-oL", n.Program("avahi-browse"), "-artp")},
			{"nmap broadcast-upnp-info", exec.Command(n.Program("nmap"), "-n", "--script", "broadcast-upnp-info")},
			{"nmap broadcast-dns-service-discovery", exec.Command(n.Program("nmap"), "-n", "--script", "broadcast-dns-service-discovery")},
		} {
			r := listen(b, tool.c)
			delete(r.seen, lab.ClientAddr)
			table.WriteString(r.lane(tool.name, of))
		}
		for name, share := range map[string]float64{"first-ms": 0, "95%-ms": 0.95, "all-ms": 1} {
			if t, ok := us.after(share, of); ok {
				b.ReportMetric(float64(t.Milliseconds()), name)
			}
		}
		b.ReportMetric(float64(us.ended.Sub(us.began).Milliseconds()), "scan-ms")
		fmt.Print(table.String())
	})
}

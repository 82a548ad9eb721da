package history

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"houdbaar/internal/scan"
)

// filled is a history of many visits of sixty devices each, two scans a visit in every
// tenth. The files are made once a run.
func filled(b *testing.B, visits int) *Store {
	b.Helper()
	path := filepath.Join(folder, fmt.Sprintf("%d.db", visits))
	if _, err := os.Stat(path); err == nil {
		return open(b, path)
	}
	s := open(b, path)
	err := s.change(ctx, func(tx *sql.Tx) error {
		for i := range visits {
			id, err := insertVisit(ctx, tx, Visit{Ref: fmt.Sprintf("visit-%d", i), Household: fmt.Sprintf("Familie %d, Dorpsstraat %d", i, i%99), Notes: "Router in de meterkast. Camera bij de voordeur.", Created: today, Changed: today})
			if err != nil {
				return err
			}
			for n := range 1 + (i%10)/9 {
				if _, err := saveScan(ctx, tx, id, 0, talkative(home(i*7+n, 60))); err != nil {
					return err
				}
			}
			if err := index(ctx, tx, id); err != nil {
				return err
			}
		}
		return nil
	})
	must(b, err)
	return s
}

// talkative lets every device say a dozen things more, with a page of text among them.
func talkative(s scan.Scan) scan.Scan {
	for i := range s.Findings {
		d := &s.Findings[i].Device
		for n := range 12 {
			o := d.Observations[1]
			o.Source, o.Key = "mdns", fmt.Sprintf("%s %d", d.ID, n)
			o.Fields = map[string]string{"instance": o.Key, "service": "_http._tcp", "host": d.ID + ".local", "port": "80", "txt.path": "/"}
			if n == 0 {
				o.Fields["body"] = strings.Repeat("<p>"+d.ID+"</p>", 100)
			}
			d.Observations = append(d.Observations, o)
		}
	}
	return s
}

var folder = filepath.Join(os.TempDir(), fmt.Sprintf("houdbaar-bench-%d", os.Getpid()))

// BenchmarkHistory: with 2,000 visits of 60 devices each of these stays under 100 ms;
// the smaller ones show how it grows.
func BenchmarkHistory(b *testing.B) {
	defer os.RemoveAll(folder)
	for _, visits := range []int{20, 200, 2000} {
		s := filled(b, visits)
		if info, err := os.Stat(s.path); err == nil {
			b.Logf("%d visits: %d MB", visits, info.Size()>>20)
		}
		ref := fmt.Sprintf("visit-%d", visits/10*10-1) // one with two scans
		for _, c := range []struct {
			name string
			do   func() (int, error)
			want int
		}{
			{"list", func() (int, error) { rows, err := s.List(ctx, ""); return len(rows), err }, visits},
			{"visit", func() (int, error) {
				if _, _, err := s.Visit(ctx, ref); err != nil {
					return 0, err
				}
				done, _, err := s.Scan(ctx, ref, 0)
				return len(done.Findings), err
			}, 60},
			{"compare", func() (int, error) {
				c, _, err := s.Compare(ctx, Pick{ref, 0}, Pick{ref, 0})
				return len(c.Devices), err
			}, 61},
			{"search", func() (int, error) {
				rows, err := s.List(ctx, "dorpsstraat acme r39")
				return min(len(rows), 1), err
			}, 1},
			{"search for nothing", func() (int, error) {
				rows, err := s.List(ctx, "nergens")
				return len(rows), err
			}, 0},
		} {
			b.Run(fmt.Sprintf("%s/%d", c.name, visits), func(b *testing.B) {
				for b.Loop() {
					if n, err := c.do(); err != nil || n != c.want {
						b.Fatalf("%d, want %d, %v", n, c.want, err)
					}
				}
			})
		}
	}
}

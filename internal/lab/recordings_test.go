package lab

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"houdbaar/internal/lifecycle"
)

// folders lists the case folders.
func folders(t *testing.T) []string {
	t.Helper()
	dirs, err := filepath.Glob("recordings/*")
	if err != nil || len(dirs) < 10 {
		t.Fatalf("%d recordings, %v; want at least 10", len(dirs), err)
	}
	more, err := filepath.Glob("practice/*")
	if err != nil || len(more) == 0 {
		t.Fatalf("%d for the practice house, %v", len(more), err)
	}
	return append(dirs, more...)
}

func TestEveryRecordingCanBePlayedAndSaysWhereItComesFrom(t *testing.T) {
	for _, dir := range folders(t) {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			s, err := Read(dir)
			must(t, err)
			if !s.Address.IsPrivate() {
				t.Errorf("address %s; want a private one", s.Address)
			}
			if len(s.SSDP)+len(s.MDNS) == 0 {
				t.Error("says nothing over SSDP or mDNS")
			}
			for _, said := range s.SSDP {
				if reply, target := asReply(said); reply == nil || target == "" {
					t.Errorf("cannot be played: %q", said)
				}
			}
			if len(s.MDNS) > 0 && len(readRecords(s.MDNS, s.Address, s.Address, s.Address).find(serviceTypes, 12)) == 0 {
				t.Error("mdns.hex names no service")
			}
			b, err := os.ReadFile(filepath.Join(dir, "truth.json"))
			must(t, err)
			var truth struct {
				Source, Fidelity, Notes, On string
				Verdict                     string `json:"expect_verdict"`
			}
			must(t, json.Unmarshal(b, &truth))
			must(t, new(lifecycle.VerdictKind).UnmarshalText([]byte(truth.Verdict)))
			if _, err := time.Parse(time.DateOnly, truth.On); err != nil {
				t.Error(err)
			}
			switch truth.Fidelity {
			case "exact", "edited", "fields":
				if truth.Source == "" {
					t.Error("no source")
				}
			case "invented":
				if !strings.Contains(strings.ToLower(truth.Notes), "invented") {
					t.Error("the notes do not say what is invented")
				}
			default:
				t.Errorf("fidelity %q", truth.Fidelity)
			}
		})
	}
}

func must(t testing.TB, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

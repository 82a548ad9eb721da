package fingerprint

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"houdbaar/internal/device"
)

// The same device, said a little differently: every recording of ours is changed in ways in
// which homes differ, and what is said of it has to stay.

// unlike says what of an identity that judges is another.
func unlike(a, b device.Identity, but ...string) string {
	return cmp.Diff(a, b, cmpopts.IgnoreFields(device.Identity{}, append(but, "Evidence")...))
}

func TestTheOrderAndNumberOfPacketsDoNotMatter(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	cases := readCases(t, []string{recordings})
	for i, c := range cases {
		next := cases[(i+1)%len(cases)]
		for name, said := range map[string][]device.Observation{
			c.Name: c.Observations,
			c.Name + " and " + next.Name + " at one address": slices.Concat(c.Observations, next.Observations),
		} {
			want := identify(said...)
			again := slices.Concat(said, c.Observations)
			r.Shuffle(len(again), func(i, j int) { again[i], again[j] = again[j], again[i] })
			if diff := unlike(want, identify(again...)); diff != "" {
				t.Errorf("%s, shuffled and said twice (-want +got):\n%s", name, diff)
			}
		}
	}
}

// TestAnOwnersNameChangesNothing: no recording of ours hangs on what a device is called.
func TestAnOwnersNameChangesNothing(t *testing.T) {
	for _, c := range readCases(t, []string{recordings}) {
		want := identify(c.Observations...)
		for _, name := range []string{"Router woonkamer", "Synology zolder", "Camera voordeur", "Jan’s iPhone", "NETGEAR R7000", "DS-2CD2032-I",
			"TV", "Plex Media Server", "🏠", "", strings.Repeat("Ons huis ", 20)} {
			var said []device.Observation
			for _, o := range c.Observations {
				o.Fields = maps.Clone(o.Fields)
				for _, field := range []string{"friendlyName", "instance", "host"} {
					if o.Fields[field] != "" {
						o.Fields[field] = name
					}
				}
				said = append(said, o)
			}
			got := identify(said...)
			if got.Kind.Class() == want.Kind.Class() {
				got.Kind = want.Kind
			}
			if slices.ContainsFunc(got.Doubts, func(d device.Doubt) bool { return d.Part == device.PartVendor && len(d.Values) > 1 }) {
				got.Doubts = want.Doubts // to call it another maker's makes it doubtful
			}
			if diff := unlike(want, got, "Name"); diff != "" {
				t.Errorf("%s called %q (-want +got):\n%s", c.Name, name, diff)
			}
		}
	}
}

// TestLessIsSaidOfLess: where one thing that a device said is missing, less may be known, and
// nothing else.
func TestLessIsSaidOfLess(t *testing.T) {
	for _, c := range readCases(t, []string{recordings}) {
		want := identify(c.Observations...)
		for i, o := range c.Observations {
			got := identify(slices.Concat(c.Observations[:i], c.Observations[i+1:])...)
			for _, p := range []struct{ part, got, want string }{
				{"maker", got.Vendor, want.Vendor}, {"revision", got.Revision, want.Revision}, {"firmware", got.Firmware, want.Firmware},
				{"system", got.Software, want.Software}, {"class", string(got.Kind.Class()), string(want.Kind.Class())},
			} {
				if p.got != "" && p.got != p.want {
					t.Errorf("%s without what %s said: %s %q, want %q or none", c.Name, o.Source, p.part, p.got, p.want)
				}
			}
			if got.Model != "" && !same(device.PartModel, got.Model, want.Model) && want.Kind.Class() != device.ClassOther {
				t.Errorf("%s without what %s said: model %q, want %q or none", c.Name, o.Source, got.Model, want.Model)
			}
		}
	}
}

package lifecycle

import (
	"slices"
	"strings"

	"houdbaar/internal/device"
	"houdbaar/internal/firmware"
)

// withFirmware compares the installed firmware with the newest and fixed ones. Being
// behind turns supported into update and changes no other verdict; being up to date
// proves nothing.
func (j judge) withFirmware(v Verdict, a alternative) Verdict {
	known := slices.DeleteFunc(slices.Concat(a.newest, a.fixed), func(f *Fact) bool { return !home(f.Region) || f.Version == "" })
	if len(known) == 0 {
		return v
	}
	newest := j.furthest(latest(known), slices.Concat(known, a.known))
	v.Newest = firmware.Display(j.vendor, newest.Version)
	doubt := inDoubt(j.id, device.PartFirmware)
	if doubt == nil && j.id.Firmware == "" {
		v.Reasons = append(v.Reasons, j.reason(CodeFirmwareNotKnown, []*Fact{newest}, "newest", v.Newest))
		return v
	}
	installed := firmware.Display(j.vendor, j.id.Firmware)
	if r, behind := j.behind(a); behind {
		v.Newest = r.Args["newest"]
		if v.Kind == SupportedNow {
			v.Kind, v.Rule = UpdateFirmware, RuleBehindNewest
			v.Reasons = append([]Reason{r}, v.Reasons...)
		} else {
			v.Reasons = append(v.Reasons, r)
		}
		if doubt == nil {
			return v
		}
	}
	if doubt != nil {
		v.Reasons = append(v.Reasons, j.reason(CodeFirmwareInDoubt, nil, "values", strings.Join(doubt, ", ")))
		return v
	}
	code := CodeFirmwareNotCompared
	if c, ordered := firmware.Compare(j.vendor, j.id.Firmware, newest.Version); ordered {
		if c > 0 || c < 0 && newest.Says == KnownFirmware { // newer than all that is known, or a newer one exists somewhere
			v.Reasons = append(v.Reasons, j.reason(CodeLastUpdate, []*Fact{newest}, "version", v.Newest, "date", newest.Date.String()))
			return v
		}
		code = CodeLatestFirmware
	}
	v.Reasons = append(v.Reasons, j.reason(code, []*Fact{newest}, "installed", installed, "newest", v.Newest))
	return v
}

// furthest returns the newest of a fact and of other versions, dated or not:
// where one of these is newer, no other is the newest we know of.
func (j judge) furthest(newest *Fact, known []*Fact) *Fact {
	for _, f := range known {
		if home(f.Region) && older(j.vendor, newest.Version, f.Version) {
			newest = f
		}
	}
	return newest
}

// behind says by which versions the installed firmware is behind, if it is. Of a device
// that contradicts itself each version that it names, and that can be compared, has to be.
func (j judge) behind(a alternative) (Reason, bool) {
	installed := inDoubt(j.id, device.PartFirmware)
	if installed == nil {
		installed = []string{j.id.Firmware}
	}
	newer := a.behind(j.vendor, installed)
	if len(newer) == 0 {
		return Reason{}, false
	}
	installed = slices.DeleteFunc(slices.Clone(installed), func(v string) bool { return !older(j.vendor, v, newer[0].Version) })
	fixes := each(newer, func(f *Fact) string {
		if f.Says == FixedFirmware {
			return f.Detail
		}
		return ""
	})
	return j.reason(CodeFirmwareBehind, newer, "installed", firmware.Display(j.vendor, installed[0]),
		"newest", firmware.Display(j.vendor, newestOf(j.vendor, newer)), "fixes", fixes), true
}

// newestOf returns the newest version named by facts that can be ordered, else that
// of the latest date.
func newestOf(vendor string, facts []*Fact) string {
	newest := latest(facts).Version
	for _, f := range facts {
		if older(vendor, newest, f.Version) {
			newest = f.Version
		}
	}
	return newest
}

// behind returns the newest and fixed firmware facts that each installed one is older
// than. What is no version of this maker's, a program's beside it perhaps, says nothing.
func (a assessment) behind(vendor string, installed []string) []*Fact {
	var out []*Fact
	for _, f := range slices.Concat(a.newest, a.fixed) {
		current := func(v string) bool {
			c, ordered := firmware.Compare(vendor, v, f.Version)
			return ordered && c >= 0
		}
		if home(f.Region) && !slices.ContainsFunc(installed, current) && slices.ContainsFunc(installed, func(v string) bool { return older(vendor, v, f.Version) }) {
			out = append(out, f)
		}
	}
	return out
}

// older reports whether a is known to be an older version than b.
func older(vendor, a, b string) bool {
	c, ordered := firmware.Compare(vendor, a, b)
	return ordered && c < 0
}

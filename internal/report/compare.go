package report

import (
	"cmp"

	"houdbaar/internal/device"
	"houdbaar/internal/i18n"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// Changes says in sentences what changed between two scans, what matters first. What
// only stayed is left out, and so is what came and went of devices that are not judged.
func Changes(p *i18n.Printer, c scan.Comparison, o Options) []string {
	var out []string
	for _, d := range c.Devices {
		if text := ChangeText(p, d, o); text != "" {
			out = append(out, text)
		}
	}
	return out
}

// ChangeText says what changed of one device, "" where there is nothing to say.
func ChangeText(p *i18n.Printer, d scan.Difference, o Options) string {
	last := cmp.Or(d.After, d.Before)
	if last.Verdict.Kind == lifecycle.OtherDevice && !d.Verdict && last.Identity.Kind.Class() == device.ClassOther {
		return ""
	}
	l := NewLine(p, *last, o)
	name := l.Title
	if d.Presence == scan.Unrecognised || l.Model == "" && l.Address != "" && name != l.Address {
		name += " (" + l.Address + ")"
	}
	switch d.Presence {
	case scan.Appeared:
		return p.Text("change.new", name) + " " + l.Chip + "."
	case scan.Gone:
		return p.Text("change.gone."+d.Gone, name)
	case scan.NotSeen:
		return p.Text("change.not_seen", name)
	case scan.Unrecognised:
		return p.Text("change.unrecognised", name)
	}
	text := ""
	if d.Firmware {
		text = p.Text("change.firmware", name, firmware(d.Before.Identity), firmware(d.After.Identity))
	}
	if d.Verdict {
		if text != "" {
			text += " "
		}
		text += p.Text("change.verdict", name, p.Text("chip."+d.Before.Verdict.Kind.String()), l.Chip)
		if d.Because == "knowledge" {
			text += " " + p.Text("change.because.knowledge")
		}
	}
	return text
}

// DoubtTexts says what weakens a comparison.
func DoubtTexts(p *i18n.Printer, c scan.Comparison) []string {
	return each(c.Doubts, func(code string) string { return p.Text("change.doubt." + code) })
}

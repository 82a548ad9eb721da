package ui

import (
	"fyne.io/fyne/v2"

	"houdbaar/internal/history"
	"houdbaar/internal/lifecycle"
)

// An outcome is what a scan came to: whether the router was missed, and how many devices
// have which verdict, in words, the most urgent first.
type outcome []verdictCount

// A verdictCount is a verdict and, in words, how many devices have it.
type verdictCount struct {
	kind lifecycle.VerdictKind
	text string
}

// outcome puts what a scan came to into words. What is not judged counts only where
// there is nothing else.
func (w *Window) outcome(s history.ScanInfo) outcome {
	var out outcome
	if s.NoRouter {
		out = append(out, verdictCount{lifecycle.CannotTell, w.text("outcome.no_router")})
	}
	for _, kind := range lifecycle.Urgency {
		n := s.Counts[kind]
		if n == 0 || kind == lifecycle.OtherDevice && len(out) > 0 {
			continue
		}
		out = append(out, verdictCount{kind, w.text("window.group", w.text("group."+kind.String()), n)})
	}
	return out
}

// lay returns where each verdict of an outcome stands in a room of a width, and how high
// all of them are: side by side, and below each other where the room ends.
func (o outcome) lay(width float32) (at []fyne.Position, high float32) {
	const apart = gap / 2
	x, y := float32(0), float32(0)
	for _, one := range o {
		s := stampSize(one.text)
		if x > 0 && x+s.Width > width {
			x, y = 0, y+s.Height+apart
		}
		at = append(at, fyne.NewPos(x, y))
		x += s.Width + apart
		high = y + s.Height
	}
	return at, high
}

package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"houdbaar/internal/lifecycle"
)

// A ledger is the list of visits. It draws only the rows in sight, and is one stop for
// the keyboard.
type ledger struct {
	widget.List
	w       *Window
	rows    []VisitRow
	at      int // the row that the keyboard is on
	focused bool
	opened  func(VisitRow)
}

func (w *Window) ledger(opened func(VisitRow)) *ledger {
	l := &ledger{w: w, opened: opened}
	l.Length = func() int { return len(l.rows) }
	l.CreateItem = func() fyne.CanvasObject { return newVisitLine(w) }
	l.UpdateItem = func(i int, o fyne.CanvasObject) { o.(*visitLine).set(l.rows[i], l.focused && i == l.at) }
	l.OnSelected = func(i int) {
		l.UnselectAll()
		l.at = i
		l.opened(l.rows[i])
	}
	l.HideSeparators = true
	l.ExtendBaseWidget(l)
	return l
}

// set replaces the rows.
func (l *ledger) set(rows []VisitRow) {
	l.rows = rows
	l.at = max(0, min(l.at, len(rows)-1))
	l.Refresh()
}

// FocusGained implements fyne.Focusable.
func (l *ledger) FocusGained() { l.focused = true; l.List.FocusGained(); l.Refresh() }

// FocusLost implements fyne.Focusable.
func (l *ledger) FocusLost() { l.focused = false; l.List.FocusLost(); l.Refresh() }

// TypedKey implements fyne.Focusable.
func (l *ledger) TypedKey(e *fyne.KeyEvent) {
	page := max(1, int(l.Size().Height/(newVisitLine(l.w).MinSize().Height+size(theme.SizeNamePadding)))-1)
	to := l.at
	switch e.Name {
	case fyne.KeyUp:
		if to--; to < 0 {
			l.w.focus(l.w.register.entry)
			return
		}
	case fyne.KeyDown:
		to++
	case fyne.KeyPageUp:
		to -= page
	case fyne.KeyPageDown:
		to += page
	case fyne.KeyHome:
		to = 0
	case fyne.KeyEnd:
		to = len(l.rows) - 1
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if l.at < len(l.rows) {
			l.opened(l.rows[l.at])
		}
		return
	default:
		l.w.typedKey(e)
		return
	}
	l.at = max(0, min(to, len(l.rows)-1))
	l.Highlight(l.at)
}

// AccessibilityLabel implements fyne.Accessible.
func (l *ledger) AccessibilityLabel() string { return l.w.text("window.visits") }

// AccessibilityRole implements fyne.Accessible.
func (l *ledger) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// toDo are the verdicts that ask for something, the most urgent first.
var toDo = []lifecycle.VerdictKind{lifecycle.ReplaceNow, lifecycle.PlanReplacement, lifecycle.CheckLabel, lifecycle.UpdateFirmware}

// A visitLine draws one visit: what it is called, its small print, and how many devices
// ask for what.
type visitLine struct {
	widget.BaseWidget
	w            *Window
	row          VisitRow
	ring         *canvas.Rectangle
	pic          *canvas.Image
	title, small *canvas.Text
	counts       [4]tally // as toDo
}

// A tally is a verdict's sign with a number.
type tally struct {
	back   *canvas.Rectangle
	sign   *canvas.Image
	number *canvas.Text
}

func newVisitLine(w *Window) *visitLine {
	image := func() *canvas.Image { return &canvas.Image{FillMode: canvas.ImageFillContain} }
	v := &visitLine{w: w, ring: canvas.NewRectangle(nil), pic: image(), title: canvas.NewText("", nil), small: canvas.NewText("", nil)}
	for i := range v.counts {
		v.counts[i] = tally{canvas.NewRectangle(nil), image(), canvas.NewText("", nil)}
	}
	v.ExtendBaseWidget(v)
	return v
}

// set gives the line another visit.
func (v *visitLine) set(row VisitRow, ringed bool) {
	v.row = row
	v.ring.StrokeWidth = 0
	if ringed {
		v.ring.StrokeWidth = 2
	}
	v.Refresh()
}

// AccessibilityLabel implements fyne.Accessible.
func (v *visitLine) AccessibilityLabel() string {
	label := v.row.title(v.w) + ", " + v.row.facts(v.w)
	for _, kind := range toDo {
		if n := v.row.Last.Counts[kind]; n > 0 {
			label += ", " + v.w.text("window.group", v.w.text("group."+kind.String()), n)
		}
	}
	return label
}

// AccessibilityRole implements fyne.Accessible.
func (v *visitLine) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer implements fyne.Widget.
func (v *visitLine) CreateRenderer() fyne.WidgetRenderer { return &visitLineRenderer{v} }

type visitLineRenderer struct{ v *visitLine }

func (x *visitLineRenderer) Destroy() {}
func (x *visitLineRenderer) MinSize() fyne.Size {
	return fyne.NewSize(200, (size(theme.SizeNameText)+size(sizeSmall))*1.4+2.5*gap)
}

func (x *visitLineRenderer) Objects() []fyne.CanvasObject {
	v := x.v
	all := []fyne.CanvasObject{v.pic, v.title, v.small}
	for _, t := range v.counts {
		all = append(all, t.back, t.sign, t.number)
	}
	return append(all, v.ring)
}

// Refresh takes words and colours from the visit and lays them out.
func (x *visitLineRenderer) Refresh() {
	v := x.v
	text, small := size(theme.SizeNameText), size(sizeSmall)
	v.title.TextStyle.Bold, v.title.TextSize, v.title.Color = true, text, colour(theme.ColorNameForeground)
	v.small.TextSize, v.small.Color = small, colour(colourMuted)
	v.ring.StrokeColor, v.ring.CornerRadius, v.ring.FillColor = colour(colourRing), gap, nil
	sign := "report"
	if v.row.Home {
		sign = "house"
	}
	v.pic.Resource = v.w.drawings.sign(sign, colour(theme.ColorNameForeground), 1.5*text)
	for i, kind := range toDo {
		t, n := v.counts[i], v.row.Last.Counts[kind]
		for _, o := range []fyne.CanvasObject{t.back, t.sign, t.number} {
			if n > 0 {
				o.Show()
			} else {
				o.Hide()
			}
		}
		ink := colour(chipText(kind))
		t.back.FillColor, t.back.StrokeColor, t.back.StrokeWidth, t.back.CornerRadius = colour(chipFill(kind)), colour(chipEdge(kind)), 1, 6
		t.sign.Resource = v.w.drawings.verdict(kind, ink, 1.1*small)
		t.number.Text, t.number.TextSize, t.number.Color, t.number.TextStyle.Bold = fmt.Sprint(n), small, ink, true
	}
	x.Layout(v.Size())
	for _, o := range x.Objects() {
		o.Refresh()
	}
}

// Layout implements fyne.WidgetRenderer.
func (x *visitLineRenderer) Layout(s fyne.Size) {
	v := x.v
	text, small := size(theme.SizeNameText), size(sizeSmall)
	v.ring.Resize(s)
	side := text * 1.5
	v.pic.Resize(fyne.NewSquareSize(side))
	v.pic.Move(fyne.NewPos(gap, (s.Height-side)/2))
	left, right := gap+side+1.25*gap, s.Width-1.5*gap
	for i := len(v.counts) - 1; i >= 0; i-- {
		t := v.counts[i]
		if !t.back.Visible() {
			continue
		}
		least, sign := t.number.MinSize(), small*1.1
		chip := fyne.NewSize(sign+4+least.Width+1.5*gap, small*1.4+6)
		right -= chip.Width
		at := fyne.NewPos(right, (s.Height-chip.Height)/2)
		t.back.Move(at)
		t.back.Resize(chip)
		t.sign.Move(at.AddXY(0.75*gap, (chip.Height-sign)/2))
		t.sign.Resize(fyne.NewSquareSize(sign))
		t.number.Move(at.AddXY(0.75*gap+sign+4, (chip.Height-least.Height)/2))
		t.number.Resize(least)
		right -= gap / 2
	}
	v.title.Text = v.w.fit(v.row.title(v.w), right-left-gap, text, true)
	v.title.Move(fyne.NewPos(left, gap))
	v.title.Resize(v.title.MinSize())
	v.small.Text = v.w.fit(v.row.facts(v.w), right-left-gap, small, false)
	v.small.Move(fyne.NewPos(left, gap+text*1.4+1))
	v.small.Resize(v.small.MinSize())
}

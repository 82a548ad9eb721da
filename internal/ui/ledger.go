package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"houdbaar/internal/history"
)

// A ledger is the list of visits. It draws only the rows in sight, and is one stop for
// the keyboard. All rows are as high as the one whose outcome takes most room.
type ledger struct {
	widget.List
	w       *Window
	rows    []history.Row
	high    float32 // of the outcome in a row
	at      int     // the row that the keyboard is on
	focused bool
}

func newLedger(w *Window) *ledger {
	l := &ledger{w: w}
	l.Length = func() int { return len(l.rows) }
	l.CreateItem = func() fyne.CanvasObject { return newVisitLine(l) }
	l.UpdateItem = func(i int, o fyne.CanvasObject) { o.(*visitLine).set(l.rows[i], l.focused && i == l.at) }
	l.OnSelected = func(i int) {
		l.UnselectAll()
		l.at = i
		w.openVisit(l.rows[i].Ref)
	}
	l.HideSeparators = true
	l.ExtendBaseWidget(l)
	return l
}

// set replaces the rows.
func (l *ledger) set(rows []history.Row) {
	l.rows = rows
	l.at = max(0, min(l.at, len(rows)-1))
	l.measure(l.Size().Width)
	l.Refresh()
}

func (l *ledger) Resize(s fyne.Size) {
	before := l.high
	if s.Width != l.Size().Width {
		l.measure(s.Width)
	}
	l.List.Resize(s)
	if l.high != before {
		l.Refresh()
	}
}

// measure finds how much room the longest outcome takes in rows of a width.
func (l *ledger) measure(width float32) {
	_, l.high = outcome{{}}.lay(width)
	if width == 0 {
		return // it has no place yet
	}
	known := map[string]bool{} // many homes look alike
	for _, v := range l.rows {
		if key := fmt.Sprint(v.Last.Counts, v.Last.NoRouter); !known[key] {
			known[key] = true
			_, high := l.w.outcome(v.Last).lay(visitRoom(width))
			l.high = max(l.high, high)
		}
	}
}

func (l *ledger) FocusGained() { l.focused = true; l.List.FocusGained(); l.Refresh() }
func (l *ledger) FocusLost()   { l.focused = false; l.List.FocusLost(); l.Refresh() }

func (l *ledger) TypedKey(e *fyne.KeyEvent) {
	page := max(1, int(l.Size().Height/(newVisitLine(l).MinSize().Height+size(theme.SizeNamePadding)))-1)
	n, ok := way(e.Name, 1, page, len(l.rows))
	switch {
	case e.Name == fyne.KeyUp && l.at == 0:
		l.w.focus(l.w.visits.entry)
	case ok:
		l.at = max(0, min(l.at+n, len(l.rows)-1))
		l.Highlight(l.at)
	case e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter || e.Name == fyne.KeySpace:
		if l.at < len(l.rows) {
			l.w.openVisit(l.rows[l.at].Ref)
		}
	default:
		l.w.typedKey(e)
	}
}

func (l *ledger) AccessibilityLabel() string             { return l.w.text("window.visits") }
func (l *ledger) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// A visitLine draws one visit: what it is called, its small print, and its outcome.
type visitLine struct {
	widget.BaseWidget
	l            *ledger
	row          history.Row
	ring         *canvas.Rectangle
	pic          *canvas.Image
	title, small *canvas.Text
	stamps       []stamp
}

func newVisitLine(l *ledger) *visitLine {
	v := &visitLine{l: l, ring: canvas.NewRectangle(nil), pic: newImage(),
		title: letters("", theme.ColorNameForeground, theme.SizeNameText, fyne.TextStyle{Bold: true}),
		small: letters("", colourMuted, sizeSmall, fyne.TextStyle{})}
	v.ring.StrokeColor, v.ring.CornerRadius = colour(colourRing), gap
	v.ExtendBaseWidget(v)
	return v
}

// set gives the line another visit.
func (v *visitLine) set(row history.Row, ringed bool) {
	v.row = row
	v.ring.StrokeWidth = 0
	if ringed {
		v.ring.StrokeWidth = 2
	}
	v.Refresh()
}

func (v *visitLine) AccessibilityLabel() string {
	label := v.l.w.visitTitle(v.row.Ref, v.row.Household) + ", " + v.l.w.visitFacts(v.row)
	for _, one := range v.l.w.outcome(v.row.Last) {
		label += ", " + one.text
	}
	return label
}

func (v *visitLine) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }
func (v *visitLine) CreateRenderer() fyne.WidgetRenderer    { return renderer{v} }
func (v *visitLine) least() fyne.Size                       { return fyne.NewSize(200, visitTop()+v.l.high+gap) }

// visitTop is how far below the top of a row its outcome stands.
func visitTop() float32 { return gap + (size(theme.SizeNameText)+size(sizeSmall))*1.4 + 0.75*gap }

// visitLeft is how far from the left of a row its words stand.
func visitLeft() float32 { return 2.25*gap + 1.5*size(theme.SizeNameText) }

// visitRoom is the room for words in a row of a width.
func visitRoom(width float32) float32 { return width - visitLeft() - 1.5*gap }

func (v *visitLine) objects() []fyne.CanvasObject {
	all := []fyne.CanvasObject{v.pic, v.title, v.small}
	for _, one := range v.stamps {
		all = append(all, one.objects()...)
	}
	return append(all, v.ring)
}

func (v *visitLine) paint() {
	sign := "report"
	if v.row.Ref == history.Home {
		sign = "house"
	}
	draw(v.pic, v.l.w.drawings.sign(sign, colour(theme.ColorNameForeground), 1.5*size(theme.SizeNameText)))
	all := v.l.w.outcome(v.row.Last)
	for len(v.stamps) < len(all) {
		v.stamps = append(v.stamps, newStamp())
	}
	for i, one := range v.stamps {
		one.hide(i >= len(all))
		if i < len(all) {
			one.set(v.l.w, all[i].kind)
		}
	}
	v.lay(v.Size())
	for _, o := range []fyne.CanvasObject{v.title, v.small, v.ring} {
		o.Refresh()
	}
	for _, one := range v.stamps {
		one.back.Refresh()
		one.text.Refresh()
	}
}

func (v *visitLine) lay(s fyne.Size) {
	text, small := size(theme.SizeNameText), size(sizeSmall)
	left, room := visitLeft(), visitRoom(s.Width)
	v.ring.Resize(s)
	place(v.pic, gap, gap+(text*1.4+small*1.4-text*1.5)/2, text*1.5, text*1.5)
	write(v.title, fit(v.l.w.visitTitle(v.row.Ref, v.row.Household), room, text, true), left, gap)
	write(v.small, fit(v.l.w.visitFacts(v.row), room, small, false), left, gap+text*1.4+1)
	all := v.l.w.outcome(v.row.Last)
	at, _ := all.lay(room)
	for i, one := range v.stamps[:min(len(v.stamps), len(all))] {
		one.place(all[i].text, at[i].AddXY(left, visitTop()), room)
	}
}

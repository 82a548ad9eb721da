package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
)

// anySize lets the window be smaller than its content would like: what does not fit
// scrolls or is cut by its own layout, and the screen is never too small to open it.
type anySize struct{}

func (anySize) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	place(objects[0], 0, 0, size.Width, size.Height)
}

func (anySize) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(480, 360) }

// gap is the distance between things that belong together, in Fyne's units; other
// distances are multiples of it.
const gap = 8

// place gives an object its place and its size.
func place(o fyne.CanvasObject, x, y, wide, high float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(wide, high))
}

// heightIn returns how high an object is that is so wide: text that wraps knows its
// height only once it has its width.
func heightIn(o fyne.CanvasObject, wide float32) float32 {
	before := o.MinSize().Height
	o.Resize(fyne.NewSize(wide, before))
	return o.MinSize().Height
}

// stack lays objects below each other with the given distance.
func stack(distance float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(pile{distance}, objects...)
}

// A pile is the layout of stack. It gives each object its width first and asks for
// its height then; Fyne's own box asks before, and puts it right a frame later, if at
// all.
type pile struct{ distance float32 }

func (p pile) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		high := heightIn(o, s.Width)
		place(o, 0, y, s.Width, high)
		y += high + p.distance
	}
}

func (p pile) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least, seen := fyne.Size{}, 0
	for _, o := range objects {
		if o.Visible() {
			one := o.MinSize()
			least.Width = max(least.Width, one.Width)
			least.Height += one.Height
			seen++
		}
	}
	least.Height += p.distance * float32(max(0, seen-1))
	return least
}

// above stands top over rest, in the order in which the keyboard visits them.
func above(top, rest fyne.CanvasObject) *fyne.Container { return container.New(atop{}, top, rest) }

// atop is the layout of above. Like a pile it gives the width before it asks for the
// height: words that take another line in a narrower window push the rest down.
type atop struct{}

func (atop) Layout(o []fyne.CanvasObject, s fyne.Size) {
	high := heightIn(o[0], s.Width)
	place(o[0], 0, 0, s.Width, high)
	high += theme.Padding()
	place(o[1], 0, high, s.Width, s.Height-high)
}

func (atop) MinSize(o []fyne.CanvasObject) fyne.Size {
	top, rest := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(top.Width, rest.Width), top.Height+theme.Padding()+rest.Height)
}

// footed is the layout of a scroll with a foot under it, which is in sight however little
// room there is.
type footed struct{}

func (footed) Layout(o []fyne.CanvasObject, s fyne.Size) {
	foot := heightIn(o[1], s.Width)
	high := min(heightIn(o[0].(*container.Scroll).Content, s.Width), s.Height-foot)
	place(o[0], 0, 0, s.Width, high)
	place(o[1], 0, high, s.Width, foot)
}

func (footed) MinSize(o []fyne.CanvasObject) fyne.Size { return atop{}.MinSize(o) }

// A lid is the layout of a scroll that is as high as what it holds, and at most so high.
type lid struct{ highest float32 }

func (lid) Layout(o []fyne.CanvasObject, s fyne.Size) { place(o[0], 0, 0, s.Width, s.Height) }

func (l lid) MinSize(o []fyne.CanvasObject) fyne.Size {
	held := o[0].(*container.Scroll).Content.MinSize()
	return fyne.NewSize(0, min(held.Height, l.highest))
}

// gutter is the width left of all text of a device, where signs and numbers hang.
func gutter() float32 { return size(theme.SizeNameText) * 3 }

// beside hangs a drawing or a number in the gutter left of content, at the height of
// its first line.
func beside(hanging, content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(hang{line: size(theme.SizeNameText)*1.4 + 2*gap}, hanging, content)
}

// A hang is the layout of beside: its first line is so high.
type hang struct{ line float32 }

func (h hang) Layout(o []fyne.CanvasObject, s fyne.Size) {
	least := o[0].MinSize()
	place(o[0], (gutter()-least.Width)/2, (h.line-least.Height)/2, least.Width, least.Height)
	place(o[1], gutter(), 0, s.Width-gutter(), s.Height)
}

func (h hang) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(gutter()+o[1].MinSize().Width, max(h.line, o[1].MinSize().Height))
}

// indented stands content in line with the text that beside hangs something beside;
// buttons have a distance around their words, so they begin before.
func indented(content fyne.CanvasObject) fyne.CanvasObject { return inset(0, 0, gutter(), 0, content) }
func indentedButtons(content fyne.CanvasObject) fyne.CanvasObject {
	return inset(0, 0, gutter()-gap, 0, content)
}

// inset keeps a distance around content.
func inset(top, bottom, left, right float32, content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(top, bottom, left, right), content)
}

// A column keeps text at a readable width: at most widest, left or in the middle.
type column struct {
	widest float32
	middle bool
}

func (c column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := min(size.Width, c.widest)
	x := float32(0)
	if c.middle {
		x = (size.Width - width) / 2
	}
	place(objects[0], x, 0, width, size.Height)
}

func (c column) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

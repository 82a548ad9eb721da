package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
)

// This file has the small parts all screens are made of.

// What the widgets are to the keyboard, the mouse and a screen reader; Fyne finds out only
// when it meets one.
var (
	_ = []fyne.Focusable{&press{}, &field{}, &tick{}, &chooser{}, &link{}, &roster{}, &ledger{}}
	_ = []fyne.Accessible{&press{}, &field{}, &tick{}, &chooser{}, &roster{}, &row{}, &ledger{}, &visitLine{}, &spoken{}, &words{}, &bar{}}
	_ = []fyne.Tappable{&press{}, &roster{}, &row{}}
	_ = []desktop.Hoverable{&press{}, &row{}}
	_ = []desktop.Cursorable{&press{}}
	_ = []fyne.Scrollable{&wheel{}}
)

// colour returns a colour of the theme now in use.
func colour(name fyne.ThemeColorName) color.Color {
	return fyne.CurrentApp().Settings().Theme().Color(name, fyne.CurrentApp().Settings().ThemeVariant())
}

// size returns a size of the theme now in use.
func size(name fyne.ThemeSizeName) float32 {
	return fyne.CurrentApp().Settings().Theme().Size(name)
}

// A painter is a widget that draws itself.
type painter interface {
	least() fyne.Size
	lay(fyne.Size)
	paint() // takes words and colours anew, and lays them out
	objects() []fyne.CanvasObject
}

// A renderer is what Fyne asks for of every painter.
type renderer struct{ painter }

func (r renderer) MinSize() fyne.Size           { return r.least() }
func (r renderer) Layout(s fyne.Size)           { r.lay(s) }
func (r renderer) Refresh()                     { r.paint() }
func (r renderer) Objects() []fyne.CanvasObject { return r.objects() }
func (r renderer) Destroy()                     {}

// newImage makes a drawing that a widget paints itself.
func newImage() *canvas.Image { return &canvas.Image{FillMode: canvas.ImageFillContain} }

// draw gives an image a drawing; refreshing an image reads its drawing again, and rows
// share a few.
func draw(img *canvas.Image, res fyne.Resource) {
	if img.Resource != res {
		img.Resource = res
		img.Refresh()
	}
}

// write stands words somewhere, as large as they are.
func write(t *canvas.Text, words string, x, y float32) {
	t.Text = words
	t.Move(fyne.NewPos(x, y))
	t.Resize(t.MinSize())
}

// picture is a drawing at a fixed size.
func picture(res fyne.Resource, side float32) fyne.CanvasObject {
	img := canvas.NewImageFromResource(res)
	img.FillMode = canvas.ImageFillContain
	img.SetMinSize(fyne.NewSquareSize(side))
	return img
}

// kindPicture is the picture of a kind of device.
func (w *Window) kindPicture(k device.Kind, side float32) fyne.CanvasObject {
	return picture(w.drawings.kind(k, colour(theme.ColorNameForeground), side), side)
}

// wrapped stands objects beside each other, and below each other where they do not fit.
func wrapped(across, down float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewRowWrapLayoutWithCustomPadding(across, down), objects...)
}

// panel is a card in the colour of bars.
func panel(content fyne.CanvasObject) fyne.CanvasObject {
	return card(colourPanel, colourEdge, content)
}

// remark is a panel with a sign.
func (w *Window) remark(sign string, content fyne.CanvasObject) fyne.CanvasObject {
	return panel(beside(w.sign(sign), content))
}

// inTheMiddle stands content in the middle of the screen, at most so wide.
func inTheMiddle(top, bottom, widest float32, content fyne.CanvasObject) *container.Scroll {
	return container.NewVScroll(container.NewVBox(layout.NewSpacer(),
		inset(top, bottom, 2*gap, 2*gap, container.New(column{widest: widest, middle: true}, content)), layout.NewSpacer()))
}

// rule is a thin line from side to side.
func rule() fyne.CanvasObject {
	line := canvas.NewRectangle(colour(colourEdge))
	line.SetMinSize(fyne.NewSize(0, 1))
	return line
}

// box is a rounded rectangle with an edge.
func box(fill, edge fyne.ThemeColorName, width, radius float32) *canvas.Rectangle {
	b := canvas.NewRectangle(colour(fill))
	b.StrokeColor, b.StrokeWidth, b.CornerRadius = colour(edge), width, radius
	return b
}

// letters are text that is neither wrapped nor heard.
func letters(text string, ink fyne.ThemeColorName, textSize fyne.ThemeSizeName, style fyne.TextStyle) *canvas.Text {
	t := canvas.NewText(text, colour(ink))
	t.TextSize, t.TextStyle = size(textSize), style
	return t
}

// card puts content on a rounded rectangle.
func card(fill, edge fyne.ThemeColorName, content fyne.CanvasObject) fyne.CanvasObject {
	return container.NewStack(box(fill, edge, 1, 10), inset(gap, gap, gap, gap, content))
}

// A spoken is a drawing that says to a screen reader what it shows.
type spoken struct {
	widget.BaseWidget
	drawing fyne.CanvasObject
	words   string
}

func newSpoken(words string, drawing fyne.CanvasObject) *spoken {
	s := &spoken{drawing: drawing, words: words}
	s.ExtendBaseWidget(s)
	return s
}

func (s *spoken) CreateRenderer() fyne.WidgetRenderer    { return widget.NewSimpleRenderer(s.drawing) }
func (s *spoken) AccessibilityLabel() string             { return s.words }
func (s *spoken) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// chip is a verdict as sign, word and colour.
func (w *Window) chip(v lifecycle.VerdictKind, word string) fyne.CanvasObject {
	sign := picture(w.drawings.verdict(v, colour(chipText(v)), stampSign()), stampSign())
	text := letters(word, chipText(v), sizeSmall, fyne.TextStyle{Bold: true})
	return newSpoken(word, container.NewStack(box(chipFill(v), chipEdge(v), 1, 6),
		inset(4, 4, gap, gap, container.New(layout.NewCustomPaddedHBoxLayout(6), container.NewCenter(sign), text))))
}

// A fold shows or hides content below a line that can be pressed. The window remembers
// it by name; redraw shows it turned. about says what it is of to screen readers where
// several have one text; "" = the text says it.
func (w *Window) fold(name, text, about string, content func() fyne.CanvasObject, redraw func()) fyne.CanvasObject {
	open, arrow := w.unfolded[name], "closed"
	if open {
		arrow = "opened"
	}
	var head *press
	head = w.press(pressQuiet, arrow, text, func() {
		had := head.focused
		w.unfolded[name] = !open
		redraw()
		if had {
			w.holdIn(w.win.Content(), head)
		}
	})
	if about != "" {
		w.about(head, about)
	}
	row := container.NewHBox(head)
	if !open {
		return row
	}
	return stack(0, row, content())
}

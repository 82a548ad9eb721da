package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/report"
)

// A printedLabel is what to look for on a maker's label: the words as they are printed
// there. The examples are those of the sentence that goes with them (report.LabelHelp).
type printedLabel struct {
	model   [2]string // what stands before it, and the model
	version [2]string // the same for the hardware version; "" = it prints none, or it is part of the model
}

// printed are the labels by lifecycle.VendorKey; "" is any other maker's.
var printed = map[string]printedLabel{
	"":          {[2]string{"Model:", "ABC-123"}, [2]string{"Ver.:", "2.1"}},
	"dlink":     {[2]string{"Model No.:", "DIR-860L"}, [2]string{"H/W Ver.:", "B1"}},
	"tplink":    {[2]string{"Model:", "Archer C20"}, [2]string{"Ver:", "5.0"}},
	"mercusys":  {[2]string{"Model:", "MW325R"}, [2]string{"Ver:", "1.0"}},
	"netgear":   {[2]string{"Model:", "R7000"}, [2]string{"", "V2"}},
	"linksys":   {[2]string{"Model:", "EA7500"}, [2]string{"", "V2"}},
	"asus":      {[2]string{"Model:", "RT-AC66U"}, [2]string{"H/W Ver.:", "A1"}},
	"avm":       {[2]string{"", "FRITZ!Box 7590"}, [2]string{"Art.-Nr.:", "2000 ····"}},
	"zyxel":     {model: [2]string{"Model:", "VMG1312-B10A"}},
	"mikrotik":  {model: [2]string{"", "RB750Gr3"}},
	"ubiquiti":  {model: [2]string{"", "UAP-AC-LR"}},
	"hikvision": {model: [2]string{"Model:", "DS-2CD2032-I"}},
	"dahua":     {model: [2]string{"Model:", "IPC-HFW1320S"}},
	"axis":      {model: [2]string{"", "AXIS M1034-W"}},
	"reolink":   {model: [2]string{"Model:", "RLC-410"}},
	"synology":  {model: [2]string{"", "DS920+"}},
	"qnap":      {model: [2]string{"", "TS-251+"}},
}

// drawLabel is the picture of a label with the sentence that says what to read.
func (w *Window) drawLabel(vendor, model string, kind device.Kind, item string) fyne.CanvasObject {
	return stack(0, inset(0, gap/2, gap, gap, w.labelPicture(vendor, model, kind, item)), prose(report.LabelHelp(w.printer.Load(), vendor, item), muted))
}

// labelPicture draws where the label of a kind of device sits, and where its maker prints
// model and version on it. The model is the one that is known, else an example; where an
// item number decides, that is drawn.
func (w *Window) labelPicture(vendor, model string, kind device.Kind, item string) fyne.CanvasObject {
	l, ok := printed[lifecycle.VendorKey(vendor)]
	if !ok {
		l = printed[""]
	}
	if model != "" {
		l.model[1] = shown(model, 24)
	}
	if item != "" {
		l.model[1], l.version = shown(item, 24), [2]string{}
	}
	ink := chipText(lifecycle.CheckLabel)
	loud := fyne.TextStyle{Monospace: true, Bold: true}
	ringed := func(part [2]string) fyne.CanvasObject {
		row := container.New(layout.NewCustomPaddedHBoxLayout(gap / 2))
		if part[0] != "" {
			row.Add(container.NewCenter(letters(part[0], theme.ColorNameForeground, sizeSmall, loud)))
		}
		row.Add(container.NewStack(box(chipFill(lifecycle.CheckLabel), ink, 2, 6), inset(3, 3, gap, gap, letters(part[1], ink, sizeSmall, loud))))
		return row
	}
	lines := stack(gap / 2)
	first := container.New(layout.NewCustomPaddedHBoxLayout(gap), ringed(l.model))
	if l.version[1] != "" && l.version[0] == "" {
		first.Add(ringed(l.version)) // behind the model
	}
	lines.Add(first)
	if l.version[1] != "" && l.version[0] != "" {
		lines.Add(container.New(layout.NewCustomPaddedHBoxLayout(0), ringed(l.version)))
	}
	lines.Add(letters("S/N ··········", colourMuted, sizeSmall, fyne.TextStyle{Monospace: true}))
	bars := container.New(&barcode{})
	for range 34 {
		bars.Add(canvas.NewRectangle(colour(colourMuted)))
	}
	lines.Add(bars)
	label := newSpoken(report.LabelHelp(w.printer.Load(), vendor, item),
		container.NewStack(box(colourPanel, colourEdge, 1.5, 6), inset(1.5*gap, 1.5*gap, 2*gap, 2*gap, lines)))
	side := 6.5 * size(theme.SizeNameText)
	where := picture(w.drawings.place(kind, colour(colourMuted), side), side)
	return container.New(layout.NewCustomPaddedHBoxLayout(2*gap), container.NewCenter(where), container.NewCenter(label))
}

// barcode stands bars of different widths beside each other; they mean nothing.
type barcode struct{}

func (barcode) Layout(o []fyne.CanvasObject, s fyne.Size) {
	x := float32(0)
	for i, bar := range o {
		wide := float32(1 + i*i%3)
		place(bar, x, 0, wide, s.Height)
		x += wide + float32(1+i%3)
	}
}

func (barcode) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(float32(4*len(o)), size(sizeSmall)*1.2)
}

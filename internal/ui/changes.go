package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"houdbaar/internal/lifecycle"
	"houdbaar/internal/report"
	"houdbaar/internal/scan"
)

// A changes is what changed between two scans, on the screen.
type changes struct {
	scans   []ScanRow // of the visit, the oldest first
	found   Compared
	trouble error
}

// openChanges compares two scans of the visit on the screen: 0 = the newest, and the one
// before it.
func (w *Window) openChanges(before, after int) {
	engine := w.engine
	fetchHere(w, func(ctx context.Context) (c changes, err error) {
		v, err := engine.Visit(ctx)
		if err == nil {
			c.scans = v.Scans
			c.found, err = engine.Compare(ctx, before, after)
		}
		return c, err
	}, func(c changes, err error) {
		c.trouble = err
		w.changes = c
		w.rebuild(screenChanges)
		w.show(screenChanges)
	})
}

// changeGroups are the headings of a comparison, in their order, and what stands below.
var changeGroups = []struct {
	key string
	has func(scan.Difference) bool
}{
	{"new", func(d scan.Difference) bool { return d.Presence == scan.Appeared }},
	{"changed", func(d scan.Difference) bool { return d.Presence == scan.Stayed && (d.Verdict || d.Firmware) }},
	{"gone", func(d scan.Difference) bool { return d.Presence == scan.Gone }},
	{"not_seen", func(d scan.Difference) bool { return d.Presence == scan.NotSeen }},
	{"unrecognised", func(d scan.Difference) bool { return d.Presence == scan.Unrecognised }},
}

// changesPage says what changed from one scan to another, what matters first.
func (w *Window) changesPage() fyne.CanvasObject {
	c, p := &w.changes, w.printer.Load()
	switch {
	case c.trouble != nil:
		return w.page(w.text("window.changes"), w.remark("notice", prose(w.lossText(c.trouble))))
	case c.found.Before.Number == 0:
		return w.page(w.text("window.changes"), prose(w.text("changes.none"), muted))
	}
	parts := []fyne.CanvasObject{w.pickScans()}
	for _, doubt := range report.DoubtTexts(p, c.found.Comparison) {
		parts = append(parts, w.remark("notice", prose(doubt)))
	}
	said := 0
	var others int
	for _, g := range changeGroups {
		list := stack(gap / 2)
		for _, d := range c.found.Devices {
			if !g.has(d) {
				continue
			}
			text := report.ChangeText(p, d, report.Options{On: w.o.Today(), Unmask: true})
			if text == "" {
				others++
				continue
			}
			list.Add(w.difference(d, text))
		}
		if n := len(list.Objects); n > 0 {
			said += n
			block := w.section(w.text("window.group", w.text("changes."+g.key), n))
			if g.key == "not_seen" {
				block.(*fyne.Container).Add(prose(w.text("changes.not_seen_what"), muted))
			}
			parts = append(parts, block, list)
		}
	}
	if said == 0 {
		parts = append(parts, prose(w.text("sheet.nochanges"), subhead))
	}
	if others > 0 {
		parts = append(parts, prose(w.count("changes.others", others), muted))
	}
	same := slices.Clone(c.found.Devices)
	same = slices.DeleteFunc(same, func(d scan.Difference) bool { return d.Changed() })
	if len(same) > 0 {
		parts = append(parts, w.fold("same", w.count("changes.same", len(same)), "", func() fyne.CanvasObject {
			list := stack(gap / 2)
			for _, d := range same {
				list.Add(w.difference(d, ""))
			}
			return list
		}, w.build))
	}
	return w.page(w.text("window.changes"), parts...)
}

// difference is one device in two scans, with what a person can say of it.
func (w *Window) difference(d scan.Difference, text string) fyne.CanvasObject {
	p := w.printer.Load()
	f := d.After
	if f == nil {
		f = d.Before
	}
	l := report.NewLine(p, *f, report.Options{On: w.o.Today(), Unmask: true})
	side := size(theme.SizeNameText) * 2
	head := wrapped(gap, 0)
	if d.Presence != scan.Gone && l.Verdict != lifecycle.OtherDevice {
		head.Add(w.chip(l.Verdict, l.Chip))
	}
	if text == "" {
		text = l.Title
	}
	words := stack(-gap/2, prose(strings.TrimSuffix(text, " "+l.Chip+"."))) // the chip says that
	engine := w.engine
	say := func(gone bool) func() {
		return func() {
			found := w.changes.found
			w.keep(func(ctx context.Context) error { return engine.SayGone(ctx, f.Device, gone) }, func() {
				w.openChanges(found.Before.Number, found.After.Number)
			})
		}
	}
	switch {
	case d.Presence == scan.NotSeen:
		head.Add(w.about(w.press(pressQuiet, "remove", w.text("changes.say_gone"), say(true)), l.Title))
	case d.Gone == "said":
		head.Add(w.about(w.press(pressQuiet, "back", w.text("changes.say_back"), say(false)), l.Title))
	}
	if len(head.Objects) > 0 {
		words.Add(inset(0, 0, gap, 0, head))
	}
	return container.New(hang{line: side + gap}, w.kindPicture(l.Kind, side), words)
}

// pickScans lets a person choose the two scans.
func (w *Window) pickScans() fyne.CanvasObject {
	c := &w.changes
	var names []string
	for _, s := range slices.Backward(c.scans) {
		names = append(names, w.text("changes.scan", s.Number, w.scanTitle(s)))
	}
	at := func(number int) int {
		return slices.IndexFunc(c.scans, func(s ScanRow) bool { return s.Number == number })
	}
	pick := func(now int, set func(number int)) fyne.CanvasObject {
		return boxed(w.chooser(names, len(names)-1-at(now), func(i int) { set(c.scans[len(names)-1-i].Number) }))
	}
	form := container.New(layout.NewFormLayout(),
		tag(w.text("changes.from")), pick(c.found.Before.Number, func(n int) { w.openChanges(n, c.found.After.Number) }),
		tag(w.text("changes.to")), pick(c.found.After.Number, func(n int) { w.openChanges(c.found.Before.Number, n) }))
	return inset(0, gap, gap, gap, form)
}

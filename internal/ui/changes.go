package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"houdbaar/internal/device"
	"houdbaar/internal/history"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/report"
	"houdbaar/internal/scan"
)

// A changes is what changed between two scans, on the screen.
type changes struct {
	scans   []history.ScanInfo // of the visit, the oldest first
	found   history.Pair
	trouble error
}

// openChanges compares two scans of the visit on the screen: 0 = the newest, and the one
// before it.
func (w *Window) openChanges(before, after int) {
	fetchHere(w, func(ctx context.Context, at site) (c changes, err error) {
		v, _, err := at.book.Visit(ctx, at.ref)
		if err == nil {
			c.scans = v.Scans
			c.found, err = at.compare(ctx, before, after)
		}
		return c, err
	}, func(c changes, err error) {
		c.trouble = err
		w.changes = c
		w.rebuild(screenChanges)
		w.show(screenChanges)
	})
}

// changeGroups are the headings of a comparison, in their order, by what stands below.
var changeGroups = []struct {
	presence scan.Presence
	key      string
}{{scan.Appeared, "new"}, {scan.Stayed, "changed"}, {scan.Gone, "gone"}, {scan.NotSeen, "not_seen"}, {scan.Unrecognised, "unrecognised"}}

// changesPage says what changed from one scan to another, what matters first.
func (w *Window) changesPage() fyne.CanvasObject {
	c, p := &w.changes, w.printer.Load()
	switch {
	case c.trouble != nil:
		return w.page(w.text("window.changes"), w.remark("notice", prose(w.lossText(c.trouble))))
	case c.found.Numbers[0] == 0:
		return w.page(w.text("window.changes"), prose(w.text("changes.none"), muted))
	}
	parts := []fyne.CanvasObject{w.pickScans()}
	for _, doubt := range report.DoubtTexts(p, c.found.Comparison) {
		parts = append(parts, w.remark("notice", prose(doubt)))
	}
	said, others := 0, 0
	for _, g := range changeGroups {
		list, unsaid := w.changed(g.presence)
		others += unsaid
		if n := len(list.Objects); n > 0 {
			said += n
			heading := w.section(w.text("window.group", w.text("changes."+g.key), n))
			if g.presence == scan.NotSeen {
				heading.Add(prose(w.text("changes.not_seen_what"), muted))
			}
			parts = append(parts, heading, list)
		}
	}
	if said == 0 {
		parts = append(parts, prose(w.text("sheet.nochanges"), subhead))
	}
	if others > 0 {
		parts = append(parts, prose(w.count("changes.others", others), muted))
	}
	same := slices.DeleteFunc(slices.Clone(c.found.Devices), scan.Difference.Changed)
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

// changed lists the devices that changed in one way, and counts those of which there is
// nothing to say.
func (w *Window) changed(presence scan.Presence) (list *fyne.Container, unsaid int) {
	list = stack(gap / 2)
	for _, d := range w.changes.found.Devices {
		if d.Presence != presence || !d.Changed() {
			continue
		}
		if text := report.ChangeText(w.printer.Load(), d, report.Options{On: w.engine.Today(), Unmask: true}); text != "" {
			list.Add(w.difference(d, text))
		} else {
			unsaid++
		}
	}
	return list, unsaid
}

// difference is one device in two scans, with what a person can say of it.
func (w *Window) difference(d scan.Difference, text string) fyne.CanvasObject {
	p := w.printer.Load()
	f := d.After
	if f == nil {
		f = d.Before
	}
	l := report.NewLine(p, *f, report.Options{On: w.engine.Today(), Unmask: true})
	side := size(theme.SizeNameText) * 2
	head := wrapped(gap, 0)
	if d.Presence != scan.Gone && l.Verdict != lifecycle.OtherDevice {
		head.Add(w.chip(l.Verdict, l.Chip))
	}
	if text == "" {
		text = l.Title
	}
	words := stack(-gap/2, prose(strings.TrimSuffix(text, " "+l.Chip+"."))) // the chip says that
	say := func(sign, key string, keep func(*history.Store, context.Context, string, int, device.Device) error) {
		found := w.changes.found
		head.Add(w.about(w.press(pressQuiet, sign, w.text(key), func() {
			w.keep(func(ctx context.Context, at site) error { return keep(at.book, ctx, at.ref, at.number, f.Device) }, func() {
				w.openChanges(found.Numbers[0], found.Numbers[1])
			})
		}), l.Title))
	}
	switch {
	case d.Presence == scan.NotSeen:
		say("remove", "changes.say_gone", (*history.Store).SayGone)
	case d.Gone == "said":
		say("back", "changes.say_back", (*history.Store).SayBack)
	}
	if len(head.Objects) > 0 {
		words.Add(inset(0, 0, gap, 0, head))
	}
	return container.New(hang{line: side + gap}, w.kindPicture(l.Kind, side), words)
}

// pickScans lets a person choose the two scans.
func (w *Window) pickScans() fyne.CanvasObject {
	before, after := w.changes.found.Numbers[0], w.changes.found.Numbers[1]
	newest := slices.Clone(w.changes.scans)
	slices.Reverse(newest)
	var names []string
	for _, s := range newest {
		names = append(names, w.text("changes.scan", s.Number, w.scanTitle(s)))
	}
	pick := func(now int, set func(number int)) fyne.CanvasObject {
		at := slices.IndexFunc(newest, func(s history.ScanInfo) bool { return s.Number == now })
		return boxed(w.chooser(names, at, func(i int) { set(newest[i].Number) }))
	}
	form := container.New(layout.NewFormLayout(),
		tag(w.text("changes.from")), pick(before, func(n int) { w.openChanges(n, after) }),
		tag(w.text("changes.to")), pick(after, func(n int) { w.openChanges(before, n) }))
	return inset(0, gap, gap, gap, form)
}

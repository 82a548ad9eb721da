package ui

import (
	"math"
	"reflect"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"houdbaar/internal/device"
	"houdbaar/internal/report"
)

// widePane is the width from which list and device stand beside each other; below
// it the device covers the list. Larger text needs more.
const widePane = 900

// results is the screen of a scan: what it says, the list, one device.
type results struct {
	w        *Window
	summary  *words
	phase    *words
	progress *bar
	waiting  fyne.CanvasObject // phase and progress
	notes    *fyne.Container
	foot     *fyne.Container
	find     *field
	list     *roster
	empty    *words
	left     *fyne.Container
	right    *container.Scroll
	detail   *fyne.Container
	panes    *fyne.Container
	root     *fyne.Container
	nothing  *fyne.Container // stands in for the panes as long as there is no device
	narrow   bool
	low      bool // there is room at the foot for what matters only

	drawn     report.Line // the line the detail shows
	drawnSaid said        // and what is kept of it
}

func (w *Window) resultsScreen() fyne.CanvasObject {
	loud := subhead
	if w.textSize >= 1.5 {
		loud = bold // as large as a subheading at the usual size; the list needs the room
	}
	r := &results{w: w, summary: prose("", loud), phase: prose("", muted), progress: newBar(), empty: prose("", muted, centred)}
	r.list = newRoster(r)
	w.results = r
	r.waiting = stack(0, r.phase, inset(0, gap, gap, gap, r.progress))
	r.notes = container.NewStack()
	r.find = w.finder(w.text("window.find"), w.model.filter, func(text string) {
		w.model.search(text)
		w.showProgress()
	})
	r.find.OnSubmitted = func(string) { w.focus(r.list) }
	r.find.keys[fyne.KeyDown] = func() { w.focus(r.list) }
	r.find.keys[fyne.KeyEscape] = w.endFind
	r.left = above(inset(gap, gap/2, gap, gap, r.find), container.NewStack(r.list, inset(4*gap, 0, gap, gap, r.empty)))
	r.detail = container.NewStack()
	r.right = container.NewVScroll(r.detail)
	w.scroller = r.right
	edge := canvas.NewRectangle(colour(colourEdge))
	r.panes = container.New(&panes{r: r}, r.left, edge, r.right)

	top := inset(gap/2, 0, gap, gap, stack(0, r.summary, r.waiting, r.notes))
	r.foot, r.nothing = container.NewStack(w.footer()), container.NewStack()
	r.root = container.New(&floors{w: w}, top, container.NewStack(r.panes, r.nothing), r.foot)
	w.showProgress()
	return r.root
}

// footer says which day and which catalogue the verdicts are of, in a low window only that
// the catalogue is old, if it is.
func (w *Window) footer() fyne.CanvasObject {
	p := w.printer.Load()
	meta, on := w.engine.CatalogueMeta(), w.engine.Today()
	if s := w.model.result; s != nil && !s.On.IsZero() {
		meta, on = s.Catalogue, s.On
	}
	words := w.text("window.footer_no_catalogue", p.Date(on))
	if meta.Products > 0 {
		words = w.text("window.footer", p.Date(on), p.Date(meta.Date), p.Number(meta.Products))
	}
	lines := stack(-gap)
	if !w.results.low {
		lines.Add(prose(words, small, muted))
	}
	if meta.Old(on) {
		lines.Add(prose(w.text("text.catalogue_old"), small))
	}
	if len(lines.Objects) == 0 {
		return container.NewStack()
	}
	return stack(0, rule(), flush(lines))
}

// showProgress brings what a scan changes up to date.
func (w *Window) showProgress() {
	r, m := w.results, &w.model
	if r == nil {
		return
	}
	summary := m.view.summary
	switch {
	case m.state == stateStopping:
		summary = w.text("window.stopping")
	case m.state == stateFailed:
		summary = w.text("window.failed")
	}
	setProse(r.summary, summary)
	if m.running() {
		r.waiting.Show()
		setProse(r.phase, m.view.phase)
		r.progress.set(m.view.fraction, w.text("window.percent", int(math.Round(m.view.fraction*100))))
	} else {
		r.waiting.Hide()
	}
	r.showNotes()
	r.list.set(m.items)
	empty := ""
	if len(m.items) == 0 && m.filter != "" {
		empty = w.text("window.find_nothing")
	}
	setProse(r.empty, empty)
	r.settle()
	r.showDetail()
	if len(m.view.groups) > 0 {
		r.nothing.Hide()
		r.panes.Show()
		return
	}
	r.panes.Hide()
	r.nothing.Show()
	redraw(r.nothing, w.nothingFound())
}

// nothingFound fills the screen as long as there is no device: a word of patience
// during a scan, and what may help after it.
func (w *Window) nothingFound() fyne.CanvasObject {
	ink := colour(colourMuted)
	side := 4 * size(theme.SizeNameText)
	content := stack(0)
	if w.model.running() {
		content.Add(container.NewCenter(picture(w.drawings.kind(device.Router, ink, side), side)))
		content.Add(prose(w.text("window.waiting"), centred, muted))
	} else {
		content.Add(container.NewCenter(picture(w.drawings.kind(device.Unknown, ink, side), side)))
		content.Add(inset(gap, 0, 0, 0, prose(w.text("window.empty"), subhead, centred)))
		if problems := slices.Concat(w.trouble, w.model.view.problems); len(problems) > 0 {
			content.Add(inset(gap, gap, 0, 0, panel(w.noticeList(problems))))
		}
		if r := w.model.result; r == nil || r.Searched() { // else no device was asked anything
			content.Add(prose(w.text("help.missing.text"), centred))
		}
		content.Add(container.NewCenter(w.press(pressPlain, "why", w.text("window.checkup_link"), w.openDoctor)))
		content.Add(container.NewCenter(w.press(pressQuiet, "label", w.text("home.label"), w.typeLabel)))
	}
	return inTheMiddle(0, 6*gap, 560*w.textSize, content)
}

// showNotes says what could not be kept, and lists what hampered the scan, folded: the
// summary has said what counts. Where there is nothing else to show, nothingFound does it.
func (r *results) showNotes() {
	w, m := r.w, &r.w.model
	n := len(m.view.problems)
	if n+len(w.trouble) == 0 && !m.hampered() || m.running() || len(m.view.groups) == 0 {
		r.notes.Hide()
		return
	}
	content := func() fyne.CanvasObject {
		return panel(container.New(lid{130 * w.textSize}, container.NewVScroll(w.noticeList(m.view.problems))))
	}
	notes := stack(0)
	if len(w.trouble) > 0 {
		notes.Add(w.noticeList(w.trouble))
	}
	if n > 0 {
		notes.Add(w.fold("problems", w.count("window.problems", n), "", content, func() { r.showNotes(); r.settle() }))
	}
	if m.hampered() {
		links := wrapped(0, 0)
		if router, ok := m.unnamed(); ok { // the summary asks to look at its label
			links.Add(w.press(pressQuiet, "label", w.text("window.router_label"), func() { w.correct(router) }))
		}
		links.Add(w.press(pressQuiet, "why", w.text("window.checkup_link"), w.openDoctor))
		notes.Add(links)
	}
	r.notes.Show()
	redraw(r.notes, notes)
}

// noticeList has sentences one below the other, each with the sign of a notice.
func (w *Window) noticeList(sentences []string) *fyne.Container {
	list := stack(-gap / 2)
	for _, one := range sentences {
		list.Add(beside(w.signIn("notice", colourMuted), prose(one)))
	}
	return list
}

// openDoctor goes to the test of the searching and starts it.
func (w *Window) openDoctor() {
	w.show(screenDoctor)
	w.examine()
}

// settle gives each floor of the screen the height it needs now.
func (r *results) settle() {
	if r.root != nil && r.root.Size().Width > 0 {
		r.root.Layout.Layout(r.root.Objects, r.root.Size())
	}
}

// showDetail draws the selected device, if it is not drawn already.
func (r *results) showDetail() {
	w, m := r.w, &r.w.model
	line, ok := m.line(m.selected)
	said := w.said[line.ID]
	if ok && len(r.detail.Objects) > 0 && reflect.DeepEqual(line, r.drawn) && reflect.DeepEqual(said, r.drawnSaid) {
		return
	}
	sameDevice := ok && line.ID == r.drawn.ID
	r.drawn, r.drawnSaid = line, said
	if !ok {
		hint := w.text("window.choose")
		if len(m.items) == 0 {
			hint = ""
		}
		redraw(r.detail, inset(6*gap, 0, 2*gap, 2*gap, prose(hint, muted, centred)))
	} else {
		redraw(r.detail, w.detail(line, r.narrow, func() { r.detail.Objects = nil; r.showDetail() }))
	}
	if !sameDevice {
		r.right.Offset = fyne.Position{}
	}
	r.right.Refresh()
}

// openDetail shows a device; in a narrow window it covers the list.
func (w *Window) openDetail(id string) {
	w.model.choose(id)
	w.model.reading = true
	if r := w.results; r != nil {
		r.showDetail()
		r.list.draw()
		r.panes.Refresh()
		r.settle()
		if r.narrow {
			w.win.Canvas().Unfocus()
		}
	}
}

// closeDetail goes back to the list in a narrow window.
func (w *Window) closeDetail() {
	w.model.reading = false
	if r := w.results; r != nil {
		r.panes.Refresh()
		r.settle()
		w.focus(r.list)
		r.list.reveal(w.model.selected)
	}
}

// panes stands the list and the device side by side, or one over the other.
type panes struct{ r *results }

func (p *panes) Layout(o []fyne.CanvasObject, s fyne.Size) {
	left, edge, right := o[0], o[1], o[2]
	r := p.r
	k := float32(math.Sqrt(float64(r.w.textSize)))
	narrow := s.Width < widePane*k
	if narrow != r.narrow {
		r.narrow = narrow
		r.detail.Objects = nil
		r.showDetail()
	}
	if narrow {
		edge.Hide()
		show, hide := left, right
		if _, ok := r.w.model.line(r.w.model.selected); ok && r.w.model.reading {
			show, hide = right, left
		}
		hide.Hide()
		show.Show()
		place(show, 0, 0, s.Width, s.Height)
		return
	}
	left.Show()
	edge.Show()
	right.Show()
	list := min(max(s.Width*0.4, 380*k), 520*k)
	place(left, 0, 0, list, s.Height)
	place(edge, list, 0, 1, s.Height)
	place(right, list+1, 0, s.Width-list-1, s.Height)
}

func (p *panes) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 120) }

// startFind goes to the filter, wherever the person is.
func (w *Window) startFind() {
	if w.model.state == stateNone {
		return
	}
	if w.model.screen != screenResults {
		w.show(screenResults)
	}
	if w.model.reading && w.results.narrow {
		w.closeDetail()
	}
	w.focus(w.results.find)
}

// endFind clears the filter and gives the keyboard back to the list.
func (w *Window) endFind() {
	if r := w.results; r != nil {
		r.find.SetText("")
		w.focus(r.list)
	}
}

// floors stands its objects on each other: the first and the last as high as they
// must be, the middle one with the rest.
type floors struct{ w *Window }

func (f *floors) Layout(o []fyne.CanvasObject, s fyne.Size) {
	top, middle, foot := o[0], o[1], o[2]
	head := float32(0)
	if r := f.w.results; r != nil && r.narrow && f.w.model.reading {
		top.Hide() // a device that covers the list covers all of it
	} else {
		top.Show()
		head = heightIn(top, s.Width)
		place(top, 0, 0, s.Width, head)
	}
	if r := f.w.results; r != nil && r.low != (s.Height < 540*f.w.textSize) {
		r.low = !r.low
		redraw(r.foot, f.w.footer())
	}
	base := heightIn(foot, s.Width)
	place(foot, 0, s.Height-base, s.Width, base)
	place(middle, 0, head, s.Width, max(0, s.Height-head-base))
}

func (f *floors) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 240) }

package ui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"houdbaar/internal/device"
	"houdbaar/internal/i18n"
	"houdbaar/internal/report"
	"houdbaar/internal/scan"
)

// A paperwork is what a person wishes of a report, kept while the window is open.
type paperwork struct {
	form     int // of report.Formats
	language i18n.Language
	chosen   bool // a person chose the language
	unmask   bool
	folder   string
	saved    string // where the last one was written
	trouble  string
}

// folder is where a report goes: where a person said, else the documents, else the home.
func (w *Window) reportFolder() string {
	if w.paperwork.folder != "" {
		return w.paperwork.folder
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return filepath.Dir(w.book.Path())
	}
	for _, name := range []string{"Documents", "Documenten"} {
		if info, err := os.Stat(filepath.Join(home, name)); err == nil && info.IsDir() {
			return filepath.Join(home, name)
		}
	}
	return home
}

// reportPage saves what was found as a file.
func (w *Window) reportPage() fyne.CanvasObject {
	p := &w.paperwork
	if !p.chosen {
		p.language = w.printer.Load().Language()
	}
	if w.model.result == nil || w.model.running() {
		return w.without(w.text("window.report"), w.text("paper.nothing"))
	}
	var forms []string
	for _, one := range report.Formats {
		forms = append(forms, w.text("paper."+strings.ReplaceAll(one[1:], ".", "_")))
	}
	last := stack(gap)
	switch {
	case p.trouble != "":
		last.Add(w.remark("notice", prose(p.trouble)))
	case p.saved != "":
		path := p.saved
		open := w.press(pressQuiet, "open", w.text("paper.open"), func() { w.openFile(path) })
		last.Add(w.remark("info", stack(-gap/2, prose(w.text("paper.saved", path)), container.NewHBox(open))))
	}
	return w.page(w.text("window.report"),
		w.section(w.text("paper.form"), w.choice(forms, p.form, func(i int) { p.form = i })),
		w.section(w.text("paper.language"), choose(w, i18n.Languages, p.language, i18n.Language.Name, func(l i18n.Language) { p.language, p.chosen = l, true })),
		w.section(w.text("paper.private"), inset(0, 0, gap, 0, explained(-gap,
			w.tick(w.text("paper.unmask"), p.unmask, func(on bool) { p.unmask = on }), w.text("paper.unmask_what")))),
		w.section(w.text("paper.folder"), prose(w.reportFolder()), container.NewHBox(w.press(pressQuiet, "", w.text("paper.other_folder"), w.chooseFolder))),
		inset(gap, 0, gap, gap, container.NewHBox(w.press(pressPrimary, "report", w.text("paper.save"), w.saveReport))),
		last)
}

// takeFolder is for when a folder was chosen, for a report or a visit's file.
func (w *Window) takeFolder(folder string) {
	w.paperwork.folder = folder
	w.rebuild(screenReport)
	w.rebuild(screenVisit)
}

// chooseFolder asks for the folder of the report.
func (w *Window) chooseFolder() {
	d := dialog.NewFolderOpen(func(l fyne.ListableURI, err error) {
		if err == nil && l != nil {
			w.takeFolder(filepath.FromSlash(l.Path()))
		}
	}, w.win)
	if l, err := storage.ListerForURI(storage.NewFileURI(w.reportFolder())); err == nil {
		d.SetLocation(l)
	}
	d.SetConfirmText(w.text("window.take_folder"))
	w.popFile("window.choose_folder", d)
}

// saveReport writes the report. A file that is there already stays: the new one gets a
// number.
func (w *Window) saveReport() {
	m, p := &w.model, &w.paperwork
	if m.result == nil || m.running() {
		return
	}
	format, printer, s, typed := report.Formats[p.form], i18n.New(p.language), *m.result, m.typed
	o := report.Options{On: s.On, Unmask: p.unmask}
	said := w.said
	sheet := report.Sheet{Typed: typed, Notes: func(d device.Device) string { return said[d.ID].note }}
	ref := ""
	if w.practice != nil {
		ref, sheet.Household = "practice", printer.Text("practice.household")
	}
	folder, name := w.reportFolder(), report.FileName(ref, s.On, "")
	real := w.practice == nil
	fetch(w, func(ctx context.Context, at site) (saved string, err error) {
		if real {
			if name, err = at.sheet(ctx, s, &sheet); err != nil {
				return "", err
			}
		}
		return writeNew(folder, name, format, func(out io.Writer) error { return report.Write(out, format, printer, s, o, sheet) })
	}, func(saved string, err error) {
		p.saved, p.trouble = saved, ""
		switch {
		case errors.Is(err, report.ErrNoDays):
			p.trouble = w.text("ctl.visit.nodays")
		case err != nil:
			p.trouble = w.text("paper.failed", w.fileText(err))
		}
		w.rebuild(screenReport)
		if w.scroller != nil && m.screen == screenReport {
			w.scroller.ScrollToBottom()
		}
	})
}

// sheet adds to the paper of the scan on the screen what its visit has to say, and what
// changed since the scan before it, where that was kept. It returns the name of the file.
// A history that cannot be read is no reason for no paper.
func (at site) sheet(ctx context.Context, s scan.Scan, sheet *report.Sheet) (name string, err error) {
	ref := ""
	if v, _, err := at.book.Visit(ctx, at.ref); err == nil {
		sheet.Household, sheet.Visitor, sheet.Note = v.Household, v.Visitor, v.Notes
		if at.visiting() {
			ref = at.ref
		}
	}
	if c, err := at.compare(ctx, 0, at.number); err == nil && c.Numbers[0] > 0 && c.After.Started.Equal(s.Started) {
		sheet.Changes, sheet.Since = &c.Comparison, c.Before.Started
	}
	return report.FileName(ref, s.On, ""), ctx.Err()
}

// writeNew writes a file that is not there yet, and returns its path. What could not be
// written whole is removed.
func writeNew(folder, name, ext string, write func(io.Writer) error) (string, error) {
	for n := 1; n < 1000; n++ {
		path := filepath.Join(folder, name+ext)
		if n > 1 {
			path = filepath.Join(folder, fmt.Sprintf("%s-%d%s", name, n, ext))
		}
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		err = write(f)
		if closeErr := f.Close(); err == nil {
			err = closeErr
		}
		if err != nil {
			os.Remove(path)
			return "", err
		}
		return path, nil
	}
	return "", fmt.Errorf("%s: a thousand files of that name", filepath.Join(folder, name+ext))
}

// startReport goes to the report, if there is something to put in it.
func (w *Window) startReport() {
	if w.model.result != nil && !w.model.running() {
		w.show(screenReport)
	}
}

package ui

import (
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"houdbaar/internal/report"
)

// doubleTap is how soon a second tap on a row must follow to count as double; Fyne's
// own double tap would hold every single tap back as long.
const doubleTap = 400 * time.Millisecond

// openURL opens a web page in the browser. Callers pass sources from the catalogue
// or a page that model.ownPage let through.
func (w *Window) openURL(u *url.URL) {
	if _, ok := report.Web(u.String()); !ok {
		return
	}
	if err := w.app.OpenURL(u); err != nil {
		w.app.Clipboard().SetContent(u.String())
		w.say(w.text("window.no_browser"), u.String())
	}
}

// openFile opens a file that the window itself wrote, in the program the system has for it.
func (w *Window) openFile(path string) {
	u := &url.URL{Scheme: "file", Path: filepath.ToSlash(path)}
	if !strings.HasPrefix(u.Path, "/") {
		u.Path = "/" + u.Path // C:/...
	}
	if err := w.app.OpenURL(u); err != nil {
		w.app.Clipboard().SetContent(path)
		w.say(w.text("paper.no_program"), path)
	}
}

// openPage opens a device's own page.
func (w *Window) openPage(id string) {
	if u, ok := w.model.ownPage(id); ok {
		w.openURL(u)
	}
}

// tappedTwice tells whether a tap on a row is the second in a short time.
func (w *Window) tappedTwice(id string) bool {
	now := time.Now()
	twice := id == w.lastTapped && now.Sub(w.lastTap) < doubleTap
	w.lastTap, w.lastTapped = now, id
	return twice
}

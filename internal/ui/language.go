package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"houdbaar/internal/i18n"
)

// text and count are the window's words.
func (w *Window) text(key string, args ...any) string { return w.printer.Load().Text(key, args...) }
func (w *Window) count(key string, n int) string      { return w.printer.Load().N(key, n) }

// speak sets the language, also of Fyne's own few words: those follow the system's
// locale and cannot be told otherwise, so the chosen language is put in its place.
func (w *Window) speak(l i18n.Language) {
	w.printer.Store(i18n.New(l))
	if words := i18n.FyneWords(l); words != nil {
		if err := lang.AddTranslationsForLocale(words, lang.SystemLocale()); err != nil {
			fyne.LogError("translate Fyne's words", err)
		}
	}
}

// setLanguage changes the language at once, also during a scan.
func (w *Window) setLanguage(l i18n.Language) {
	if w.printer.Load().Language() == l {
		return
	}
	w.app.Preferences().SetString(prefLanguage, string(l))
	w.speak(l)
	w.reword()
	w.build()
}

// reword says what is known in the language now in use.
func (w *Window) reword() {
	m := &w.model
	switch {
	case m.state == stateNone:
	case m.result != nil:
		m.reword(compose(w.printer.Load(), *m.result, m.typed))
	default:
		m.reword(composeSnapshot(w.printer.Load(), m.snapshot, w.engine.Today()))
	}
}

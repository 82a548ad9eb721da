// Package ui is the window: Fyne widgets that show what a scan found and call
// back when a person presses something.
//
// Decisions live in model.go, plain Go without Fyne: which rows stand where, what
// is selected, which buttons work. Widgets read the model on Fyne's goroutine and
// hold no state of their own that matters, so the whole window can be built anew
// whenever the language, the text size or the theme changes.
//
// It promises that nothing a device says reaches a place that acts on text: no
// device text in notifications or in markdown, and of the addresses that a device
// gives none is opened but http and https on the device itself. The scan's goroutine
// comes in through one door (door.go). The practice house and the real home never
// share a model, a memory or a screen (practice.go). It writes no file but those a
// person asks for, and never over another. It refuses sockets, the catalogue and words
// of its own: words are i18n's and report's. What a visit is, history says, and keeps it.
package ui

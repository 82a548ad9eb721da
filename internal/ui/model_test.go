package ui

import "fyne.io/fyne/v2"

func sizeOf(w, h float32) fyne.Size { return fyne.NewSize(w, h) }

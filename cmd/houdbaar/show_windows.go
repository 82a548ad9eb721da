package main

import "golang.org/x/sys/windows"

// show shows a text in a box: a program with a window has no console on Windows.
func show(text string) {
	message, err := windows.UTF16PtrFromString(text)
	if err != nil {
		return // a text with a NUL; it was on standard error already
	}
	title, _ := windows.UTF16PtrFromString("Houdbaar")
	windows.MessageBox(0, message, title, windows.MB_OK|windows.MB_ICONERROR)
}

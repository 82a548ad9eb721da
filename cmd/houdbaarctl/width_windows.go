package main

import "golang.org/x/sys/windows"

// columns is how many characters a terminal shows beside each other, 0 where fd is none.
func columns(fd uintptr) int {
	var info windows.ConsoleScreenBufferInfo
	if err := windows.GetConsoleScreenBufferInfo(windows.Handle(fd), &info); err != nil {
		return 0
	}
	return int(info.Window.Right-info.Window.Left) + 1
}

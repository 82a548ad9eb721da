package lab

import "golang.org/x/sys/windows"

// share lets several devices, and other programs, have the same UDP port.
func share(fd uintptr) {
	windows.SetsockoptInt(windows.Handle(fd), windows.SOL_SOCKET, windows.SO_REUSEADDR, 1)
}

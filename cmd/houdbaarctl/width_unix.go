//go:build unix

package main

import "golang.org/x/sys/unix"

// columns is how many characters a terminal shows beside each other, 0 where fd is none.
func columns(fd uintptr) int {
	size, err := unix.IoctlGetWinsize(int(fd), unix.TIOCGWINSZ)
	if err != nil {
		return 0
	}
	return int(size.Col)
}

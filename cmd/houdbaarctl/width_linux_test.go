package main

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/sys/unix"

	"houdbaar/internal/lab"
)

// TestLinesAreAsLongAsTheTerminalIsWide: and of ordinary length in a file.
func TestLinesAreAsLongAsTheTerminalIsWide(t *testing.T) {
	file, err := os.Create(t.TempDir() + "/out")
	must(t, err)
	defer file.Close()
	lab.HomeFolder(t, t.TempDir())
	args := []string{"check", "--vendor", "D-Link", "--model", "DIR-860L", "--on", "2026-11-21"}
	db := invented(t)
	for columns, longest := range map[uint16]int{0: 80, 40: 60, 100: 100, 300: 120} {
		master, slave := terminal(t, columns)
		if got := width(slave); got != int(columns) {
			t.Errorf("a terminal of %d is %d wide", columns, got)
		}
		if status := run(t.Context(), args, db, slave, os.Stderr); status != action {
			t.Fatalf("status %d", status)
		}
		buf := make([]byte, 1<<16) // all that was written is there by now
		n, err := master.Read(buf)
		must(t, err)
		most := 0
		for line := range strings.Lines(string(buf[:n])) {
			if !strings.Contains(line, "://") { // an address is not broken
				most = max(most, utf8.RuneCountInString(strings.TrimRight(line, "\r\n")))
			}
		}
		if most > longest || most < longest-20 {
			t.Errorf("%d columns: the longest line is %d, want about %d:\n%s", columns, most, longest, buf[:n])
		}
	}
	if got := width(&output{Writer: file}); got != 0 {
		t.Errorf("a file is %d wide", got)
	}
}

// terminal opens a terminal of some columns: what is written to slave is read from master.
func terminal(t *testing.T, columns uint16) (master, slave *os.File) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	must(t, err)
	t.Cleanup(func() { master.Close() })
	fd := int(master.Fd())
	must(t, unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0), unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Col: columns, Row: 24}))
	number, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	must(t, err)
	slave, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	must(t, err)
	t.Cleanup(func() { slave.Close() })
	return master, slave
}

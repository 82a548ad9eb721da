package sqlite

import "golang.org/x/sys/windows"

// What Windows calls a disk or a quota that is full, and a disk that is not to be written.
// Errors of syscall that begin with E are never met there: they are Go's own numbers.
var (
	noRoom      = []error{windows.ERROR_DISK_FULL, windows.ERROR_HANDLE_DISK_FULL, windows.ERROR_DISK_QUOTA_EXCEEDED}
	writeLocked = []error{windows.ERROR_WRITE_PROTECT}
)

//go:build unix

package sqlite

import "syscall"

// What a system calls a disk, a quota or a file that is full, and a disk that is not to be
// written.
var (
	noRoom      = []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG}
	writeLocked = []error{syscall.EROFS}
)

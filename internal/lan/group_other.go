//go:build unix && !linux

package lan

// ownGroupsOnly is how these systems behave anyway.
func ownGroupsOnly(fd, family int) {}

// namesInterface is not tried on these systems; what would leave by another way is refused.
const namesInterface = false

func bindTo(uintptr, Interface) error { return ErrPlatform }

//go:build !unix

package lan

// shared leaves a port to one socket: on Windows sharing would take datagrams away
// from another program.
func shared(uintptr) error { return nil }

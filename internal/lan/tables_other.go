//go:build !linux && !windows && !darwin

package lan

// Gateways is not known on this system.
func Gateways() ([]Gateway, error) { return nil, ErrPlatform }

// Neighbours is not known on this system.
func Neighbours() ([]Neighbour, error) { return nil, ErrPlatform }

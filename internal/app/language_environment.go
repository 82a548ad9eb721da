//go:build !windows && !darwin

package app

// systemLanguages are none here: the environment has them all.
func systemLanguages() []string { return nil }

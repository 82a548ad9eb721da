//go:build !windows

package main

// show has nothing to add to standard error here.
func show(string) {}

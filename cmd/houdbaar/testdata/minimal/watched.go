//go:build watched

package main

// Looked at as the real window is.
import _ "houdbaar/cmd/houdbaar/watched"

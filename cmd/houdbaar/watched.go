//go:build watched

package main

// What tests see the window through; nothing that is shipped has it.
import _ "houdbaar/cmd/houdbaar/watched"

package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"runtime"

	"houdbaar/internal/i18n"
	"houdbaar/internal/report"
)

// What Fyne logs when there is no window to be had, and then goes on without one.
var (
	logNoScreen = []byte("failed to initialise GLFW")
	logNoOpenGL = []byte("window creation error")
)

// A watch passes Fyne's log on and waits for the two lines that mean that no window
// will open. The next line tells why; then it calls give with the key of the sentence
// for the person.
type watch struct {
	to   io.Writer
	give func(key, why string)
	key  string // "" = nothing has gone wrong
}

func (w *watch) Write(line []byte) (int, error) {
	n, err := w.to.Write(line)
	switch {
	case w.key != "":
		_, why, _ := bytes.Cut(line, []byte("Cause:"))
		w.give(w.key, report.Clean(string(why), 200))
	case bytes.Contains(line, logNoScreen):
		w.key = "houdbaar.no_display"
	case bytes.Contains(line, logNoOpenGL) && runtime.GOOS == "windows":
		w.key = "houdbaar.no_opengl.windows"
	case bytes.Contains(line, logNoOpenGL):
		w.key = "houdbaar.no_opengl"
	}
	return n, err
}

// giveUp says why there is no window, where a person sees it, and ends the program.
func giveUp(t *i18n.Printer) func(key, why string) {
	return func(key, why string) {
		text := t.Text(key)
		if why != "" {
			text += "\n(" + why + ")"
		}
		fmt.Fprintln(os.Stderr, text)
		show(text)
		os.Exit(failed)
	}
}

package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime"

	"houdbaar/internal/i18n"
	"houdbaar/internal/report"
)

// What Fyne logs when there is no window to be had, and then goes on without one.
var (
	logNoScreen = []byte("failed to initialise GLFW")
	logNoOpenGL = []byte("window creation error")
)

// logNoContext is GLFW's own line, which comes alone: the system has OpenGL, and it
// does not work.
var logNoContext = regexp.MustCompile(`PlatformError: ((?:WGL|GLX|EGL|NSGL): Failed to (?:set|create|find|make dummy) .*)`)

// A watch passes Fyne's log on and waits for the lines that mean that no window will
// open. The line behind Fyne's tells why; then it calls give with the key of the
// sentence for the person.
type watch struct {
	to   io.Writer
	give func(key, why string)
	key  string // "" = nothing has gone wrong
	told bool   // while a box is open, Windows lets Fyne go on and log the same again
}

func (w *watch) Write(line []byte) (int, error) {
	n, err := w.to.Write(line)
	switch {
	case w.told:
	case w.key != "":
		_, why, _ := bytes.Cut(line, []byte("Cause:"))
		w.tell(w.key, string(why))
	case bytes.Contains(line, logNoScreen):
		w.key = "houdbaar.no_display"
	case bytes.Contains(line, logNoOpenGL):
		w.key = noOpenGL()
	}
	if m := logNoContext.FindSubmatch(line); m != nil && !w.told {
		w.tell(noOpenGL(), string(m[1]))
	}
	return n, err
}

func (w *watch) tell(key, why string) {
	w.told = true
	w.give(key, report.Clean(why, 200))
}

func noOpenGL() string {
	if runtime.GOOS == "windows" {
		return "houdbaar.no_opengl.windows"
	}
	return "houdbaar.no_opengl"
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

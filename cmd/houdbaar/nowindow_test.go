package main

import (
	"bytes"
	"log"
	"testing"
)

func TestThePersonIsToldWhyThereIsNoWindow(t *testing.T) {
	for name, c := range map[string]struct {
		logged   []string
		key, why string
	}{
		"no OpenGL":                 {[]string{"Fyne error:  window creation error", "  Cause: APIUnavailable: GLX: GLX extension not found"}, noOpenGL(), "APIUnavailable: GLX: GLX extension not found"},
		"no screen":                 {[]string{"Fyne error:  failed to initialise GLFW", "  Cause: PlatformUnavailable: Failed to detect any supported platform"}, "houdbaar.no_display", "PlatformUnavailable: Failed to detect any supported platform"},
		"OpenGL that does not work": {[]string{"PlatformError: WGL: Failed to set pixel format for dummy context: Invalid window handle. "}, noOpenGL(), "WGL: Failed to set pixel format for dummy context: Invalid window handle."},
		"a beep that failed":        {[]string{"PlatformError: Win32: Failed to set cursor position"}, "", ""},
		"no cause":                  {[]string{"Fyne error:  window creation error", "  At: driver.go:180"}, noOpenGL(), ""},
		"something else":            {[]string{"Fyne error:  failed to watch theme settings", "  Cause: window"}, "", ""},
		"the last line of it":       {[]string{"Fyne error:  window creation error"}, "", ""},
	} {
		var out bytes.Buffer
		var key, why string
		l := log.New(&watch{to: &out, give: func(k, w string) { key, why = k, w }}, "", log.LstdFlags)
		for _, line := range c.logged {
			l.Println(line)
		}
		if key != c.key || why != c.why {
			t.Errorf("%s: %q (%q), want %q (%q)", name, key, why, c.key, c.why)
		}
		if bytes.Count(out.Bytes(), []byte("\n")) != len(c.logged) {
			t.Errorf("%s: the log has %q", name, out.String())
		}
	}
}

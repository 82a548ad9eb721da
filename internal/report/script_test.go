package report

import "testing"

func TestALineIsSeenFromLeftToRight(t *testing.T) {
	for line, want := range map[string]string{
		"":                         "",
		"Camera (1)":               "Camera (1)",
		"שלום":                     "םולש",
		"Camera שלום (Model 0).":   "Camera םולש (Model 0).",
		"שלום (1) (Model 0)":       "(1) םולש (Model 0)",
		"שלום 12 עולם":             "םלוע 12 םולש",
		"שלום · 21 November":       "םולש · 21 November",
		"as for שלום עולם, then":   "as for םלוע םולש, then",
		"1,5 שלום":                 "1,5 םולש",
		"שָׁ a":                    "שָׁ a",
		"(":                        "(",
		"שלום ) [x":                "םולש ) [x",
		"שלום [ריק] 192.0.2.1":     "192.0.2.1 [קיר] םולש",
		"abc \U0001f3a5 שלום-10 %": "abc \U0001f3a5 10-םולש %",
	} {
		if got := visual(line); got != want {
			t.Errorf("%q is seen as %q, want %q", line, got, want)
		}
	}
}

func TestArabicLettersJoin(t *testing.T) {
	for text, want := range map[string]string{
		"cam":  "cam",
		"باب":  "\ufe91\ufe8e\ufe8f",
		"سلام": "\ufeb3\ufefc\ufee1",
		"لا":   "\ufefb",
		"بـ":   "\ufe91ـ",
		"بَب":  "\ufe91\u064e\ufe90",
		"چای":  "\ufb7c\ufe8e\ufbfc",
		"ءب":   "\ufe80\ufe8f",
	} {
		if got := shaped(text); got != want {
			t.Errorf("%s is drawn as %+q, want %+q", text, got, want)
		}
	}
}

// FuzzScript wants every character of a line to be drawn, whatever it is.
func FuzzScript(f *testing.F) {
	for _, s := range []string{"שלום (1) (Model 0)", "كاميرا 2 · x", "a\u0301\u0301", "((([[", "\u202e"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		line := Clean(s, 200)
		if line == "" {
			return
		}
		if got := []rune(visual(line)); len(got) != len([]rune(line)) {
			t.Errorf("%q became %q", line, string(got))
		}
		if shaped(line) == "" {
			t.Errorf("%q became nothing", line)
		}
	})
}

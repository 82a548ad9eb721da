package app

import (
	"testing"

	"houdbaar/internal/i18n"
)

func TestTheLanguageIsTheFirstThatSomebodySet(t *testing.T) {
	for name, c := range map[string]struct {
		chosen string
		env    map[string]string
		system []string
		want   i18n.Language
	}{
		"chosen, whatever the system says":             {"nl", map[string]string{"LC_ALL": "en_US.UTF-8"}, []string{"en-GB"}, i18n.Dutch},
		"LC_ALL before LANG":                           {"", map[string]string{"LC_ALL": "nl_BE.UTF-8", "LANG": "en_US.UTF-8"}, nil, i18n.Dutch},
		"no language at all is one too":                {"", map[string]string{"LC_ALL": "C", "LANG": "nl_NL.UTF-8"}, nil, i18n.English},
		"LC_MESSAGES before LANG":                      {"", map[string]string{"LC_MESSAGES": "nl_NL.UTF-8", "LANG": "en_US.UTF-8"}, nil, i18n.Dutch},
		"the environment before the system's settings": {"", map[string]string{"LANG": "en_US.UTF-8"}, []string{"nl-NL"}, i18n.English},
		"Windows in Dutch":                             {"", nil, []string{"nl-NL"}, i18n.Dutch},
		"macOS in French, then Dutch":                  {"", nil, []string{"fr-FR", "nl-NL"}, i18n.Dutch},
		"macOS in German only":                         {"", nil, []string{"de"}, i18n.English},
		"nobody set any":                               {"", nil, nil, i18n.English},
	} {
		if got := language(c.chosen, func(k string) string { return c.env[k] }, func() []string { return c.system }); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

package app

import (
	"os"
	"strings"

	"houdbaar/internal/i18n"
)

// Language is what a person chose, else what the system's environment asks for:
// the first of LC_ALL, LC_MESSAGES and LANG that is set; else what a person set on
// Windows or macOS, where a program started by a click has no such environment.
func Language(chosen string) i18n.Language {
	return language(chosen, os.Getenv, systemLanguages)
}

func language(chosen string, env func(string) string, system func() []string) i18n.Language {
	for _, locale := range []string{chosen, env("LC_ALL"), env("LC_MESSAGES"), env("LANG")} {
		if locale != "" {
			return i18n.Parse(locale)
		}
	}
	return i18n.Parse(strings.Join(system(), ":"))
}

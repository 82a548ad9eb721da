package app

import "houdbaar/internal/i18n"

// Language is what a person chose, else what the system's environment asks for:
// the first of LC_ALL, LC_MESSAGES and LANG that is set.
func Language(chosen string, env func(string) string) i18n.Language {
	for _, locale := range []string{chosen, env("LC_ALL"), env("LC_MESSAGES"), env("LANG")} {
		if locale != "" {
			return i18n.Parse(locale)
		}
	}
	return i18n.English
}

//go:build windows || darwin

package app

import "github.com/jeandeaual/go-locale"

// systemLanguages are the languages that a person set in the system's settings, the
// preferred first: on Windows the regional format (GetUserDefaultLocaleName), on
// macOS the list of preferred languages. The window asks in the same way. None when
// the system does not tell.
func systemLanguages() []string {
	languages, _ := locale.GetLocales()
	return languages
}

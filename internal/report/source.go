package report

import (
	"houdbaar/internal/i18n"
	"houdbaar/internal/lifecycle"
)

// SourceOf is one source as a person sees it.
func SourceOf(p *i18n.Printer, s lifecycle.Source) SourceLine {
	return sourceLines(p, []lifecycle.Source{s})[0]
}

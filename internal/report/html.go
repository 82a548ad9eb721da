package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"houdbaar/internal/i18n"
	"houdbaar/internal/scan"
)

//go:embed sheet.html
var sheetText string

var sheetTemplate = template.Must(template.New("sheet").Funcs(template.FuncMap{
	"add":  func(a, b int) int { return a + b },
	"path": svgPath,
}).Parse(sheetText))

// writeHTML writes a scan as one page that holds everything it needs, prints well
// and runs nothing: what devices called themselves is text there, and no more.
func writeHTML(w io.Writer, p *i18n.Printer, s scan.Scan, o Options, sheet Sheet) error {
	doc, err := newDocument(p, s, o, sheet)
	if err != nil {
		return err
	}
	return sheetTemplate.Execute(w, doc)
}

func svgPath(dark []stroke) string {
	var b strings.Builder
	for _, s := range dark {
		fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", s.X, s.Y, s.Length, s.Length)
	}
	return b.String()
}

package report

import (
	_ "embed"
	"html/template"
	"io"
	"strconv"
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

// WriteHTML writes a scan as one page that holds everything it needs, prints well
// and runs nothing: what devices called themselves is text there, and no more.
func WriteHTML(w io.Writer, p *i18n.Printer, s scan.Scan, o Options, sheet Sheet) error {
	doc, err := newDocument(p, s, o, sheet)
	if err != nil {
		return err
	}
	return sheetTemplate.Execute(w, doc)
}

// svgPath draws the dark modules of a QR code, one stroke a run.
func svgPath(rows []string) string {
	var b strings.Builder
	for y, row := range rows {
		for x := 0; x < len(row); {
			if row[x] == '0' {
				x++
				continue
			}
			from := x
			for x < len(row) && row[x] == '1' {
				x++
			}
			b.WriteString("M" + strconv.Itoa(from) + " " + strconv.Itoa(y) + "h" + strconv.Itoa(x-from) + "v1h-" + strconv.Itoa(x-from) + "z")
		}
	}
	return b.String()
}

package report

import (
	_ "embed"
	"html/template"
	"io"

	"houdbaar/internal/i18n"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

//go:embed sheet.html
var sheetText string

var sheetTemplate = template.Must(template.New("sheet").Parse(sheetText))

// A Sheet is what a visitor adds to the page; each may be empty, and is then room
// to write.
type Sheet struct {
	Household string
	Visitor   string
	Note      string
}

// A sheetLine is a line with what its chip needs.
type sheetLine struct {
	Line
	Class string
	Mark  string
}

type sheetGroup struct {
	Heading string
	Lines   []sheetLine
}

// WriteHTML writes a scan as one page that holds everything it needs, prints well
// and runs nothing: what devices called themselves is text there, and no more.
func WriteHTML(w io.Writer, p *i18n.Printer, s scan.Scan, o Options, sheet Sheet) error {
	o.HideNames = !o.Unmask
	page := struct {
		Lang, Title, Date, Summary, Network, Catalogue string
		Sheet
		Act, Rest []sheetGroup
		Problems  []string
		Words     map[string]string
	}{
		Lang:      string(p.Language()),
		Title:     p.Text("sheet.title"),
		Date:      p.Date(s.On),
		Summary:   Summary(p, s),
		Network:   p.Text("text.network", NetworkLine(p, s.Interfaces)),
		Catalogue: CatalogueText(p, s.Catalogue),
		Sheet:     sheet,
		Words: map[string]string{
			"Tonight": p.Text("sheet.tonight"), "Buy": p.Text("text.buy"), "Script": p.Text("text.script"), "Source": p.Text("sheet.source"),
			"Device": p.Text("sheet.device"), "Kind": p.Text("sheet.kind"), "Version": p.Text("sheet.version"), "Why": p.Text("sheet.why"),
			"Problems": p.Text("text.problems"), "Visitor": p.Text("sheet.visitor"), "Note": p.Text("sheet.note"),
		},
	}
	for _, g := range Groups(p, s, o) {
		group := sheetGroup{Heading: g.Heading}
		for _, l := range g.Lines {
			group.Lines = append(group.Lines, sheetLine{l, l.Verdict.String(), mark[l.Verdict]})
		}
		if g.Verdict == lifecycle.SupportedNow || g.Verdict == lifecycle.OtherDevice {
			page.Rest = append(page.Rest, group)
		} else {
			page.Act = append(page.Act, group)
		}
	}
	for _, problem := range s.Problems {
		page.Problems = append(page.Problems, ProblemText(p, problem))
	}
	return sheetTemplate.Execute(w, page)
}

package report

import (
	"encoding/csv"
	"io"
	"strings"

	"houdbaar/internal/i18n"
	"houdbaar/internal/scan"
)

// writeCSV writes a scan as a table for a spreadsheet, one device a row: UTF-8 with
// the mark that spreadsheets look for, and the separator they expect in the
// language (a semicolon where the comma is the decimal sign). A cell that a
// spreadsheet could take for a formula begins with an apostrophe.
func writeCSV(w io.Writer, p *i18n.Printer, s scan.Scan, o Options) error {
	s, o = leaving(s, o)
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if p.Language() == i18n.Dutch {
		out.Comma = ';'
	}
	columns := []string{"verdict", "device", "kind", "vendor", "model", "revision", "firmware", "address", "mac", "why", "source", "read"}
	rows := [][]string{each(columns, func(name string) string { return strings.TrimSuffix(p.Text("sheet."+name), ":") })}
	for _, g := range Groups(p, s, o) {
		for i, l := range g.Lines {
			id := g.Findings[i].Identity
			var links []string
			read := ""
			for _, source := range l.Sources {
				links = union(links, []string{together(" ", source.Publisher, source.URL)})
				if d := Day(source.Read); d > read {
					read = d
				}
			}
			rows = append(rows, each([]string{l.Chip, l.Title, l.KindName, Clean(id.Vendor, maxName), Clean(id.Model, maxName), Clean(id.Revision, maxName), firmware(id), l.Address, l.MAC, l.Reason, strings.Join(links, " | "), read}, safeCell))
		}
	}
	return out.WriteAll(rows)
}

// safeCell keeps a spreadsheet from taking text for a formula. The wide forms of
// the signs count too: some spreadsheets fold them.
func safeCell(cell string) string {
	if strings.IndexAny(cell, "'=+-@\t\r\n|％＝＋－＠") == 0 {
		return "'" + cell
	}
	return cell
}

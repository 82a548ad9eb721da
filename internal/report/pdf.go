package report

import (
	"bytes"
	"fmt"
	"io"

	"github.com/signintech/gopdf"

	"houdbaar/internal/i18n"
	"houdbaar/internal/scan"
)

// The sheet of paper, in points (1/72 inch): A4 with margins that every printer keeps.
const (
	pageWidth    = 595.28
	pageHeight   = 841.89
	margin       = 42.0
	columnWidth  = pageWidth - 2*margin
	columnBottom = pageHeight - margin - 14 // the page's number stands below
	bodySize     = 10.0                     // as large as letters
	leading      = 1.32                     // from line to line, in sizes
)

// sizes are tried in turn for the fewest pages. Below nine points older readers lose the
// thread.
var sizes = []float64{1, 0.95, 0.9}

// writePDF writes the same page as writeHTML, for printing. Its fonts are in it; they
// have all letters of the Latin, Greek and Cyrillic scripts, Hebrew and Arabic, which
// run from right to left, and what they lack (Asian scripts, most pictures) shows as a box.
func writePDF(w io.Writer, p *i18n.Printer, s scan.Scan, o Options, sheet Sheet) error {
	doc, err := newDocument(p, s, o, sheet)
	if err != nil {
		return err
	}
	t, err := newTypesetter()
	if err != nil {
		return fmt.Errorf("load fonts: %w", err)
	}
	pages := t.fit(doc)
	t.pdf.SetInfo(gopdf.PdfInfo{Title: doc.Text("sheet.title"), Author: doc.Visitor, Creator: "Houdbaar", CreationDate: doc.made})
	for i, page := range pages {
		t.pdf.AddPage()
		foot := p.Text("sheet.page", i+1, len(pages))
		if i > 0 {
			foot = together(" · ", doc.Household, doc.Date, foot)
		}
		page.runs = append(page.runs, run{x: margin, y: pageHeight - margin + 4, text: t.known(foot), font: fine(1)})
		if err := t.draw(page); err != nil {
			return fmt.Errorf("page %d: %w", i+1, err)
		}
	}
	if t.err != nil {
		return t.err
	}
	var made bytes.Buffer // gopdf hides the errors of what it writes to
	if _, err := t.pdf.WriteTo(&made); err != nil {
		return err
	}
	_, err = made.WriteTo(w)
	return err
}

// fit sets the document on as few pages as a size allows, in the largest size that does.
func (t *typesetter) fit(doc document) []block {
	var best []block
	for _, k := range sizes {
		if pages := paginate(t.blocks(doc, k)); best == nil || len(pages) < len(best) {
			best = pages
		}
	}
	return best
}

// paginate puts blocks on pages. A heading goes to the next page with what it heads.
func paginate(blocks []block) []block {
	pages := []block{{height: margin}}
	for i := 0; i < len(blocks); {
		together := blocks[i].height
		n := 1
		for ; blocks[i+n-1].keep && i+n < len(blocks); n++ {
			together += blocks[i+n].height
		}
		page := &pages[len(pages)-1]
		if page.height+together > columnBottom && page.height > margin {
			pages = append(pages, block{height: margin})
			page = &pages[len(pages)-1]
		}
		for _, b := range blocks[i : i+n] {
			page.add(b.shift(margin), 0)
		}
		i += n
	}
	return pages
}

func (t *typesetter) draw(page block) error {
	for _, x := range page.boxes {
		if x.fill != nil {
			t.pdf.SetFillColor(x.fill.r, x.fill.g, x.fill.b)
			t.pdf.RectFromUpperLeftWithStyle(x.x, x.y, x.w, x.h, "F")
		}
		if x.line != nil {
			t.pdf.SetLineWidth(0.6)
			t.pdf.SetStrokeColor(x.line.r, x.line.g, x.line.b)
			t.pdf.RectFromUpperLeftWithStyle(x.x, x.y, x.w, x.h, "D")
		}
	}
	for _, r := range page.runs {
		t.use(r.font)
		t.pdf.SetTextColor(r.font.ink.r, r.font.ink.g, r.font.ink.b)
		t.pdf.SetXY(r.x, r.y)
		if err := t.pdf.Text(visual(r.text)); err != nil {
			return err
		}
		if r.font.link != "" {
			t.pdf.AddExternalLink(r.font.link, r.x, r.y-r.font.size, r.width, r.font.size*1.2)
		}
	}
	return nil
}

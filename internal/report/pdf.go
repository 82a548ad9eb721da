package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/go-fonts/dejavu/dejavusans"
	"github.com/go-fonts/dejavu/dejavusansbold"
	"github.com/signintech/gopdf"
	"golang.org/x/text/unicode/norm"

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

// WritePDF writes the same page as WriteHTML, for printing. Its fonts are in it; they
// have all letters of the Latin, Greek and Cyrillic scripts, and what they lack shows
// as a box.
func WritePDF(w io.Writer, p *i18n.Printer, s scan.Scan, o Options, sheet Sheet) error {
	doc, err := newDocument(p, s, o, sheet)
	if err != nil {
		return err
	}
	t, err := newTypesetter()
	if err != nil {
		return fmt.Errorf("load fonts: %w", err)
	}
	pages := t.fit(doc)
	t.pdf.SetInfo(gopdf.PdfInfo{Title: doc.Title, Author: doc.Visitor, Creator: "Houdbaar", CreationDate: doc.made})
	for i, page := range pages {
		t.pdf.AddPage()
		foot := p.Text("sheet.page", i+1, len(pages))
		if i > 0 {
			foot = strings.Trim(doc.Household+" · "+doc.Date+" · "+foot, " ·")
		}
		page.runs = append(page.runs, run{x: margin, y: pageHeight - margin + 4, text: t.known(foot), font: fine(1)})
		if err := t.draw(page); err != nil {
			return fmt.Errorf("page %d: %w", i+1, err)
		}
	}
	if t.err != nil {
		return t.err
	}
	_, err = t.pdf.WriteTo(w)
	return err
}

// An ink is a colour on paper.
type ink struct{ r, g, b uint8 }

var (
	black = ink{0x1b, 0x1f, 0x24}
	grey  = ink{0x44, 0x4a, 0x52}
	rule  = ink{0xc7, 0xcd, 0xd4}
	blue  = ink{0x0b, 0x4a, 0xa8}
)

// chipInks are the colours of the verdicts: letters and ground.
var chipInks = map[string][2]ink{
	"replace_now":      {{0x8c, 0x1d, 0x18}, {0xfc, 0xe8, 0xe6}},
	"plan_replacement": {{0x7a, 0x43, 0x00}, {0xff, 0xef, 0xd9}},
	"check_label":      {{0x66, 0x52, 0x00}, {0xff, 0xf6, 0xcc}},
	"update_firmware":  {{0x0b, 0x4a, 0xa8}, {0xe3, 0xee, 0xfd}},
	"supported":        {{0x1b, 0x5e, 0x30}, {0xe2, 0xf3, 0xe7}},
	"cannot_tell":      {{0x44, 0x4a, 0x52}, {0xec, 0xef, 0xf2}},
	"other_device":     {{0x44, 0x4a, 0x52}, {0xec, 0xef, 0xf2}},
}

// A font is how a piece of text looks.
type font struct {
	size float64
	bold bool
	ink  ink
	link string // where it leads, "" = nowhere
}

func plain(k float64) font  { return font{size: bodySize * k, ink: black} }
func strong(k float64) font { return font{size: bodySize * k, ink: black, bold: true} }
func fine(k float64) font   { return font{size: 8.2 * k, ink: grey} }

// A run is text on one line in one font; y is its baseline.
type run struct {
	x, y, width float64
	text        string
	font        font
}

// A box is a rectangle, drawn below the text.
type box struct {
	x, y, w, h float64
	fill, line *ink
}

// A block is a piece of the page that is not broken; runs and boxes are measured from
// its top.
type block struct {
	height float64
	runs   []run
	boxes  []box
	keep   bool // stands above the next block on the same page: a heading
}

// add puts another block below, and after it a gap.
func (b *block) add(other block, gap float64) {
	for _, r := range other.runs {
		r.y += b.height
		b.runs = append(b.runs, r)
	}
	for _, x := range other.boxes {
		x.y += b.height
		b.boxes = append(b.boxes, x)
	}
	b.height += other.height + gap
}

// shift moves a block to the right.
func (b block) shift(dx float64) block {
	for i := range b.runs {
		b.runs[i].x += dx
	}
	for i := range b.boxes {
		b.boxes[i].x += dx
	}
	return b
}

// A typesetter measures text and breaks it into lines, blocks and pages.
type typesetter struct {
	pdf     *gopdf.GoPdf
	lacking map[rune]bool
	err     error // the first thing that went wrong in measuring
}

// newTypesetter starts a document with the fonts in it.
func newTypesetter() (*typesetter, error) {
	t := &typesetter{pdf: &gopdf.GoPdf{}, lacking: map[rune]bool{}}
	t.pdf.Start(gopdf.Config{PageSize: gopdf.Rect{W: pageWidth, H: pageHeight}})
	if err := t.pdf.AddTTFFontData("DejaVuSans", dejavusans.TTF); err != nil {
		return nil, err
	}
	if err := t.pdf.AddTTFFontDataWithOption("DejaVuSans", dejavusansbold.TTF, gopdf.TtfOption{Style: gopdf.Bold}); err != nil {
		return nil, err
	}
	return t, nil
}

// use sets the font for measuring and drawing.
func (t *typesetter) use(f font) {
	style := ""
	if f.bold {
		style = "B"
	}
	if err := t.pdf.SetFont("DejaVuSans", style, f.size); err != nil && t.err == nil {
		t.err = err
	}
}

// known replaces what the fonts lack by a box.
func (t *typesetter) known(text string) string {
	t.use(strong(1))
	return strings.Map(func(r rune) rune {
		lacks, asked := t.lacking[r]
		if !asked && r != '\n' {
			has, err := t.pdf.IsCurrFontContainGlyph(r)
			lacks = err != nil || !has
			t.lacking[r] = lacks
		}
		if lacks {
			return '□'
		}
		return r
	}, norm.NFC.String(text))
}

// width measures a text.
func (t *typesetter) width(text string, f font) float64 {
	if text == "" {
		return 0
	}
	t.use(f)
	w, err := t.pdf.MeasureTextWidth(text)
	if err != nil && t.err == nil {
		t.err = err
	}
	return w
}

// A span is text in one font, to be broken into lines.
type span struct {
	text string
	font font
}

// text sets spans in lines no wider than width.
func (t *typesetter) text(width float64, spans ...span) block {
	var b block
	var line []run
	x, high := 0.0, 0.0
	flush := func() {
		if high == 0 {
			return
		}
		for _, r := range line {
			r.y = b.height + high*0.98
			b.runs = append(b.runs, r)
		}
		b.height += high * leading
		line, x, high = nil, 0, 0
	}
	for _, s := range spans {
		gap := t.width(" ", s.font)
		for i, paragraph := range strings.Split(t.known(s.text), "\n") {
			if i > 0 {
				flush()
			}
			for _, word := range strings.Fields(paragraph) {
				for _, piece := range t.pieces(word, s.font, width) {
					w := t.width(piece, s.font)
					space := 0.0
					if len(line) > 0 {
						space = gap
					}
					if len(line) > 0 && x+space+w > width {
						flush()
						space = 0
					}
					high = max(high, s.font.size)
					if n := len(line); n > 0 && line[n-1].font == s.font {
						line[n-1].text += " " + piece
						line[n-1].width += space + w
					} else {
						line = append(line, run{x: x + space, width: w, text: piece, font: s.font})
					}
					x += space + w
				}
			}
		}
	}
	flush()
	return b
}

// pieces breaks a word that is wider than a line.
func (t *typesetter) pieces(word string, f font, width float64) []string {
	if t.width(word, f) <= width {
		return []string{word}
	}
	var out []string
	piece := ""
	for _, r := range word {
		if t.width(piece+string(r), f) > width && piece != "" {
			out = append(out, piece)
			piece = ""
		}
		piece += string(r)
	}
	return append(out, piece)
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

// blocks sets every part of the document at scale k.
func (t *typesetter) blocks(doc document, k float64) []block {
	var out []block
	put := func(b block, gap float64) {
		b.height += gap * k
		out = append(out, b)
	}
	heading := func(text string) {
		var b block
		b.height = 5 * k
		b.add(t.text(columnWidth, span{text, font{size: 11.5 * k, bold: true, ink: black}}), 1)
		b.boxes = append(b.boxes, box{0, b.height, columnWidth, 0.7, &black, nil})
		b.keep = true
		put(b, 4)
	}
	put(t.text(columnWidth, span{doc.Title, font{size: 16 * k, bold: true, ink: black}}), 0)
	put(t.text(columnWidth, span{strings.Trim(doc.Household+" · "+doc.Date, " ·"), plain(k)}), 3)
	put(t.text(columnWidth, span{doc.Summary, font{size: 11 * k, bold: true, ink: black}}), 2)
	if doc.Changes != nil {
		heading(doc.Changes.Heading)
		for _, text := range doc.Changes.Doubts {
			put(t.item(columnWidth, "•", strong(k), text), 1)
		}
		for _, text := range doc.Changes.Text {
			put(t.item(columnWidth, "•", plain(k), text), 1)
		}
	}
	for _, s := range doc.Act {
		heading(s.Heading)
		for _, c := range s.Cards {
			put(t.card(doc, c, k), 5)
		}
	}
	if len(doc.Buy) > 0 {
		heading(doc.Words["Buy"])
		for _, text := range doc.Buy {
			put(t.item(columnWidth, "•", plain(k), text), 1)
		}
	}
	for _, s := range doc.Rest {
		heading(s.Heading)
		for _, c := range s.Cards {
			put(t.row(c, k), 2)
		}
	}
	if len(doc.Problems) > 0 {
		heading(doc.Words["Problems"])
		for _, text := range doc.Problems {
			put(t.item(columnWidth, "•", fine(k), text), 1)
		}
	}
	put(t.room(doc, k), 4)
	if len(doc.Sources) > 0 {
		heading(doc.Words["Sources"])
		for i, s := range doc.Sources {
			put(t.source(i+1, s, k), 1)
		}
	}
	put(t.foot(doc, k), 0)
	return out
}

// item is a line of a list behind its mark.
func (t *typesetter) item(width float64, sign string, f font, spans ...any) block {
	in := max(t.width(sign, f)+f.size*0.5, f.size*1.1)
	var all []span
	for _, s := range spans {
		switch s := s.(type) {
		case string:
			all = append(all, span{s, f})
		case span:
			all = append(all, s)
		}
	}
	b := t.text(width-in, all...).shift(in)
	b.runs = append(b.runs, run{x: 0, y: f.size * 0.98, text: sign, width: t.width(sign, f), font: f})
	return b
}

// card is a device that asks for something.
func (t *typesetter) card(doc document, c card, k float64) block {
	const pad = 7
	width := columnWidth - 2*pad
	b := block{height: pad * 0.7}
	colours := chipInks[c.Class]
	chipFont := font{size: 8.5 * k, bold: true, ink: colours[0]}
	chip := t.text(width, span{c.Mark + " " + c.Chip, chipFont})
	title := t.text(width-chip.runs[0].width-20, span{c.Title, font{size: 11 * k, bold: true, ink: black}})
	top := title
	dx := width - chip.runs[0].width - 4
	top.boxes = append(top.boxes, box{dx - 4, 0, chip.runs[0].width + 8, chip.height + 2, &colours[1], &colours[0]})
	for _, r := range chip.runs {
		r.x += dx
		r.y += 0.6
		top.runs = append(top.runs, r)
	}
	top.height = max(top.height, chip.height+3)
	b.add(top, 0)
	about := c.KindName
	for _, part := range []string{c.Small, c.Address} {
		if part != "" {
			about += " · " + part
		}
	}
	b.add(t.text(width, span{about, fine(k)}), 1.5*k)
	spans := []span{{c.Headline + ".", strong(k)}}
	if c.When != "" {
		spans = append(spans, span{c.When, strong(k)})
	}
	b.add(t.text(width, append(spans, span{c.Reason, plain(k)}, span{citations(c.Cited), fine(k)})...), 1.5*k)
	for _, badge := range c.Badges {
		b.add(t.item(width, "!", plain(k), badge.Text+" "+badge.Means), 1.5*k)
	}
	if c.Note != "" {
		b.add(t.text(width, span{c.Note, plain(k)}), 1.5*k)
	}
	if c.Same != "" {
		b.add(t.text(width, span{c.Same, strong(k)}), 0)
	}
	if len(c.Tonight) > 0 {
		b.add(t.text(width, span{doc.Words["Tonight"], strong(k)}), 0)
		for i, step := range c.Tonight {
			b.add(t.item(width, strconv.Itoa(i+1)+".", plain(k), step), 0.5*k)
		}
	}
	if c.Provider != "" {
		b.add(t.text(width, span{doc.Words["Script"], strong(k)}, span{c.Provider, plain(k)}), 0)
	}
	b = b.shift(pad)
	b.height += pad * 0.6
	b.boxes = append([]box{{0, 0, columnWidth, b.height, nil, &rule}, {0, 0, 2.5, b.height, &colours[0], nil}}, b.boxes...)
	return b
}

// citations are the numbers of the sources, as in "[1] [2]".
func citations(cited []int) string {
	var out []string
	for _, n := range cited {
		out = append(out, "["+strconv.Itoa(n)+"]")
	}
	return strings.Join(out, " ")
}

// row is a device that asks for nothing.
func (t *typesetter) row(c card, k float64) block {
	about := c.KindName
	if c.Small != "" {
		about += " · " + c.Small
	}
	if c.Address != "" && c.Address != c.Title {
		about += " · " + c.Address
	}
	spans := []any{span{c.Title, strong(0.9 * k)}, span{about, fine(k)}}
	if c.Class != "other_device" {
		spans = append(spans, span{c.Reason, fine(k)}, span{citations(c.Cited), fine(k)})
	}
	if c.Note != "" {
		spans = append(spans, span{c.Note, fine(k)})
	}
	return t.item(columnWidth, c.Mark, strong(0.9*k), spans...)
}

// room is for the visitor's name and note: filled in, or lines to write on.
func (t *typesetter) room(doc document, k float64) block {
	b := block{height: 6 * k}
	field := func(label, text string, lines int) {
		b.add(t.text(columnWidth, span{label + ":", strong(k)}, span{text, plain(k)}), 2)
		if text != "" {
			return
		}
		at := t.width(label+": ", strong(k))
		for n := range lines {
			if n > 0 {
				b.height += 17 * k
				at = 0
			}
			b.boxes = append(b.boxes, box{at, b.height - 3*k, columnWidth - at, 0.5, &grey, nil})
		}
		b.height += 3 * k
	}
	field(doc.Words["Visitor"], doc.Visitor, 1)
	field(doc.Words["Note"], doc.Note, 2)
	return b
}

// source is a source in the list.
func (t *typesetter) source(number int, s SourceLine, k float64) block {
	f := fine(k)
	link := f
	link.link, link.ink = s.URL, blue
	var spans []any
	said := s.Publisher
	if s.Title != "" {
		said += ", " + s.Title
	}
	spans = append(spans, span{strings.TrimPrefix(said, ", "), f})
	if s.URL != "" {
		spans = append(spans, span{s.URL, link})
	}
	if s.ReadText != "" {
		spans = append(spans, span{"(" + s.ReadText + ")", f})
	}
	return t.item(columnWidth, strconv.Itoa(number)+".", f, spans...)
}

// foot is the QR code and beside it what it leads to, the list that judged and the
// network.
func (t *typesetter) foot(doc document, k float64) block {
	const side = 66.0 // 23 mm: read from half a metre
	b := block{height: 6}
	b.boxes = append(b.boxes, box{0, 0, columnWidth, 0.5, &rule, nil})
	n := float64(len(doc.QR.Rows))
	module := side / n
	for y, row := range doc.QR.Rows {
		for x := 0; x < len(row); x++ {
			from := x
			for x < len(row) && row[x] == '1' {
				x++
			}
			if x > from {
				b.boxes = append(b.boxes, box{float64(from) * module, 10 + float64(y)*module, float64(x-from) * module, module + 0.02, &ink{}, nil})
			}
		}
	}
	const beside = side + 14
	var text block
	link := plain(k)
	link.link, link.ink = doc.QR.URL, blue
	text.add(t.text(columnWidth-beside, span{doc.QR.Caption, plain(k)}, span{doc.QR.URL, link}), 3)
	for _, line := range []string{doc.Catalogue, doc.Network, doc.Private} {
		text.add(t.text(columnWidth-beside, span{line, fine(k)}), 1)
	}
	b.height = 8
	b.add(text.shift(beside), 0)
	b.height = max(b.height, 10+side+2)
	return b
}

// draw draws a page.
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
		if err := t.pdf.Text(r.text); err != nil {
			return err
		}
		if r.font.link != "" {
			t.pdf.AddExternalLink(r.font.link, r.x, r.y-r.font.size, r.width, r.font.size*1.2)
		}
	}
	return nil
}

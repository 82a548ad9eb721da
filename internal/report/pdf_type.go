package report

import (
	"cmp"
	"strings"
	"unicode"

	"github.com/go-fonts/dejavu/dejavusans"
	"github.com/go-fonts/dejavu/dejavusansbold"
	"github.com/signintech/gopdf"
	"golang.org/x/text/unicode/norm"
)

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

func (t *typesetter) use(f font) {
	style := ""
	if f.bold {
		style = "B"
	}
	t.err = cmp.Or(t.err, t.pdf.SetFont("DejaVuSans", style, f.size))
}

// known replaces what the fonts lack by a box, marks on letters by nothing, and gives
// letters their shapes.
func (t *typesetter) known(text string) string {
	t.use(strong(1))
	return strings.Map(func(r rune) rune {
		lacks, asked := t.lacking[r]
		if !asked && r != '\n' {
			has, err := t.pdf.IsCurrFontContainGlyph(r)
			lacks = err != nil || !has
			t.lacking[r] = lacks
		}
		switch {
		case lacks && unicode.Is(unicode.M, r):
			return -1
		case lacks:
			return '□'
		}
		return r
	}, shaped(norm.NFC.String(text)))
}

func (t *typesetter) width(text string, f font) float64 {
	if text == "" {
		return 0
	}
	t.use(f)
	w, err := t.pdf.MeasureTextWidth(text)
	t.err = cmp.Or(t.err, err)
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
	out, err := t.pdf.SplitText(word, width) // in the font that width set
	t.err = cmp.Or(t.err, err)
	return out
}

package report

import (
	"strconv"
	"strings"
)

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
	list := func(f font, texts []string) {
		for _, text := range texts {
			put(t.item(columnWidth, "•", f, span{text, f}), 1)
		}
	}
	put(t.text(columnWidth, span{doc.Text("sheet.title"), font{size: 16 * k, bold: true, ink: black}}), 0)
	put(t.text(columnWidth, span{together(" · ", doc.Household, doc.Date), plain(k)}), 3)
	put(t.text(columnWidth, span{doc.Summary, font{size: 11 * k, bold: true, ink: black}}), 2)
	if doc.Changes != nil {
		heading(doc.Changes.Heading)
		list(strong(k), doc.Changes.Doubts)
		list(plain(k), doc.Changes.Text)
	}
	for _, s := range doc.Act {
		heading(s.Heading)
		for _, c := range s.Cards {
			put(t.card(doc, c, k), 5)
		}
	}
	if len(doc.Buy) > 0 {
		heading(doc.Text("text.buy"))
		list(plain(k), doc.Buy)
	}
	for _, s := range doc.Rest {
		heading(s.Heading)
		for _, c := range s.Cards {
			put(t.row(c, k), 2)
		}
	}
	if len(doc.Problems) > 0 {
		heading(doc.Text("text.problems"))
		list(fine(k), doc.Problems)
	}
	put(t.room(doc, k), 4)
	if len(doc.Sources) > 0 {
		heading(doc.Text("sheet.sources"))
		for i, s := range doc.Sources {
			put(t.source(i+1, s, k), 1)
		}
	}
	put(t.foot(doc, k), 0)
	return out
}

// item is a line of a list behind its mark.
func (t *typesetter) item(width float64, sign string, f font, spans ...span) block {
	in := max(t.width(sign, f)+f.size*0.5, f.size*1.1)
	b := t.text(width-in, spans...).shift(in)
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
	b.add(t.text(width, span{together(" · ", c.KindName, c.Small, c.Where()), fine(k)}), 1.5*k)
	b.add(t.text(width, span{c.Headline + ".", strong(k)}, span{c.When, strong(k)}, span{c.Reason, plain(k)}, span{citations(c.Cited), fine(k)}), 1.5*k)
	for _, badge := range c.Badges {
		b.add(t.item(width, "!", plain(k), span{badge.Text + " " + badge.Means, plain(k)}), 1.5*k)
	}
	if c.Note != "" {
		b.add(t.text(width, span{c.Note, plain(k)}), 1.5*k)
	}
	if c.Same != "" {
		b.add(t.text(width, span{c.Same, strong(k)}), 0)
	}
	if len(c.Tonight) > 0 {
		b.add(t.text(width, span{doc.Text("sheet.tonight"), strong(k)}), 0)
		for i, step := range c.Tonight {
			b.add(t.item(width, strconv.Itoa(i+1)+".", plain(k), span{step, plain(k)}), 0.5*k)
		}
	}
	if c.Provider != "" {
		b.add(t.text(width, span{doc.Text("text.script"), strong(k)}, span{c.Provider, plain(k)}), 0)
	}
	b = b.shift(pad)
	b.height += pad * 0.6
	b.boxes = append([]box{{0, 0, columnWidth, b.height, nil, &rule}, {0, 0, 2.5, b.height, &colours[0], nil}}, b.boxes...)
	return b
}

// citations are the numbers of the sources, as in "[1] [2]".
func citations(cited []int) string {
	return strings.Join(each(cited, func(n int) string { return "[" + strconv.Itoa(n) + "]" }), " ")
}

// row is a device that asks for nothing.
func (t *typesetter) row(c card, k float64) block {
	spans := []span{{c.Title, strong(0.9 * k)}, {together(" · ", c.KindName, c.Small, c.Where()), fine(k)}}
	if c.Class != "other_device" {
		spans = append(spans, span{c.Reason, fine(k)}, span{citations(c.Cited), fine(k)})
	}
	return t.item(columnWidth, c.Mark, strong(0.9*k), append(spans, span{c.Note, fine(k)})...)
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
	field(doc.Text("sheet.visitor"), doc.Visitor, 1)
	field(doc.Text("sheet.note"), doc.Note, 2)
	return b
}

func (t *typesetter) source(number int, s SourceLine, k float64) block {
	f := fine(k)
	link := f
	link.link, link.ink = s.URL, blue
	spans := []span{{together(", ", s.Publisher, s.Title), f}, {s.URL, link}}
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
	module := side / float64(doc.QR.Side)
	for _, s := range doc.QR.Dark {
		b.boxes = append(b.boxes, box{float64(s.X) * module, 10 + float64(s.Y)*module, float64(s.Length) * module, module + 0.02, &ink{}, nil})
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

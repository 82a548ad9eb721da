package report

import (
	"image/color"
	"slices"
	"strings"
	"time"

	"github.com/boombuler/barcode/qr"

	"houdbaar/internal/device"
	"houdbaar/internal/i18n"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// A Sheet is what a visit adds to a scan on paper. The zero value is a scan alone; an
// empty Visitor or Note is room to write.
type Sheet struct {
	Household string
	Visitor   string
	Note      string
	Changes   *scan.Comparison             // what changed since an earlier scan; nil = there is none
	Since     time.Time                    // when that was
	Typed     []scan.Finding               // devices that no scan found, typed from their labels
	Notes     func(d device.Device) string // what a person wrote about a device, "" = nothing; nil = nobody did
}

// helpPage is where a paper sends people for more help: the Dutch government's and
// providers' site about safe use of the internet.
const helpPage = "https://veiliginternetten.nl/"

// A document is what stands on the paper, in words and in its order. HTML and PDF both
// write it, so they cannot disagree.
type document struct {
	*i18n.Printer

	Household, Date, Summary    string
	Changes                     *changes
	Act                         []section
	Buy                         []string
	Rest                        []section
	Problems                    []string
	Sources                     []SourceLine
	Visitor, Note               string
	Network, Catalogue, Private string
	QR                          code
	made                        time.Time

	on     time.Time
	notes  map[string]string // what people wrote, by Device.ID
	labels map[string]bool   // devices that were typed from labels
	steps  map[string]string // that stand on the paper already, and at which device
}

type changes struct {
	Heading string
	Doubts  []string
	Text    []string
}

type section struct {
	Heading string
	Cards   []card
}

// A card is a device on paper.
type card struct {
	Line
	Class string // for its colour
	Mark  string // for its shape
	When  string // by when to do it, "" = there is nothing to do
	Note  string // what a person wrote about it
	Same  string // instead of steps that stand at another device already
	Cited []int  // its sources' numbers
}

// A code is a QR code and what it leads to. It is Side modules wide and high, with no
// quiet zone.
type code struct {
	URL, Caption string
	Side         int
	Dark         []stroke
}

// A stroke is dark modules beside each other.
type stroke struct{ X, Y, Length int }

// newDocument puts a scan on paper. What is private is left out unless o.Unmask.
func newDocument(p *i18n.Printer, s scan.Scan, o Options, sheet Sheet) (document, error) {
	bare := slices.Concat(s.Findings, sheet.Typed)
	s.Findings = bare
	s, o = leaving(s, o)
	o.at = paper
	private := p.Text("sheet.unmasked")
	if !o.Unmask {
		private = p.Text("sheet.masked")
	}
	doc := document{
		Household: Clean(sheet.Household, maxValue),
		Date:      p.Date(s.On),
		Summary:   Summary(p, s),
		Network:   p.Text("text.network", NetworkLine(p, s.Interfaces)),
		Catalogue: CatalogueText(p, s.Catalogue, s.On),
		Private:   private,
		Visitor:   Clean(sheet.Visitor, maxValue),
		Note:      cleanLines(sheet.Note),
		made:      s.Finished,
		Printer:   p,
		on:        o.On,
		notes:     map[string]string{},
		labels:    map[string]bool{},
		steps:     map[string]string{},
	}
	if sheet.Changes != nil {
		doc.Changes = &changes{Heading: p.Text("sheet.changes", p.Date(sheet.Since)), Doubts: DoubtTexts(p, *sheet.Changes), Text: Changes(p, *sheet.Changes, o)}
		if len(doc.Changes.Text) == 0 {
			doc.Changes.Text = []string{p.Text("sheet.nochanges")}
		}
	}
	for i, f := range s.Findings {
		if sheet.Notes != nil {
			doc.notes[f.Device.ID] = Clean(sheet.Notes(bare[i].Device), maxSentence)
		}
		doc.labels[f.Device.ID] = i >= len(bare)-len(sheet.Typed)
	}
	for _, g := range Groups(p, s, o) {
		doc.add(g)
	}
	for _, problem := range Problems(s) {
		// The system's own words, in English, help nobody on paper.
		doc.Problems = append(doc.Problems, strings.TrimSuffix(ProblemText(p, problem), " ("+Clean(problem.Detail, maxValue)+")"))
	}
	if doc.QR.URL == "" {
		doc.QR.URL, doc.QR.Caption = helpPage, p.Text("sheet.qr.help")
	}
	var err error
	doc.QR.Side, doc.QR.Dark, err = modules(doc.QR.URL)
	return doc, err
}

func (doc *document) card(l Line, f scan.Finding) card {
	if doc.labels[l.ID] {
		l.Small = together(" · ", l.Small, doc.Text("sheet.typed"))
	}
	c := card{Line: l, Class: l.Verdict.String(), Mark: mark[l.Verdict], When: when(doc.Printer, f, doc.on)}
	if note := doc.notes[l.ID]; note != "" {
		c.Note = doc.Text("sheet.devicenote", note)
	}
	if all := strings.Join(l.Tonight, "\n"); len(l.Tonight) > 1 {
		if doc.steps[all] == "" {
			doc.steps[all] = l.Title
		} else {
			c.Same, c.Tonight = doc.Text("sheet.same", doc.steps[all]), nil
		}
	}
	return c
}

func (doc *document) add(g Group) {
	sec := section{Heading: g.Heading}
	act := g.Verdict != lifecycle.SupportedNow && g.Verdict != lifecycle.OtherDevice
	for i, l := range g.Lines {
		f := g.Findings[i]
		c := doc.card(l, f)
		if g.Verdict != lifecycle.OtherDevice {
			doc.cite(&c, l.Sources)
			for _, b := range l.Badges {
				doc.cite(&c, b.Sources)
			}
		}
		doc.Buy = union(doc.Buy, l.Buy)
		if page := makersPage(f); page != "" && doc.QR.URL == "" && act {
			doc.QR.URL, doc.QR.Caption = page, doc.Text("sheet.qr.maker", Clean(f.Match.Products[0].Vendor, maxName), Clean(f.Identity.Model, maxName))
		}
		sec.Cards = append(sec.Cards, c)
	}
	if act {
		doc.Act = append(doc.Act, sec)
	} else {
		doc.Rest = append(doc.Rest, sec)
	}
}

func (doc *document) cite(c *card, sources []SourceLine) {
	for _, s := range sources {
		i := slices.Index(doc.Sources, s)
		if i < 0 {
			i = len(doc.Sources)
			doc.Sources = append(doc.Sources, s)
		}
		if !slices.Contains(c.Cited, i+1) {
			c.Cited = append(c.Cited, i+1)
		}
	}
}

// when says by when to do what the verdict asks, "" where it asks nothing.
func when(p *i18n.Printer, f scan.Finding, on time.Time) string {
	switch f.Verdict.Kind {
	case lifecycle.ReplaceNow:
		return p.Text("sheet.when.now")
	case lifecycle.UpdateFirmware:
		if providerUpdates(f) {
			return p.Text("sheet.when.soon")
		}
		return p.Text("sheet.when.tonight")
	case lifecycle.PlanReplacement:
		if until := f.Verdict.Until; until.Precision != lifecycle.NoDate && until.Time.After(on) {
			return p.Text("sheet.when.by", p.DateText(until.String()))
		}
		return p.Text("sheet.when.soon")
	}
	return ""
}

// makersPage is where the maker helps with the product the device is, "" where none is
// known, it can be several products, or there is nothing to look up there.
func makersPage(f scan.Finding) string {
	if len(f.Match.Products) == 0 || f.Verdict.Kind == lifecycle.ReplaceNow || provider(f) != "" {
		return ""
	}
	page := f.Match.Products[0].Page
	several := slices.ContainsFunc(f.Match.Products, func(p lifecycle.Product) bool { return p.Page != page })
	if _, ok := Web(page); several || !ok || len(page) > 200 {
		return ""
	}
	return page
}

// modules draws a QR code of a link. Level M still reads with a seventh of it dirty.
func modules(link string) (side int, dark []stroke, err error) {
	img, err := qr.Encode(link, qr.M, qr.Auto)
	if err != nil {
		return 0, nil, err
	}
	side = img.Bounds().Dx()
	for y := range side {
		for x := 0; x < side; x++ {
			from := x
			for x < side && img.At(x, y) == color.Black {
				x++
			}
			if x > from {
				dark = append(dark, stroke{from, y, x - from})
			}
		}
	}
	return side, dark, nil
}

// FileName is a name for a file that every system takes: the program's name, the day
// and what is told of the visit, in plain letters. ext begins with a dot.
func FileName(ref string, on time.Time, ext string) string {
	name := "houdbaar " + ref
	if on := Day(on); !strings.Contains(ref, on) { // a reference may begin with the day
		name = "houdbaar " + on + " " + ref
	}
	name = strings.Join(strings.FieldsFunc(name, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	}), "-")
	return strings.Trim(name[:min(80, len(name))], "-") + ext
}

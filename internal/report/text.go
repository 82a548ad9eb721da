package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"houdbaar/internal/i18n"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// mark is the sign before a line at the prompt. The shapes differ, so that they
// work without colour.
var mark = map[lifecycle.VerdictKind]string{
	lifecycle.ReplaceNow:      "✕",
	lifecycle.PlanReplacement: "◷",
	lifecycle.CheckLabel:      "⚑",
	lifecycle.UpdateFirmware:  "↑",
	lifecycle.SupportedNow:    "✓",
	lifecycle.CannotTell:      "?",
	lifecycle.OtherDevice:     "·",
}

// textWidth is where sentences at the prompt break: the width of an ordinary terminal, where
// that of this one is not known. Longer lines than longest read badly, and shorter ones than
// shortest leave no room behind the marks.
const textWidth, shortest, longest = 80, 60, 120

// lines is text for the prompt that breaks at a width.
type lines struct {
	strings.Builder
	width int
}

// newLines breaks where the reader's terminal does.
func newLines(o Options) *lines {
	return &lines{width: min(max(cmp.Or(o.Width, textWidth), shortest), longest)}
}

// maxSources is how many sources a device gets at the prompt; JSON has them all.
const maxSources = 3

// WriteText writes a scan as a table for people: the summary, then group by group
// the devices with why and what to do, then problems and the network.
func WriteText(w io.Writer, p *i18n.Printer, s scan.Scan, o Options) error {
	o.at = prompt
	b := newLines(o)
	b.wrap("", Summary(p, s))
	groups := Groups(p, s, o)
	width := columns(groups)
	var buy []string
	steps := map[string]string{} // to the device that they stand at
	for _, g := range groups {
		fmt.Fprintf(b, "\n%s (%d)\n", strings.ToUpper(g.Heading), len(g.Lines))
		for _, l := range g.Lines {
			b.writeRow(l, width)
			if g.Verdict == lifecycle.OtherDevice {
				continue
			}
			buy, l.Buy = union(buy, l.Buy), nil
			if all := strings.Join(l.Tonight, "\n"); steps[all] == "" {
				steps[all] = l.Title
			} else if len(l.Tonight) > 1 {
				l.Tonight = []string{p.Text("sheet.same", steps[all])}
			}
			b.writeAdvice(p, l)
		}
	}
	if len(buy) > 0 {
		b.WriteString("\n")
		b.writeBuy("", p, buy)
	}
	if problems := Problems(s); len(problems) > 0 {
		fmt.Fprintf(b, "\n%s\n", strings.ToUpper(p.Text("text.problems")))
		for _, problem := range problems {
			b.wrap("  ! ", ProblemText(p, problem))
		}
	}
	fmt.Fprintf(b, "\n%s\n", p.Text("text.network", NetworkLine(p, s.Interfaces)))
	for _, text := range Unused(p, s.Interfaces) {
		fmt.Fprintf(b, "  %s\n", text)
	}
	fmt.Fprintln(b, CatalogueText(p, s.Catalogue, s.On))
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteFinding writes one finding for people, with its sources and its trail.
func WriteFinding(w io.Writer, p *i18n.Printer, f scan.Finding, o Options) error {
	o.at = prompt
	l := NewLine(p, f, o)
	b := newLines(o)
	fmt.Fprintf(b, "  %s %s\n", mark[l.Verdict], together("  ", l.Title, l.Small, l.Where(), l.KindName))
	fmt.Fprintf(b, "    %s.\n", l.Headline)
	b.writeAdvice(p, l)
	_, err := io.WriteString(w, b.String())
	return err
}

// columns measures the table: title, small print, address, kind.
func columns(groups []Group) (width [4]int) {
	for _, g := range groups {
		for _, l := range g.Lines {
			for i, cell := range []string{l.Title, l.Small, l.Address, l.KindName} {
				width[i] = max(width[i], utf8.RuneCountInString(cell))
			}
		}
	}
	return width
}

// writeRow writes what a device is: in columns where these fit, else in a line of its own
// or in two.
func (b *lines) writeRow(l Line, width [4]int) {
	row := fmt.Sprintf("  %s %-*s  %-*s  %-*s  %s", mark[l.Verdict], width[0], l.Title, width[1], l.Small, width[2], l.Address, l.KindName)
	if width[0]+width[1]+width[2]+width[3]+10 > b.width {
		row = "  " + mark[l.Verdict] + " " + together(" · ", l.Title, l.Small, l.Where(), l.KindName)
	}
	if utf8.RuneCountInString(row) > b.width {
		row = "  " + mark[l.Verdict] + " " + l.Title + "\n    " + together(" · ", l.Small, l.Where(), l.KindName)
	}
	b.WriteString(strings.TrimRight(row, " ") + "\n")
}

func (b *lines) writeAdvice(p *i18n.Printer, l Line) {
	b.wrap("      ", l.Reason)
	for i, s := range slices.Concat(l.Sources, l.Besides) {
		if i == maxSources {
			break
		}
		publisher, key := s.Publisher, "text.source"
		if strings.HasPrefix(s.Title, publisher+" ") {
			publisher = "" // the title begins with it
		}
		if i >= len(l.Sources) {
			key = "text.besides"
		}
		b.wrap("      ", p.Text(key, together(", ", publisher, s.Title, s.URL, s.ReadText)))
	}
	for _, badge := range l.Badges {
		b.wrap("      ! ", badge.Text+" "+badge.Means)
	}
	for i, step := range l.Tonight {
		b.wrap(fmt.Sprintf("      %d. ", i+1), step)
	}
	if len(l.Buy) > 0 {
		b.writeBuy("      ", p, l.Buy)
	}
	if l.Provider != "" {
		b.wrap("      ", p.Text("text.script")+" "+l.Provider)
	}
}

func (b *lines) writeBuy(lead string, p *i18n.Printer, looks []string) {
	b.wrap(lead, p.Text("text.buy"))
	for _, look := range looks {
		b.wrap(lead+"- ", look)
	}
}

// wrap writes text in lines, the first after lead, the others as far in.
func (b *lines) wrap(lead, text string) {
	in := utf8.RuneCountInString(lead)
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > b.width-in {
			b.WriteString(lead + line + "\n")
			lead, line = strings.Repeat(" ", in), ""
		}
		line = together(" ", line, word)
	}
	b.WriteString(lead + line + "\n")
}

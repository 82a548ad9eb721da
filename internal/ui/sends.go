package ui

import (
	"regexp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"houdbaar/internal/report"
)

// sendsPage says what Houdbaar asks, and shows everything that it can send.
func (w *Window) sendsPage() fyne.CanvasObject {
	page := []fyne.CanvasObject{prose(w.text("sends.intro"))}
	for _, part := range []string{"asks", "never", "internet", "keeps", "whose"} {
		page = append(page, w.section(w.text("sends."+part), prose(w.text("sends."+part+".text"))))
	}
	if all := report.Questions(w.printer.Load(), w.o.Questions); len(all) > 0 {
		page = append(page, w.fold("questions", w.count("sends.every", len(all)), "", func() fyne.CanvasObject { return w.everyPurpose(all) }, w.build))
	}
	return w.page(w.text("window.sends"), page...)
}

// everyPurpose lists what can be sent by why it is, below to whom and when; what exactly
// is one click deeper.
func (w *Window) everyPurpose(all []report.QuestionLine) fyne.CanvasObject {
	list := stack(gap)
	group := ""
	for len(all) > 0 {
		first := all[0]
		n := slices.IndexFunc(all, func(q report.QuestionLine) bool { return q.Why != first.Why || q.Group != first.Group })
		if n < 0 {
			n = len(all)
		}
		same := all[:n]
		all = all[n:]
		if first.Group != group {
			group = first.Group
			list.Add(prose(group, subhead))
		}
		exact := func() fyne.CanvasObject { return w.exactQuestions(same) }
		list.Add(stack(-gap, prose(first.Why), w.fold("questions: "+first.Why, w.count("sends.exactly", n), first.Why, exact, w.build)))
	}
	return list
}

// exactQuestions shows questions of one purpose byte for byte, below whom they go to.
func (w *Window) exactQuestions(all []report.QuestionLine) fyne.CanvasObject {
	list := stack(gap / 2)
	to := ""
	for _, q := range all {
		if now := w.whither(q); now != to {
			to = now
			list.Add(prose(to, small, bold))
		}
		list.Add(exactly(q.Text))
	}
	return panel(list)
}

// An address or a port in the technical words for where a question goes.
var portOrAddress = regexp.MustCompile(`(?:(https?) )?port (\d+)|(\S+:\d+)`)

// whither says whom a question goes to, in the language, and at which address or port.
func (w *Window) whither(q report.QuestionLine) string {
	var places []string
	for _, m := range portOrAddress.FindAllStringSubmatch(q.To, -1) {
		switch {
		case m[3] != "":
			places = append(places, m[3])
		case m[1] != "":
			places = append(places, m[1]+", "+w.text("sends.port", m[2]))
		default:
			places = append(places, w.text("sends.port", m[2]))
		}
	}
	if len(places) == 0 {
		return w.text("sends.to", q.Whom)
	}
	return w.text("sends.to_at", q.Whom, strings.Join(places, "; "))
}

// exactly shows a text of the program's own line by line, however long.
func exactly(text string) fyne.CanvasObject {
	list := stack(-gap)
	for line := range strings.Lines(strings.TrimSpace(text)) {
		for part := range slices.Chunk([]rune(strings.TrimRight(line, "\r\n")), 4*maxShown) {
			list.Add(prose(string(part), small, muted))
		}
	}
	return list
}

package ui

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"houdbaar/internal/i18n"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/report"
	"houdbaar/internal/scan"
)

// This file imports no Fyne; a test checks that.

// A screen is what fills the window.
type screen uint8

// The screens. Home is where the window opens.
const (
	screenHome screen = iota
	screenResults
	screenLabel
	screenSettings
	screenSends
	screenAbout
	screenHelp
	screenFirst
	screenDoctor
	screenReport
	screenCatalogue
	screenHorizon
	screenVisits
	screenVisit
	screenChanges
)

// A state is how far the scan on the screen is.
type state uint8

// The states of the results screen.
const (
	stateNone state = iota // no scan yet
	stateScanning
	stateStopping // a person pressed Stop; the engine is putting its things away
	stateDone
	stateStopped
	stateFailed
	stateTyped // no scan, but devices typed from labels
)

// maxShown bounds any text of a device on the screen, in characters; report cleans
// and bounds already, this is the second lock on the same door.
const maxShown = 300

// A view is a snapshot or a scan put into words. It is made off the UI goroutine
// and never changed afterwards.
type view struct {
	language i18n.Language
	summary  string
	groups   []report.Group
	problems []string
	phase    string  // what a running scan is doing
	fraction float64 // 0 to 1
}

// compose puts a scan, finished or not, into words, with the devices that were typed
// from labels.
func compose(p *i18n.Printer, s scan.Scan, typed []scan.Finding) view {
	all := withTyped(s, typed)
	v := view{
		language: p.Language(),
		summary:  report.Summary(p, all),
		groups:   report.Groups(p, all, report.Options{On: s.On}),
		fraction: 1,
	}
	if s.Started.IsZero() && len(s.Problems) == 0 && len(s.Findings) == 0 && len(typed) > 0 {
		v.summary = p.N("window.typed_only", len(typed))
	}
	for _, problem := range report.Problems(s) {
		v.problems = append(v.problems, report.ProblemText(p, problem))
	}
	for _, g := range v.groups {
		for i, l := range g.Lines {
			if slices.ContainsFunc(typed, func(f scan.Finding) bool { return f.Device.ID == l.ID }) {
				g.Lines[i].Small = strings.Trim(l.Small+" · "+p.Text("sticker.by_you"), " ·")
			}
		}
	}
	return v
}

// withTyped adds the devices that were typed from labels to a scan.
func withTyped(s scan.Scan, typed []scan.Finding) scan.Scan {
	if len(typed) > 0 {
		s.Findings = append(slices.Clone(s.Findings), typed...)
		scan.Order(s.Findings)
	}
	return s
}

// composeSnapshot puts a running scan into words. A summary would judge too early,
// so it says what is going on instead.
func composeSnapshot(p *i18n.Printer, s scan.Snapshot, on time.Time) view {
	return view{
		language: p.Language(),
		summary:  p.Text("window.scanning"),
		phase:    report.PhaseText(p, s),
		groups:   report.Groups(p, scan.Scan{On: on, Findings: s.Findings}, report.Options{On: on}),
		fraction: min(max(s.Fraction, 0), 1),
	}
}

// An itemKind tells the lines of the list apart.
type itemKind uint8

// The kinds of items: the heading of a group, a device, and a heading that folds.
const (
	itemHeading itemKind = iota
	itemDevice
	itemFold
)

// An item is one line of the list.
type item struct {
	kind    itemKind
	key     string // Device.ID, or "group:<verdict>" for a heading
	verdict lifecycle.VerdictKind
	text    string // the heading's words
	count   int    // devices below a heading
	folded  bool
	line    report.Line
}

// A model is the state of the window. It belongs to the UI goroutine.
type model struct {
	screen screen
	trail  []screen // where Back leads, the nearest last
	state  state

	view     view
	snapshot scan.Snapshot  // the newest
	result   *scan.Scan     // the finished scan, nil before
	typed    []scan.Finding // devices typed from labels
	reopened bool           // the scan on the screen was kept before
	again    bool           // and judged again today

	filter   string
	open     map[lifecycle.VerdictKind]bool // groups that fold and stand open
	selected string                         // Device.ID
	reading  bool                           // in a narrow window: the detail covers the list
	items    []item
}

// start clears the results for a new scan. What a person selected stays selected
// if the device is found again.
func (m *model) start() {
	m.visit(screenResults)
	m.state, m.reopened, m.again = stateScanning, false, false
	m.view, m.snapshot, m.result = view{}, scan.Snapshot{Phase: scan.PhaseListening}, nil
	m.reading = false
	m.arrange()
}

// visit goes to another screen and remembers where Back leads. Results and the first
// screen are where every way begins.
func (m *model) visit(s screen) {
	switch i := slices.Index(m.trail, s); {
	case s == screenHome || s == screenResults:
		m.trail = nil
	case i >= 0:
		m.trail = m.trail[:i]
	default:
		m.trail = append(m.trail, m.screen)
	}
	m.screen = s
}

// behind is where Back leads.
func (m *model) behind() screen {
	if n := len(m.trail); n > 0 {
		return m.trail[n-1]
	}
	return screenHome
}

// leave goes back from a page.
func (m *model) leave() {
	m.screen = m.behind()
	m.trail = m.trail[:max(0, len(m.trail)-1)]
}

// stop notes that a person wants the scan to end.
func (m *model) stop() {
	if m.state == stateScanning {
		m.state = stateStopping
	}
}

// progress takes a snapshot of the running scan and its words.
func (m *model) progress(s scan.Snapshot, v view) {
	if !m.running() {
		return // a late snapshot of a scan that is over
	}
	m.snapshot, m.view = s, v
	m.arrange()
}

// finish takes the complete scan, made now or kept.
func (m *model) finish(s scan.Scan, v view) {
	m.state = stateDone
	if s.Stopped {
		m.state = stateStopped
	}
	m.result, m.view = &s, v
	m.arrange()
	m.selectFirst()
}

// selectFirst selects the most urgent device where the selected one is gone.
func (m *model) selectFirst() {
	if _, ok := m.line(m.selected); ok {
		return
	}
	m.selected = ""
	for _, it := range m.items {
		if it.kind == itemDevice {
			m.selected = it.key
			return
		}
	}
}

// findings are those of the finished scan, else of the newest snapshot.
func (m *model) findings() []scan.Finding {
	if m.result != nil {
		return m.result.Findings
	}
	return m.snapshot.Findings
}

// finding returns a device of the screen, where a scan found it.
func (m *model) finding(id string) (scan.Finding, bool) {
	for _, f := range m.findings() {
		if f.Device.ID == id {
			return f, true
		}
	}
	return scan.Finding{}, false
}

// isTyped tells whether a device was typed from its label.
func (m *model) isTyped(id string) bool {
	return slices.ContainsFunc(m.typed, func(f scan.Finding) bool { return f.Device.ID == id })
}

// hampered tells whether something was in the way of a finished scan, so that a test of
// the searching may help: a problem, nobody who answered, or a router that is silent.
func (m *model) hampered() bool {
	if m.result == nil || m.state == stateTyped || m.running() {
		return false
	}
	gateway := false
	for _, f := range m.result.Findings {
		gateway = gateway || f.Device.Gateway && f.Identity.Model != ""
	}
	return m.state == stateFailed || len(m.result.Problems) > 0 || !gateway
}

// unnamed returns the router, where it did not tell which model it is.
func (m *model) unnamed() (report.Line, bool) {
	if m.result == nil {
		return report.Line{}, false
	}
	i := slices.IndexFunc(m.result.Findings, func(f scan.Finding) bool { return f.Device.Gateway && f.Identity.Model == "" })
	if i < 0 {
		return report.Line{}, false
	}
	return m.line(m.result.Findings[i].Device.ID)
}

// running tells whether a scan is on.
func (m *model) running() bool { return m.state == stateScanning || m.state == stateStopping }

// canScan and canStop say which of the two buttons works.
func (m *model) canScan() bool { return !m.running() }
func (m *model) canStop() bool { return m.state == stateScanning }

// reword replaces the words after a change of language.
func (m *model) reword(v view) {
	m.view = v
	m.arrange()
}

// arrange lays the groups out as the items of the list, filtered and folded.
func (m *model) arrange() {
	m.items = m.items[:0:0]
	for _, g := range m.view.groups {
		lines := g.Lines
		if m.filter != "" {
			lines = slices.DeleteFunc(slices.Clone(lines), func(l report.Line) bool { return !matches(l, m.filter) })
		}
		if len(lines) == 0 {
			continue
		}
		head := item{kind: itemHeading, key: "group:" + g.Verdict.String(), verdict: g.Verdict, text: g.Heading, count: len(lines)}
		if g.Verdict == lifecycle.OtherDevice {
			head.kind = itemFold
			head.folded = !m.open[g.Verdict] && m.filter == ""
		}
		m.items = append(m.items, head)
		if head.folded {
			continue
		}
		for _, l := range lines {
			m.items = append(m.items, item{kind: itemDevice, key: l.ID, verdict: l.Verdict, line: l})
		}
	}
}

// search filters the list. Folded groups open while a filter is on. A selected device
// that it hides gives way to the first that is found.
func (m *model) search(text string) {
	m.filter = strings.ToLower(strings.TrimSpace(text))
	m.arrange()
	if l, ok := m.line(m.selected); ok && !matches(l, m.filter) {
		m.selected = ""
	}
	m.selectFirst()
}

// matches tells whether every word of a lower-case filter occurs in a line.
func matches(l report.Line, filter string) bool {
	all := strings.ToLower(strings.Join([]string{l.Title, l.Model, l.Small, l.Address, l.MAC, l.KindName, l.Chip}, "\n"))
	for _, word := range strings.Fields(filter) {
		if !strings.Contains(all, word) {
			return false
		}
	}
	return true
}

// choose selects a device because a person asked for it.
func (m *model) choose(id string) {
	if _, ok := m.line(id); ok {
		m.selected = id
	}
}

// fold opens or closes a group that folds.
func (m *model) fold(v lifecycle.VerdictKind) {
	if m.open == nil {
		m.open = map[lifecycle.VerdictKind]bool{}
	}
	m.open[v] = !m.open[v]
	m.arrange()
}

// line returns a device's line, whatever the filter and the folds.
func (m *model) line(id string) (report.Line, bool) {
	for _, g := range m.view.groups {
		for _, l := range g.Lines {
			if l.ID == id && id != "" {
				return l, true
			}
		}
	}
	return report.Line{}, false
}

// ownPage returns the device's page that may be opened: http or https, without
// credentials, on an address that the device itself was heard from.
func (m *model) ownPage(id string) (*url.URL, bool) {
	l, _ := m.line(id)
	u, ok := report.Web(l.Page)
	if !ok {
		return nil, false
	}
	host, err := netip.ParseAddr(u.Hostname())
	if err != nil {
		return nil, false
	}
	f, _ := m.finding(id)
	return u, slices.ContainsFunc(f.Device.Addrs, func(a netip.Addr) bool {
		return a.Unmap().WithZone("") == host.Unmap().WithZone("")
	})
}

// fromTheLeft marks a text that begins in Hebrew or Arabic as one of a page that is read from the left;
// else Fyne turns the brackets around what follows, ")DIR-860L(".
func fromTheLeft(s string) string {
	first := strings.IndexFunc(s, unicode.IsLetter)
	if first >= 0 && unicode.In([]rune(s[first:])[0], unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana) {
		return "\u200e" + s
	}
	return s
}

// shown makes text safe to draw: control and direction characters out, white space
// to spaces, at most limit characters.
func shown(s string, limit int) string {
	var b strings.Builder
	n := 0
	for _, r := range s {
		if n == limit {
			b.WriteRune('…')
			break
		}
		switch {
		case r == unicode.ReplacementChar || unicode.Is(unicode.Cf, r) && r != '\u200d' || unicode.Is(unicode.Co, r):
			continue
		case unicode.IsSpace(r):
			r = ' '
		case unicode.IsControl(r):
			continue
		}
		b.WriteRune(r)
		n++
	}
	return b.String()
}

// secondLine is the small print of a row: the model where the title is a name
// somebody gave, then revision and firmware, else what tells this device apart.
func secondLine(l report.Line) string {
	var parts []string
	if l.Model != "" && l.Model != l.Title {
		parts = append(parts, l.Model)
	}
	if l.Small != "" {
		parts = append(parts, l.Small)
	}
	if len(parts) == 0 {
		parts = append(parts, l.KindName)
		if l.Address != "" && l.Address != l.Title {
			parts = append(parts, l.Address)
		}
	}
	return strings.Join(parts, " · ")
}

// shortTitle is a title without what a narrow row can do without: the maker, or behind a
// name the model, which the second line has too.
func shortTitle(l report.Line) string {
	if l.Product == "" {
		return l.Title
	}
	if l.Title == l.Model {
		return l.Product
	}
	return strings.TrimSuffix(l.Title, " ("+l.Product+")")
}

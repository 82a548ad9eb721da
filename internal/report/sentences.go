package report

import (
	"errors"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"time"

	"houdbaar/internal/i18n"
	"houdbaar/internal/scan"
)

// What is not about a device, in words.

// ProblemText is a problem in words, with what to do. A code without words shows
// the general sentence and the detail.
func ProblemText(p *i18n.Printer, problem scan.Problem) string {
	values := map[string]string{"source": protocol(p, problem.Source), "detail": Clean(problem.Detail, maxValue)}
	for name, value := range problem.Args {
		values[name] = Clean(value, maxName)
	}
	key := "problem." + problem.Code
	if !p.Has(key) {
		key = "problem.general"
	}
	return p.Fill(key, values)
}

// Problems are a scan's problems but for what its summary says already.
func Problems(s scan.Scan) []scan.Problem {
	said := slices.Contains(hampered(s), "summary.no_network")
	return slices.DeleteFunc(slices.Clone(s.Problems), func(p scan.Problem) bool { return said && p.Code == "no_network" })
}

// NetworkLine names the networks a scan uses: "wlp3s0, 192.168.1.10/24".
func NetworkLine(p *i18n.Printer, interfaces []scan.Interface) string {
	var used []string
	for _, i := range interfaces {
		if !i.Used {
			continue
		}
		name := Clean(i.Name, maxName)
		for _, a := range i.Addresses {
			if !strings.HasPrefix(a, "fe80") {
				name += ", " + a
			}
		}
		used = append(used, name)
	}
	if len(used) == 0 {
		return p.Text("network.none")
	}
	return strings.Join(used, "; ")
}

// WhyUnused says that an interface was not used, and why.
func WhyUnused(p *i18n.Printer, i scan.Interface) string {
	key := "network.why." + i.Why
	if !p.Has(key) {
		key = "network.why.other"
	}
	return p.Text("network.unused", p.Text(key))
}

// Unused says of each interface that was not used why, but of the loopback.
func Unused(p *i18n.Printer, interfaces []scan.Interface) []string {
	var out []string
	for _, i := range interfaces {
		if !i.Used && i.Why != "loopback" {
			out = append(out, Clean(i.Name, maxName)+": "+WhyUnused(p, i))
		}
	}
	return out
}

// PhaseText says what a running scan is doing and how much it has found.
func PhaseText(p *i18n.Printer, s scan.Snapshot) string {
	text := p.Text("phase." + string(s.Phase))
	if n := len(s.Findings); n > 0 {
		text += " " + p.N("phase.found", n)
	}
	return text
}

// CatalogueText says which list judges on a day: its date, how many products it holds,
// and when it is old.
func CatalogueText(p *i18n.Printer, c scan.CatalogueMeta, on time.Time) string {
	if c.Products == 0 {
		return p.Text("text.no_catalogue")
	}
	text := p.Text("text.catalogue", p.Number(c.Products), p.Date(c.Date))
	if c.Old(on) {
		text += " " + p.Text("text.catalogue_old")
	}
	return text
}

// HistoryText says what is wrong with the history file, and what to do. code is what
// history.Code gives, path the file, detail the error.
func HistoryText(p *i18n.Printer, code, path, detail string) string {
	return p.Fill("history."+code, map[string]string{"path": Clean(path, 200), "detail": Clean(detail, 200)})
}

// FileText says why a file cannot be read or written, for the brackets or the colon of a
// sentence. code is what history.Code gives for err.
func FileText(p *i18n.Printer, code string, err error) string {
	switch {
	case code == "full" || code == "forbidden":
		return p.Text("file." + code)
	case errors.Is(err, fs.ErrNotExist):
		return p.Text("file.gone")
	}
	return Clean(err.Error(), 200)
}

// A QuestionLine is one thing that this program can send, in words.
type QuestionLine struct {
	Group string `json:"group"` // heading: to whom, and when
	Whom  string `json:"whom"`  // who gets it
	Why   string `json:"why"`
	To    string `json:"to"`   // where, technical
	Text  string `json:"text"` // what exactly, technical
}

// Questions puts what can be sent into words, in its order: for "What Houdbaar
// sends". Lines of one group stand together.
func Questions(p *i18n.Printer, all []scan.Question) []QuestionLine {
	return each(all, func(q scan.Question) QuestionLine {
		return QuestionLine{Group: p.Text("sends.group." + q.Group), Whom: p.Text("sends.whom." + q.Whom), Why: p.Text("sends.why." + q.Name), To: q.To, Text: q.Text()}
	})
}

// The three things that package flag has to say about a call.
var (
	unknownFlag = regexp.MustCompile(`^flag provided but not defined: -(.*)$`)
	needsValue  = regexp.MustCompile(`^flag needs an argument: -(.*)$`)
	badValue    = regexp.MustCompile(`^invalid (?:boolean )?value "(.*)" for (?:flag )?-([a-z-]+): `)
)

// FlagText says what is wrong with a flag of a call, by the error of package flag.
func FlagText(p *i18n.Printer, err error) string {
	text := err.Error()
	if m := unknownFlag.FindStringSubmatch(text); m != nil {
		return p.Text("ctl.flag.unknown", Clean(m[1], 60))
	}
	if m := needsValue.FindStringSubmatch(text); m != nil {
		return p.Text("ctl.flag.value", m[1])
	}
	if m := badValue.FindStringSubmatch(text); m != nil {
		value := Clean(m[1], 60)
		if key := "ctl.flag." + m[2]; p.Has(key) {
			return p.Text(key, value)
		}
		return p.Text("ctl.flag.wrong", value, m[2])
	}
	return Clean(text, 200)
}

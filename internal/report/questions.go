package report

import (
	"houdbaar/internal/i18n"
	"houdbaar/internal/scan"
)

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
	var out []QuestionLine
	for _, q := range all {
		out = append(out, QuestionLine{Group: p.Text("sends.group." + q.Group), Whom: p.Text("sends.whom." + q.Whom), Why: p.Text("sends.why." + q.Name), To: q.To, Text: q.Text()})
	}
	return out
}

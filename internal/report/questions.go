package report

import (
	"houdbaar/internal/i18n"
	"houdbaar/internal/scan"
)

// A QuestionLine is one thing that this program can send, in words.
type QuestionLine struct {
	Group string // heading: to whom, and when
	Why   string
	To    string // where, technical
	Text  string // what exactly, technical
}

// Questions puts what can be sent into words, in its order: for "What Houdbaar
// sends". Lines of one group stand together.
func Questions(p *i18n.Printer, all []scan.Question) []QuestionLine {
	var out []QuestionLine
	for _, q := range all {
		out = append(out, QuestionLine{Group: p.Text("sends.group." + q.Group), Why: p.Text("sends.why." + q.Name), To: q.To, Text: q.Text()})
	}
	return out
}

// A Switch is a choice in the settings, in words.
type Switch struct {
	Label string
	What  string // what it does, and what it costs to switch it off
	Leave string // the same for one device
}

// QuestionsSwitch words "Ask routers and cameras directly", which is on unless a
// person switches it off.
func QuestionsSwitch(p *i18n.Printer) Switch {
	return Switch{Label: p.Text("settings.questions"), What: p.Text("settings.questions_what"), Leave: p.Text("settings.questions_leave")}
}

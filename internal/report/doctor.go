package report

import (
	"fmt"
	"io"

	"houdbaar/internal/i18n"
	"houdbaar/internal/scan"
)

// A HealthObject is the result of the discovery doctor as JSON.
type HealthObject struct {
	Schema     string                  `json:"schema"` // "houdbaar.doctor/1"
	Diagnosis  []DiagnosisObject       `json:"diagnosis"`
	Interfaces []TestedInterfaceObject `json:"interfaces"`
	Gateway    string                  `json:"gateway"`    // "" = none
	Neighbours int                     `json:"neighbours"` // devices besides this computer and the gateway
	Answers    int                     `json:"answers"`
	Outside    string                  `json:"outside"` // the gateway's address on its other side, if it told
}

// A DiagnosisObject is one thing that was found, and what helps.
type DiagnosisObject struct {
	Code string `json:"code"`
	Text string `json:"text"`
	Fix  string `json:"fix"`
}

// A TestedInterfaceObject is an interface with how its own test went.
type TestedInterfaceObject struct {
	InterfaceObject
	TestSent  int `json:"test_sent"`
	TestHeard int `json:"test_heard"`
}

// Diagnoses words what a test found, the gravest first.
func Diagnoses(p *i18n.Printer, h scan.Health) []DiagnosisObject {
	return each(h.Diagnosis(), func(code string) DiagnosisObject {
		d := DiagnosisObject{Code: code, Text: p.Text("doctor." + code), Fix: p.Text("doctor." + code + ".fix")}
		if code == scan.DoctorDoubleNAT {
			d.Text = p.Text("doctor."+code, h.Outside.String())
		}
		return d
	})
}

// NewHealthObject makes the JSON object of a test.
func NewHealthObject(p *i18n.Printer, h scan.Health) HealthObject {
	return HealthObject{Schema: "houdbaar.doctor/1", Diagnosis: Diagnoses(p, h),
		Interfaces: each(h.Interfaces, func(i scan.TestedInterface) TestedInterfaceObject {
			return TestedInterfaceObject{interfaceObject(i.Interface), i.TestSent, i.TestHeard}
		}),
		Gateway: addr(h.Gateway), Neighbours: h.Neighbours, Answers: h.Answers, Outside: addr(h.Outside)}
}

// WriteHealth writes a test as text: sentence and fix, then the counts.
func WriteHealth(w io.Writer, p *i18n.Printer, h scan.Health) error {
	text := ""
	for _, d := range Diagnoses(p, h) {
		text += d.Text + "\n  " + d.Fix + "\n\n"
	}
	for _, line := range DoctorCounts(p, h) {
		text += line + "\n"
	}
	_, err := fmt.Fprint(w, text)
	return err
}

// DoctorCounts says of each interface that was used what was sent and heard.
func DoctorCounts(p *i18n.Printer, h scan.Health) []string {
	var out []string
	for _, i := range h.Interfaces {
		if i.Used {
			out = append(out, p.Text("doctor.counts", Clean(i.Name, 60), i.Sent, i.Heard, i.TestSent, i.TestHeard))
		}
	}
	return out
}

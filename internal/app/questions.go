package app

import (
	"fmt"
	"slices"
	"strings"

	"houdbaar/internal/discover"
	"houdbaar/internal/doctor"
	"houdbaar/internal/probe"
	"houdbaar/internal/scan"
)

// Questions returns everything that this program can ever send: what a person can
// read, and what testdata/questions.golden holds for the reviewer.
func Questions() []scan.Question {
	all := discover.Questions()
	for _, door := range probe.All(nil) {
		whom := scan.WhomDevice
		if door.Announced() {
			whom = scan.WhomAnnounced
		}
		for _, q := range door.Questions() {
			var headers []string
			for name, value := range q.Header {
				headers = append(headers, "\n"+name+": "+value)
			}
			slices.Sort(headers)
			usual := discover.HTTPHeaders
			if !strings.HasPrefix(q.Path, "/") { // it was led there, maybe by a name
				usual = strings.Replace(usual, "{address}", "{address, or the name that the device has for itself}", 1)
			}
			text := fmt.Sprintf("%s %s%s%s", q.Method, q.Path, usual, strings.Join(headers, ""))
			if q.Body != "" {
				text += "\n" + q.Body
			}
			all = append(all, scan.Question{Name: door.Name(), Group: scan.GroupDevice, Whom: whom, Why: q.Why, To: door.Where(q), Bytes: []byte(text)})
		}
	}
	return append(all, doctor.Questions()...)
}

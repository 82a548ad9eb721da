package app

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"houdbaar/internal/i18n"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestQuestionsGolden makes everything new that can be sent show in the diff of a review.
func TestQuestionsGolden(t *testing.T) {
	var b strings.Builder
	said, p := "", i18n.New(i18n.English)
	for _, q := range Questions() {
		if head := fmt.Sprintf("[%s] %s: %s\n  to %s\n", q.Group, q.Name, p.Text("sends.why."+q.Name), q.To); head != said {
			b.WriteString(head)
			said = head
		}
		b.WriteString("\t" + strings.ReplaceAll(strings.TrimSpace(q.Text()), "\n", "\n\t") + "\n")
	}
	const file = "testdata/questions.golden"
	if *update {
		must(t, os.WriteFile(file, []byte(b.String()), 0o644))
	}
	want, err := os.ReadFile(file)
	must(t, err)
	if d := cmp.Diff(string(want), b.String()); d != "" {
		t.Errorf("what can be sent changed (-want +got); rewrite with -update if that is meant\n%s", d)
	}
}

// TestEveryQuestionIsExplainedInBothLanguages keeps a question from being shown without its reason.
func TestEveryQuestionIsExplainedInBothLanguages(t *testing.T) {
	for _, language := range i18n.Languages {
		p := i18n.New(language)
		for _, q := range Questions() {
			if why := p.Text("sends.why." + q.Name); strings.Contains(why, "sends.why") || len(strings.Fields(why)) < 4 {
				t.Errorf("%s: %s is explained by %q", language, q.Name, why)
			}
			if whom := p.Text("sends.whom." + q.Whom); strings.Contains(whom, "sends.whom") {
				t.Errorf("%s: %s goes to %q", language, q.Name, whom)
			}
			if group := p.Text("sends.group." + q.Group); strings.Contains(group, "sends.group") {
				t.Errorf("%s: group %s has no words", language, q.Group)
			}
		}
	}
}

package discover

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/miekg/dns"
)

// unpack reads messages back with an implementation of somebody else.
func unpack(t *testing.T, list [][]byte) []dns.Msg {
	t.Helper()
	var out []dns.Msg
	for _, b := range list {
		var m dns.Msg
		if err := m.Unpack(b); err != nil {
			t.Fatalf("%x: %v", b, err)
		}
		if m.Response || m.Id != 0 || len(b) > messageMax {
			t.Errorf("message of %d bytes: %+v", len(b), m.MsgHdr)
		}
		out = append(out, m)
	}
	return out
}

func TestQuestionsArePackedAsDNSHasThem(t *testing.T) {
	odd := ask(dns.TypeSRV, "Zoë's cam. No. 2", "_rtsp", "_tcp", "local")
	got := unpack(t, messages([]dns.Question{askService("_http._tcp"), odd, ask(dns.TypeAAAA, "cam", "local")}, nil, anyQuestions))
	if len(got) != 1 || len(got[0].Question) != 3 {
		t.Fatalf("%v; want one message with three questions", got)
	}
	for i, want := range []string{";_http._tcp.local.\tIN\t PTR", `;Zo\195\171\'s\ cam\.\ No\.\ 2._rtsp._tcp.local.` + "\tIN\t SRV", ";cam.local.\tIN\t AAAA"} {
		if q := got[0].Question[i].String(); q != want {
			t.Errorf("question %d: %q; want %q", i, q, want)
		}
	}
}

func TestAKnownAnswerStandsBehindItsQuestion(t *testing.T) {
	http := knownAnswer("_http._tcp.local.", "Cam._http._tcp.local.")
	rtsp := knownAnswer("_rtsp._tcp.local.", "Cam._rtsp._tcp.local.")
	got := unpack(t, messages([]dns.Question{askService("_http._tcp")}, []*dns.PTR{http, rtsp}, anyQuestions))
	if len(got[0].Answer) != 1 || got[0].Answer[0].String() != "_http._tcp.local.\t4500\tIN\tPTR\tCam._http._tcp.local." {
		t.Errorf("answers %v; want the one that was asked about", got[0].Answer)
	}
}

func TestTheAnswersOfAHomeFitBesideItsQuestions(t *testing.T) {
	all := askServices(slices.Concat(homeServices[:]...))
	var home []*dns.PTR
	for i := range 20 {
		q := all[1+i%12]
		home = append(home, knownAnswer(q.Name, fmt.Sprintf("A camera of maker %d.", i)+q.Name))
	}
	got := unpack(t, messages(all, home, anyQuestions))
	if len(got) != 1 || len(got[0].Question) != len(all) || len(got[0].Answer) != len(home) {
		t.Fatalf("%d messages, the first with %d answers; want one with %d", len(got), len(got[0].Answer), len(home))
	}
	for i, rr := range got[0].Answer {
		if want := fmt.Sprintf(`A\ camera\ of\ maker\ %d.`, i) + rr.Header().Name; rr.(*dns.PTR).Ptr != want {
			t.Errorf("answer %s; want %s", rr, want)
		}
	}
}

func TestMessagesStayWithinTheirBounds(t *testing.T) {
	all := askServices(slices.Concat(homeServices[:]...))
	if got := unpack(t, messages(all, nil, anyQuestions)); len(got) != 1 || len(got[0].Question) != len(all) {
		t.Errorf("%d messages for the services of a home; want one", len(got))
	}
	if got := unpack(t, messages(all, nil, fewQuestions)); len(got) != (len(all)+fewQuestions-1)/fewQuestions {
		t.Errorf("%d messages of few questions", len(got))
	}
	long := strings.Repeat("x", 63)
	var many []dns.Question
	var told []*dns.PTR
	for i := range 200 {
		q := ask(dns.TypePTR, long, long[i%60:], "local")
		many = append(many, q)
		told = append(told, knownAnswer(q.Name, "y."+long+".local."))
	}
	asked := 0
	for _, m := range unpack(t, messages(many, told, anyQuestions)) {
		asked += len(m.Question)
	}
	if asked != 200 {
		t.Errorf("%d questions; want all 200", asked)
	}
	for name, q := range map[string]dns.Question{
		"a label of 64 bytes": ask(dns.TypeTXT, long+"x", "local"),
		"an empty label":      ask(dns.TypeTXT, "a", "", "local"),
		"no label":            ask(dns.TypeTXT, ""),
		"a name of 256 bytes": ask(dns.TypeTXT, long, long, long, long),
	} {
		if got := messages([]dns.Question{q}, nil, anyQuestions); len(got) != 0 {
			t.Errorf("%s: %x; want nothing sent", name, got)
		}
	}
}

func TestNoServiceIsAskedForTwice(t *testing.T) {
	all := slices.Concat(homeServices[:]...)
	slices.Sort(all)
	if len(slices.Compact(slices.Clone(all))) != len(all) {
		t.Errorf("services %v; want each once", all)
	}
	if !asksFor("_HTTP._tcp") || asksFor("_unheardof._tcp") {
		t.Error("asksFor does not know the list")
	}
}

func FuzzQuestionsNeverBreakTheMessage(f *testing.F) {
	f.Add("Cam.1", "_http._tcp")
	f.Add("\x00", "a..b")
	f.Add(strings.Repeat("é", 40), "\xff")
	f.Fuzz(func(t *testing.T, instance, service string) {
		labels := append([]string{instance}, strings.Split(service, ".")...)
		q := ask(dns.TypeSRV, append(labels, "local")...)
		unpack(t, messages([]dns.Question{q, askService("_http._tcp")}, []*dns.PTR{knownAnswer(q.Name, q.Name)}, anyQuestions))
	})
}

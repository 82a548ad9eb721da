package discover

import (
	"slices"
	"strings"

	"github.com/miekg/dns"
)

const (
	knownTTL   = 4500 // of a known answer: the usual life of a PTR, so that nobody answers it again (RFC 6762, section 7.1)
	messageMax = 1400 // bytes: one Ethernet frame with room for headers
)

// escapes keeps a dot or backslash of a label from being taken for more than it is.
var escapes = strings.NewReplacer(`\`, `\\`, `.`, `\.`)

// ask asks for a record. The name comes in labels, because the label of an instance may
// hold dots.
func ask(kind uint16, labels ...string) dns.Question {
	name := ""
	for _, label := range labels {
		name += escapes.Replace(label) + "."
	}
	return dns.Question{Name: name, Qtype: kind, Qclass: dns.ClassINET}
}

// askService asks who offers a service such as "_http._tcp".
func askService(service string) dns.Question {
	return ask(dns.TypePTR, append(strings.Split(service, "."), "local")...)
}

func askServices(services []string) []dns.Question {
	var out []dns.Question
	for _, s := range services {
		out = append(out, askService(s))
	}
	return out
}

// askInstance asks for a record of an instance of a service.
func askInstance(kind uint16, instance, service string) dns.Question {
	labels := append([]string{instance}, strings.Split(service, ".")...)
	return ask(kind, append(labels, "local")...)
}

// knownAnswer says that an instance is known already to offer a service.
func knownAnswer(service, instance string) *dns.PTR {
	return &dns.PTR{Hdr: dns.RR_Header{Name: service, Rrtype: dns.TypePTR, Class: dns.ClassINET, Ttl: knownTTL}, Ptr: instance}
}

// isName tells whether labels fit into DNS.
func isName(name string) bool {
	_, err := dns.PackDomainName(name, make([]byte, 255), 0, nil, false)
	return err == nil && name != "."
}

// messages packs questions into as few query messages as fit, at most most in
// one, and the answers known to them behind their questions.
func messages(questions []dns.Question, known []*dns.PTR, most int) [][]byte {
	questions = slices.DeleteFunc(slices.Clone(questions), func(q dns.Question) bool { return !isName(q.Name) })
	var out [][]byte
	for len(questions) > 0 {
		m := dns.Msg{Compress: true}
		for len(m.Question) < min(most, len(questions)) && m.Len() <= messageMax {
			m.Question = questions[:len(m.Question)+1]
		}
		if m.Len() > messageMax {
			m.Question = m.Question[:len(m.Question)-1]
		}
		questions = questions[len(m.Question):]
		for _, k := range known {
			if slices.Contains(m.Question, dns.Question{Name: k.Hdr.Name, Qtype: dns.TypePTR, Qclass: dns.ClassINET}) && isName(k.Ptr) {
				if m.Answer = append(m.Answer, k); m.Len() > messageMax {
					m.Answer = m.Answer[:len(m.Answer)-1]
				}
			}
		}
		if b, err := m.Pack(); err == nil {
			out = append(out, b)
		}
	}
	return out
}

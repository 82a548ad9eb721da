package discover

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/miekg/dns"

	"houdbaar/internal/device"
	"houdbaar/internal/lan"
)

// How many questions go into one message. The answer to an ephemeral socket
// repeats the questions, and many responders keep the whole to 512 bytes.
const (
	fewQuestions  = 4  // where ephemeral sockets are all there is
	someQuestions = 7  // where they only help
	anyQuestions  = 99 // on the group sockets, whose answers may fill 9000 bytes
)

// askAll asks for the services of a home: the group sockets in one message, with
// the answers that are known already from the third time on, when those whose answer is
// known would give it again; on IPv6 every second time. Beside them the ephemeral sockets
// ask on IPv4, by turns for routers and cameras and for the rest, twice: what is answered
// to them comes by unicast and without a second's rest. Where there is no group
// socket they ask for everything, every second time.
func (b *browser) askAll(round int) {
	half := [2][]dns.Question{askServices(homeServices[0]), askServices(homeServices[1])}
	all := slices.Concat(half[:]...)
	first := round%2 == 0 // of a pair
	var told []*dns.PTR
	if round >= 2 {
		told = b.known()
	}
	for _, s := range b.groups {
		if first || !s.V6 {
			b.send(s, messages(all, told, anyQuestions))
		}
	}
	for _, s := range b.sockets {
		switch alone := !b.grouped(s.V6); {
		case alone && !first:
		case alone && !s.V6:
			b.send(s, messages(all, nil, fewQuestions))
		case alone:
			b.send(s, messages(half[0], nil, fewQuestions))
		case s.V6 || round >= 4 || b.thrifty && !first:
		default:
			b.send(s, messages(half[round%2], nil, someQuestions))
		}
	}
}

// grouped reports whether there is a group socket for a family.
func (b *browser) grouped(v6 bool) bool {
	return slices.ContainsFunc(b.groups, func(s *lan.Socket) bool { return s.V6 == v6 })
}

// known returns the instances that are complete, as known answers. What is not
// complete may be told again.
func (b *browser) known() []*dns.PTR {
	var out []*dns.PTR
	for _, o := range b.said() {
		if o.Key == "" || o.Get("port") == "" || o.Get("addresses") == "" {
			continue
		}
		k := knownAnswer(askService(o.Get("service")).Name, askInstance(dns.TypePTR, sentName(o), o.Get("service")).Name)
		if !slices.ContainsFunc(out, func(had *dns.PTR) bool { return *had == *k }) { // over both families, say
			out = append(out, k)
		}
	}
	return out
}

// askMissing asks for the services that somebody named without an instance, and for
// the SRV, TXT and address records that are still missing: by turns on the
// group sockets, which bring whole answers, and on the ephemeral ones: a firewall may let
// only their answers in, and what was multicast a moment ago is answered to them alone.
func (b *browser) askMissing() {
	var turns [2][]dns.Question
	for _, q := range b.missing() {
		turn := (b.asked[q].times + 1) % 2
		turns[turn] = append(turns[turn], q)
	}
	for _, s := range b.groups {
		b.send(s, messages(turns[0], nil, anyQuestions))
	}
	for _, s := range b.sockets {
		if b.grouped(s.V6) {
			b.send(s, messages(turns[1], nil, fewQuestions))
		} else {
			b.send(s, messages(slices.Concat(turns[:]...), nil, fewQuestions))
		}
	}
}

// missing lists what to ask for now, each at most eachAsked times, with a rest of a
// second from the second on.
func (b *browser) missing() []dns.Question {
	var wanted []dns.Question
	for _, service := range b.lacking() {
		wanted = append(wanted, askService(service))
	}
	said := b.said()
	wanted = append(wanted, b.hinted(said)...)
	wanted = append(wanted, incomplete(said)...)
	var out []dns.Question
	now := time.Now()
	for _, q := range wanted {
		a := b.asked[q]
		if len(out) >= missesMost || a.times >= eachAsked || now.Before(a.again) {
			continue
		}
		a.times++
		if a.times > 1 {
			a.again = now.Add(time.Second)
		}
		b.asked[q] = a
		out = append(out, q)
	}
	return out
}

// hinted asks for the instances that the second opinion named and nobody else.
func (b *browser) hinted(said []device.Observation) []dns.Question {
	b.mu.Lock()
	hints := b.hints
	b.mu.Unlock()
	var out []dns.Question
	for _, h := range hints {
		if !slices.ContainsFunc(said, func(o device.Observation) bool {
			return sentName(o) == h[0] && strings.EqualFold(o.Get("service"), h[1])
		}) {
			out = append(out, askInstance(dns.TypeSRV, h[0], h[1]), askInstance(dns.TypeTXT, h[0], h[1]))
		}
	}
	return out
}

// sentName returns the name of an instance as it came, with escapes if it had some: the
// sender knows no other.
func sentName(o device.Observation) string {
	if i := strings.LastIndex(o.Key, "."+o.Get("service")); i >= 0 {
		return o.Key[:i]
	}
	return o.Get("instance")
}

// incomplete asks for the records that are missing of the instances named. One that one of
// several senders described wholly is not missing anything.
func incomplete(said []device.Observation) []dns.Question {
	type state struct{ srv, txt, addresses bool }
	have := map[string]*state{}
	for _, o := range said {
		if have[o.Key] == nil {
			have[o.Key] = &state{}
		}
		s := have[o.Key]
		s.srv = s.srv || o.Get("port") != ""
		s.addresses = s.addresses || o.Get("addresses") != ""
		for field := range o.Fields {
			s.txt = s.txt || strings.HasPrefix(field, "txt")
		}
	}
	var out []dns.Question
	for _, o := range said {
		s := have[o.Key]
		if o.Key == "" || s == nil {
			continue
		}
		have[o.Key] = nil // several senders, one question
		if !s.srv {
			out = append(out, askInstance(dns.TypeSRV, sentName(o), o.Get("service")))
		}
		if !s.txt {
			out = append(out, askInstance(dns.TypeTXT, sentName(o), o.Get("service")))
		}
		if host := o.Get("host"); s.srv && !s.addresses && host != "" {
			labels := strings.Split(host, ".")
			out = append(out, ask(dns.TypeA, labels...), ask(dns.TypeAAAA, labels...))
		}
	}
	return out
}

// lacking lists the services that a sender named and gave no instance of: those that
// nobody was asked for, and, where the answer must have been lost, those that all are.
func (b *browser) lacking() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	lacking := map[string]bool{}
	for _, s := range b.heard {
		given := map[string]bool{}
		for _, o := range s.said {
			if o.Key != "" {
				given[strings.ToLower(o.Get("service"))] = true
			}
		}
		for _, service := range s.services {
			due := b.services[service] || asksFor(service) && time.Since(s.named) >= patience
			if due && !given[strings.ToLower(service)] {
				lacking[service] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(lacking))
}

func asksFor(service string) bool {
	return slices.ContainsFunc(slices.Concat(homeServices[:]...), func(s string) bool { return strings.EqualFold(s, service) })
}

func (b *browser) send(s *lan.Socket, list [][]byte) {
	to := lan.MDNS4
	if s.V6 {
		to = lan.MDNS6
	}
	for _, m := range list {
		if err := s.Send(m, to); err != nil {
			b.err = err
			return
		}
		b.sent++
	}
}

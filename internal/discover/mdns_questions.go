package discover

import (
	"slices"
	"strings"

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
// the answers that are known already. Beside them the ephemeral sockets ask for
// routers and cameras on IPv4, twice; where there is no group socket they ask for
// everything.
func (b *browser) askAll(round int) {
	var lists [][]question
	for _, services := range homeServices {
		var list []question
		for _, s := range services {
			list = append(list, askService(s))
		}
		lists = append(lists, list)
	}
	for _, s := range b.groups {
		b.send(s, messages(slices.Concat(lists...), b.known(), anyQuestions))
	}
	for _, s := range b.sockets {
		switch alone := !b.grouped(s.V6); {
		case alone && !s.V6:
			b.send(s, messages(slices.Concat(lists...), nil, fewQuestions))
		case alone:
			b.send(s, messages(lists[0], nil, fewQuestions))
		case !s.V6 && round < 2:
			b.send(s, messages(lists[0], nil, someQuestions))
		}
	}
}

// grouped reports whether there is a group socket for a family.
func (b *browser) grouped(v6 bool) bool {
	return slices.ContainsFunc(b.groups, func(s *lan.Socket) bool { return s.V6 == v6 })
}

// known returns the instances that are complete, as known answers. What is not
// complete may be told again.
func (b *browser) known() []known {
	var out []known
	for _, o := range b.said() {
		if o.Key == "" || o.Get("port") == "" || o.Get("addresses") == "" {
			continue
		}
		service := append(strings.Split(o.Get("service"), "."), "local")
		out = append(out, known{service: ask(typePTR, service...).name,
			instance: ask(typePTR, append([]string{o.Get("instance")}, service...)...).name})
	}
	return out
}

// askMissing asks for the services that were enumerated and not asked for yet,
// and for the SRV, TXT and address records that are still missing.
func (b *browser) askMissing() {
	questions := b.missing()
	if len(questions) == 0 {
		return
	}
	// The group sockets bring whole answers. Every second time the ephemeral ones
	// ask: a firewall may let only their answers in.
	b.turns++
	for _, s := range b.groups {
		if b.turns%2 == 1 {
			b.send(s, messages(questions, nil, anyQuestions))
		}
	}
	for _, s := range b.sockets {
		if b.turns%2 == 0 || !b.grouped(s.V6) {
			b.send(s, messages(questions, nil, fewQuestions))
		}
	}
}

// missing lists what to ask for now, each at most eachAsked times. An instance
// that one of several senders described wholly is not missing anything.
func (b *browser) missing() []question {
	var out []question
	want := func(q question) {
		most := eachAsked
		if q.kind == typeTXT {
			most = 2 // an empty TXT looks like none
		}
		if len(out) < missesMost && b.asked[q] < most {
			b.asked[q]++
			out = append(out, q)
		}
	}
	for service := range b.services {
		want(askService(service))
	}
	said := b.said()
	b.mu.Lock()
	hints := b.hints
	b.mu.Unlock()
	for _, h := range hints {
		if !slices.ContainsFunc(said, func(o device.Observation) bool {
			return o.Get("instance") == h[0] && strings.EqualFold(o.Get("service"), h[1])
		}) {
			name := append([]string{h[0]}, append(strings.Split(h[1], "."), "local")...)
			want(ask(typeSRV, name...))
			want(ask(typeTXT, name...))
		}
	}
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
	for _, o := range said {
		s := have[o.Key]
		if o.Key == "" || s == nil {
			continue
		}
		have[o.Key] = nil // several senders, one question
		name := append([]string{o.Get("instance")}, append(strings.Split(o.Get("service"), "."), "local")...)
		if !s.srv {
			want(ask(typeSRV, name...))
		}
		if !s.txt {
			want(ask(typeTXT, name...))
		}
		if host := o.Get("host"); s.srv && !s.addresses && host != "" {
			labels := strings.Split(host, ".")
			want(ask(typeA, labels...))
			want(ask(typeAAAA, labels...))
		}
	}
	return out
}

// asksFor reports whether askAll asks for a service.
func asksFor(service string) bool {
	return slices.ContainsFunc(homeServices, func(group []string) bool {
		return slices.ContainsFunc(group, func(s string) bool { return strings.EqualFold(s, service) })
	})
}

// send sends messages on one socket.
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

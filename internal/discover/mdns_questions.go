package discover

import (
	"slices"
	"strings"

	"houdbaar/internal/announce"
	"houdbaar/internal/lan"
)

// askAll asks for the services of a home. The ephemeral sockets get them in the
// groups of homeServices, because short answers are all that comes back there;
// the group sockets in one message, with the answers that are known already. On
// IPv6 the ephemeral socket asks for routers and cameras alone.
func (b *browser) askAll(round int) {
	var every []question
	for _, services := range homeServices {
		var questions []question
		for _, s := range services {
			questions = append(questions, askService(s))
		}
		every = append(every, questions...)
		for _, s := range b.sockets {
			// Once the group sockets bring whole answers, one more try for a lost packet is enough.
			if s.V6 && len(every) > len(questions) || round > 1 && len(b.groups) > 0 {
				continue
			}
			b.send(s, messages(questions, nil))
		}
	}
	for _, s := range b.groups {
		b.send(s, messages(every, b.known()))
	}
}

// known returns the instances that are complete, as known answers. What is not
// complete may be told again.
func (b *browser) known() []known {
	var out []known
	for _, o := range b.said {
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
	turn := b.groups
	b.turns++
	if len(turn) == 0 || b.turns%2 == 0 {
		turn = b.sockets
	}
	for _, s := range turn {
		b.send(s, messages(questions, nil))
	}
}

// missing lists what to ask for now, each at most eachAsked times. An instance
// that one of several senders described wholly is not missing anything.
func (b *browser) missing() []question {
	var out []question
	want := func(q question) {
		if len(out) < missesMost && b.asked[q] < eachAsked {
			b.asked[q]++
			out = append(out, q)
		}
	}
	extra := 0
	for _, service := range announce.MDNSServices(b.packets) {
		if !asksFor(service) && extra < typesMost {
			extra++
			want(askService(service))
		}
	}
	type state struct{ srv, txt, addresses bool }
	have := map[string]*state{}
	for _, o := range b.said {
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
	for _, o := range b.said {
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

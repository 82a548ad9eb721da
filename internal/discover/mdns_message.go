package discover

import (
	"encoding/binary"
	"strings"
)

// DNS numbers (RFC 1035, 3596, 2782, 6762).
const (
	typeA      = 1
	typePTR    = 12
	typeTXT    = 16
	typeAAAA   = 28
	typeSRV    = 33
	classIN    = 1
	knownTTL   = 4500 // of a known answer: the usual life of a PTR, so that nobody answers it again (RFC 6762, section 7.1)
	messageMax = 1400 // bytes: one Ethernet frame with room for headers
)

// A question is one DNS question. The name is in labels, because the label of an
// instance may hold dots.
type question struct {
	name string // labels, each ended by a zero byte: comparable, and no label holds one
	kind uint16
}

func ask(kind uint16, labels ...string) question {
	return question{name: strings.Join(labels, "\x00") + "\x00", kind: kind}
}

// askService asks who offers a service such as "_http._tcp".
func askService(service string) question {
	return ask(typePTR, append(strings.Split(service, "."), "local")...)
}

func askServices(services []string) []question {
	var out []question
	for _, s := range services {
		out = append(out, askService(s))
	}
	return out
}

// askInstance asks for a record of an instance of a service.
func askInstance(kind uint16, instance, service string) question {
	labels := append([]string{instance}, strings.Split(service, ".")...)
	return ask(kind, append(labels, "local")...)
}

// put appends a name to a message, and instead of an end that stands there already a
// pointer to it (RFC 1035, section 4.1.4). at says where each end stands.
func put(b []byte, name string, at map[string]int) []byte {
	for name != "" {
		if i, ok := at[name]; ok {
			return binary.BigEndian.AppendUint16(b, 0xc000|uint16(i))
		}
		at[name] = len(b)
		label, rest, _ := strings.Cut(name, "\x00")
		b = append(append(b, byte(len(label))), label...)
		name = rest
	}
	return append(b, 0)
}

// wire returns a name as DNS writes it in full; nil when a label does not fit.
func wire(name string) []byte {
	var b []byte
	for _, label := range strings.Split(strings.TrimSuffix(name, "\x00"), "\x00") {
		if len(label) == 0 || len(label) > 63 {
			return nil
		}
		b = append(append(b, byte(len(label))), label...)
	}
	if b = append(b, 0); len(b) > 255 {
		return nil
	}
	return b
}

// A known answer says who is known already to offer a service.
type known struct{ service, instance string } // names as in question

// messages packs questions into as few query messages as fit, at most most in
// one, and the answers known to them behind their questions.
func messages(questions []question, answers []known, most int) [][]byte {
	var out [][]byte
	for len(questions) > 0 {
		b := make([]byte, 12, messageMax)
		asked, told := 0, 0
		services, at := map[string]bool{}, map[string]int{}
		for len(questions) > 0 {
			q := questions[0]
			name := wire(q.name)
			if len(b)+len(name)+4 > messageMax || asked >= most {
				break
			}
			questions = questions[1:]
			if name == nil {
				continue
			}
			b = binary.BigEndian.AppendUint16(put(b, q.name, at), q.kind)
			b = binary.BigEndian.AppendUint16(b, classIN)
			services[q.name] = services[q.name] || q.kind == typePTR
			asked++
		}
		for _, k := range answers {
			service, instance := wire(k.service), wire(k.instance)
			if services[k.service] && service != nil && instance != nil && len(b)+len(service)+10+len(instance) <= messageMax {
				b = putKnown(b, k, at)
				told++
			}
		}
		if asked == 0 {
			continue
		}
		binary.BigEndian.PutUint16(b[4:], uint16(asked))
		binary.BigEndian.PutUint16(b[6:], uint16(told))
		out = append(out, b)
	}
	return out
}

// putKnown appends a known answer: a PTR record.
func putKnown(b []byte, k known, at map[string]int) []byte {
	b = append(put(b, k.service, at), 0, typePTR, 0, classIN)
	b = binary.BigEndian.AppendUint32(b, knownTTL)
	size := len(b)
	b = put(append(b, 0, 0), k.instance, at)
	binary.BigEndian.PutUint16(b[size:], uint16(len(b)-size-2))
	return b
}

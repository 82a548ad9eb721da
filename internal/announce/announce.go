// Package announce reads what devices say: it turns bytes from outside into
// device.Observation, one file per protocol. Documents that need no more than a few
// lines stand together in documents.go.
//
// It promises that no input makes it panic or work for long: every parser is
// pure, bounded and fuzzed, keeps what it could read before the first damage,
// and never passes on a value that the end of the input cut short. It refuses to
// guess: what is not there stays away, and what a value means is fingerprint's
// to say. It opens nothing and asks nobody the time.
//
// A recorded case folder and a live scan both come through here.
package announce

import (
	"bytes"
	"net/netip"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"

	"houdbaar/internal/device"
)

// Limits on what one parser takes in and hands out.
const (
	maxDatagram    = 64 << 10  // the largest UDP payload there is
	maxExchange    = 512 << 10 // the live client stops at 256 KiB of body; the rest is room for heads
	maxBody        = 1 << 20   // after decompression: four times what may be fetched, so a gzip bomb stays small
	maxText        = 32 << 10  // of a page kept as the field "body"; titles and version strings come well before
	maxValue       = 4 << 10   // of one field; DLNA capability lists reach 2 KiB
	maxCertificate = 16 << 10  // of a device's certificate; they are of one or two KiB
	maxFields      = 256       // of one observation; the richest description seen has 60
	maxName        = 128       // of a field name; longer ones are no element, header or key of any protocol here
)

// A Packet is one datagram as it came in.
type Packet struct {
	At        time.Time
	Interface string         // "" if not known
	From      netip.AddrPort // who sent it
	Data      []byte         // kept in the observation as it is, so the reader's buffer must not be used again
}

// observe starts the observation of a packet.
func (p Packet) observe(source string, fields map[string]string) device.Observation {
	return device.Observation{
		At: p.At, Source: source, Interface: p.Interface, Addr: p.From.Addr().Unmap(),
		Fields: fields, Raw: [][]byte{p.Data},
	}
}

// set stores a value under a name in fields, within the limits. The first value
// that says something wins; further different ones go to "name#2", "name#3", ...
// up to 8, so that a repeated element is neither lost nor able to hide the first.
func set(fields map[string]string, name, value string) {
	name = toUTF8([]byte(name), "")
	if name == "" || len(name) > maxName {
		return
	}
	value = clip(value, maxValue)
	if old, ok := fields[name]; !ok || old == "" {
		if ok || len(fields) < maxFields {
			fields[name] = value
		}
		return
	}
	if value == "" {
		return
	}
	slot := name
	for n := '2'; n <= '8'; n++ {
		if fields[slot] == value {
			return
		}
		slot = name + "#" + string(n)
		if _, ok := fields[slot]; !ok {
			if len(fields) < maxFields {
				fields[slot] = value
			}
			return
		}
	}
}

// clip cuts s to at most n bytes without splitting a character.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// FromUTF16 returns a document in UTF-16, with a byte order mark or begun by "<", as UTF-8,
// and other bytes as they are.
func FromUTF16(b []byte) []byte {
	order, mark := unicode.LittleEndian, unicode.IgnoreBOM
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xfe")), bytes.HasPrefix(b, []byte("\xfe\xff")):
		mark = unicode.ExpectBOM
	case len(b) > 3 && b[0] == '<' && b[1] == 0 && b[3] == 0:
	case len(b) > 3 && b[0] == 0 && b[1] == '<' && b[2] == 0:
		order = unicode.BigEndian
	default:
		return b
	}
	out, err := unicode.UTF16(order, mark).NewDecoder().Bytes(b)
	if err != nil {
		return b
	}
	return out
}

// toUTF8 returns b as UTF-8. UTF-16 is known by its beginning, then counts being valid UTF-8
// (as devices that declare ISO-8859-1 and send UTF-8 are), then the charset declared, and
// last Windows-1252, which gives every byte a meaning.
func toUTF8(b []byte, declared string) string {
	b = FromUTF16(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")))
	if utf8.Valid(b) {
		return string(b)
	}
	var from encoding.Encoding = charmap.Windows1252
	if e, err := htmlindex.Get(declared); err == nil && e != unicode.UTF8 {
		from = e
	}
	if out, err := from.NewDecoder().Bytes(b); err == nil {
		b = out
	}
	return strings.ToValidUTF8(string(b), "\ufffd")
}

// key returns a UPnP or WS-Discovery identity without its "uuid:" and in lower
// case. The nil UUID, which reset and rebuilt devices share, identifies nothing.
func key(id string) string {
	id = strings.ToLower(strings.TrimSpace(id))
	id = strings.TrimPrefix(id, "urn:")
	id = strings.TrimPrefix(id, "uuid:")
	if strings.Trim(id, "0-") == "" {
		return ""
	}
	return clip(id, maxName)
}

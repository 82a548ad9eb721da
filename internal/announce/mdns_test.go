package announce

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"houdbaar/internal/device"
)

// wireName writes labels as a name.
func wireName(labels ...string) string {
	var b strings.Builder
	for _, l := range labels {
		b.WriteByte(byte(len(l)))
		b.WriteString(l)
	}
	return b.String() + "\x00"
}

// wireRecord writes a record.
func wireRecord(name string, kind uint16, ttl uint32, data string) string {
	b := binary.BigEndian.AppendUint16([]byte(name), kind)
	b = binary.BigEndian.AppendUint16(b, 0x8001)
	b = binary.BigEndian.AppendUint32(b, ttl)
	b = binary.BigEndian.AppendUint16(b, uint16(len(data)))
	return string(b) + data
}

// wirePacket writes a response.
func wirePacket(records ...string) []byte {
	b := []byte{0, 0, 0x84, 0, 0, 0, 0, 0, 0, 0, 0, 0}
	binary.BigEndian.PutUint16(b[6:], uint16(len(records)))
	return append(b, strings.Join(records, "")...)
}

func wireStrings(list ...string) string {
	var b strings.Builder
	for _, s := range list {
		b.WriteByte(byte(len(s)))
		b.WriteString(s)
	}
	return b.String()
}

const srvHead = "\x00\x00\x00\x00\x00\x50" // priority, weight, port 80

// mdnsPackets are an invented camera's answers, spread over two packets.
func mdnsPackets() [][]byte {
	name := wireName("AXIS M1. 2e etage", "_http", "_tcp", "local")
	return [][]byte{
		wirePacket(
			wireRecord(wireName("_http", "_tcp", "local"), typePTR, 120, name),
			wireRecord(name, typeTXT, 120, wireStrings("Model=M1", "model=second", "flag", "caf\xe9=\xe9", "=x")),
		),
		wirePacket(
			wireRecord(name, typeSRV, 120, srvHead+wireName("cam", "local")),
			wireRecord(wireName("cam", "local"), typeA, 120, "\xc0\xa8\x01\x09"),
			wireRecord(wireName("cam", "local"), typeHINFO, 120, wireStrings("ARM", "Linux")),
		),
	}
}

func asPackets(list ...[]byte) []Packet {
	var out []Packet
	for _, b := range list {
		out = append(out, Packet{From: from, Data: b})
	}
	return out
}

func TestMDNS(t *testing.T) {
	local := []string{"_http", "_tcp", "local"}
	inst := func(name string) string { return wireName(append([]string{name}, local...)...) }
	for _, tt := range []struct {
		name    string
		packets [][]byte
		want    []map[string]string
	}{
		{
			"records spread over packets are one instance", mdnsPackets(),
			[]map[string]string{{
				"service": "_http._tcp", "instance": "AXIS M1. 2e etage", "host": "cam.local", "port": "80", "addresses": "192.168.1.9",
				"txt.model": "M1", "txt.flag": "", "txt": "flag", "txt.café": "é", "hinfo.cpu": "ARM", "hinfo.os": "Linux",
			}},
		},
		{
			"several instances in one packet, without SRV or without TXT, all count",
			[][]byte{wirePacket(
				wireRecord(wireName(local...), typePTR, 120, inst("a")),
				wireRecord(inst("b"), typeTXT, 120, wireStrings("x=1")),
				wireRecord(inst("c"), typeSRV, 120, srvHead+wireName("c", "local")),
			)},
			[]map[string]string{
				{"service": "_http._tcp", "instance": "a"},
				{"service": "_http._tcp", "instance": "b", "txt.x": "1"},
				{"service": "_http._tcp", "instance": "c", "host": "c.local", "port": "80"},
			},
		},
		{
			"names and texts sent as they are printed are undone, others are not",
			[][]byte{wirePacket(
				wireRecord(inst(`D-Link\032DCS\045932L\.local\`), typeTXT, 120, wireStrings(`ty=Caf\195\169\032\"1\"`, `sale=100\% x`, `share=\\nas\032new`, `my\032flag`)),
				wireRecord(inst(`100\% x`), typeTXT, 120, wireStrings(`a\032b=1`)),
			)},
			[]map[string]string{
				{"service": "_http._tcp", "instance": `D-Link DCS-932L.local\`, "txt.ty": `Café "1"`, "txt.sale": `100\% x`, "txt.share": `\nas new`, "txt": "my flag", `txt.my\032flag`: ""},
				{"service": "_http._tcp", "instance": `100\% x`, `txt.a\032b`: "1"},
			},
		},
		{
			"the packed string of an AirPort is split", // syVs as in pyatv's test_raop.py
			[][]byte{wirePacket(wireRecord(wireName("Base", "_airport", "_tcp", "local"), typeTXT, 120,
				wireStrings("waMA=02-00-00-00-00-01,raNm=a, b,syAP=115,syVs=7.8.1,srcv=78100.3")))},
			[]map[string]string{{
				"service": "_airport._tcp", "instance": "Base", "txt.wama": "02-00-00-00-00-01", "txt.ranm": "a, b",
				"txt.syap": "115", "txt.syvs": "7.8.1", "txt.srcv": "78100.3",
			}},
		},
		{
			"a bad record does not lose the others",
			[][]byte{wirePacket(
				wireRecord(inst("a"), typeTXT, 120, wireStrings("x=1")),
				wireRecord(inst("a"), typeSRV, 120, "\x00"),
				wireRecord(wireName(local...), typePTR, 120, "\xc0\xff"),
				wireRecord(inst("b"), typeTXT, 120, wireStrings("y=2")+"\x09cut"),
				"\x3f",
			)},
			[]map[string]string{
				{"service": "_http._tcp", "instance": "a", "txt.x": "1"},
				{"service": "_http._tcp", "instance": "b", "txt.y": "2"},
			},
		},
		{
			"types and subtypes are no instances, a host alone is a host",
			[][]byte{wirePacket(
				wireRecord(wireName("_services", "_dns-sd", "_udp", "local"), typePTR, 120, wireName(local...)),
				wireRecord(wireName("_x", "_sub", "_http", "_tcp", "local"), typePTR, 120, wireName(local...)),
				wireRecord(wireName("h", "local"), typeAAAA, 120, "\xfe\x80\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01"),
			)},
			[]map[string]string{{"host": "h.local", "addresses": "fe80::1"}},
		},
		{
			"a goodbye says who speaks, but never instead of a greeting",
			[][]byte{wirePacket(
				wireRecord(inst("a"), typeTXT, 0, wireStrings("x=old", "y=2")),
				wireRecord(inst("a"), typeTXT, 120, wireStrings("x=1")),
			)},
			[]map[string]string{{"service": "_http._tcp", "instance": "a", "txt.x": "1", "txt.y": "2"}},
		},
		{"a question is nobody's answer", [][]byte{append([]byte{0, 0, 0, 0}, wirePacket(wireRecord(inst("a"), typeTXT, 120, wireStrings("x=1")))[4:]...)}, nil},
		{"a name that points to itself", [][]byte{wirePacket("\xc0\x0c\x00\x10\x00\x01\x00\x00\x00\x78\x00\x00")}, nil},
		{"nothing", [][]byte{nil, {0}}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []map[string]string
			for _, o := range MDNS(asPackets(tt.packets...)) {
				got = append(got, o.Fields)
				if o.Source != device.SourceMDNS || o.Addr != from.Addr() || len(o.Raw) == 0 {
					t.Errorf("source %q, sender %v, %d packets", o.Source, o.Addr, len(o.Raw))
				}
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

// TestHowRecordsArePackedDoesNotMatter: each in a packet of its own, the last first and none
// compressed, said twice and to be kept for another time, they say the same.
func TestHowRecordsArePackedDoesNotMatter(t *testing.T) {
	files, err := filepath.Glob("../lab/recordings/*/mdns.hex")
	if err != nil || len(files) < 5 {
		t.Fatalf("%d recordings, %v", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var recorded, again [][]byte
		for line := range strings.FieldsSeq(string(text)) {
			b, err := hex.DecodeString(line)
			if err != nil {
				t.Fatal(err)
			}
			recorded = append(recorded, b)
			for _, r := range parseDNS(b) {
				data := string(r.data)
				switch r.kind {
				case typePTR:
					data = wireName(r.target...)
				case typeSRV:
					data = data[:len(srvHead)] + wireName(r.target...)
				}
				one := wirePacket(wireRecord(wireName(r.name...), r.kind, r.ttl/2+1, data))
				again = append(again, one, one)
			}
		}
		slices.Reverse(again)
		fields := func(packets [][]byte) (out []map[string]string) {
			for _, o := range MDNS(asPackets(packets...)) {
				out = append(out, o.Fields)
			}
			return out
		}
		byPlace := cmpopts.SortSlices(func(a, b map[string]string) bool { return fmt.Sprint(a) < fmt.Sprint(b) })
		if diff := cmp.Diff(fields(recorded), fields(again), byPlace); diff != "" {
			t.Errorf("%s (-recorded +packed again):\n%s", file, diff)
		}
	}
}

func TestMDNSKeepsTheCompressedPacketAndWhoSentIt(t *testing.T) {
	// "Tv._http._tcp.local" once, then pointers to it (offset 12).
	full := wirePacket(
		wireRecord(wireName("Tv", "_http", "_tcp", "local"), typeTXT, 120, wireStrings("a=b")),
		wireRecord("\xc0\x0c", typeSRV, 120, srvHead+"\x02tv\xc0\x1a"),
	)
	ps := asPackets(full, bytes.Clone(full))
	ps = append(ps, Packet{From: ps[0].From, Interface: "eth1", Data: full})
	got := MDNS(ps)
	if len(got) != 2 || got[0].Get("host") != "tv.local" || len(got[0].Raw) != 2 || got[1].Interface != "eth1" || got[0].Key != "Tv._http._tcp.local" {
		t.Errorf("got %+v, want one observation for each interface, both packets kept for the first", got)
	}
}

func TestMDNSServicesAreThoseToAskNext(t *testing.T) {
	ps := asPackets(wirePacket(
		wireRecord(wireName("_services", "_dns-sd", "_udp", "local"), typePTR, 120, wireName("_http", "_tcp", "local")),
		wireRecord(wireName("_services", "_dns-sd", "_udp", "local"), typePTR, 120, wireName("_airport", "_tcp", "local")),
		wireRecord(wireName("x", "_hap", "_tcp", "local"), typeTXT, 120, wireStrings("md=1")),
	))
	if d := cmp.Diff([]string{"_airport._tcp", "_hap._tcp", "_http._tcp"}, MDNSServices(ps)); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

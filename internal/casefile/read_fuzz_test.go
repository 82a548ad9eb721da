package casefile

import (
	"path/filepath"
	"testing"
	"unicode/utf8"
)

// FuzzRead: whatever the files of a folder hold, it is read or refused.
func FuzzRead(f *testing.F) {
	f.Add([]byte("NOTIFY * HTTP/1.1\r\nNT: a\r\n\r\n"), []byte("0000\n"), []byte("00"), "3702.hex", []byte("GET / HTTP/1.1\n\nHTTP/1.1 200 OK\n\n<a/>"), []byte(`{"address":"192.168.1.1","mac":"02:00:00:00:00:01"}`))
	for _, dir := range []string{"invented-camera", "avm-fritzbox-7530"} {
		c, err := Read(filepath.Join("testdata", dir))
		if err != nil || len(c.HTTP) == 0 {
			f.Fatal(dir, err)
		}
		var udp []byte
		for _, list := range c.UDP {
			udp = hexFile(list)
		}
		var ssdp []byte
		for _, b := range c.SSDP {
			ssdp = append(ssdp, b...)
		}
		f.Add(ssdp, hexFile(c.MDNS), udp, "37020.hex", c.HTTP[0].Bytes(), []byte("{}"))
	}
	f.Fuzz(func(t *testing.T, ssdp, mdns, udp []byte, name string, http, truth []byte) {
		c := Case{UDP: map[uint16][][]byte{}}
		for _, err := range []error{c.readTruth(truth), c.readSSDP(ssdp), c.readMDNS(mdns), c.readUDP(name, udp), c.readHTTP("001.txt", http)} {
			if err != nil {
				return
			}
		}
		if c.observe() != nil {
			return
		}
		for _, o := range c.Observations {
			for field, v := range o.Fields {
				if !utf8.ValidString(field) || !utf8.ValidString(v) {
					t.Errorf("%s.%q = %q is not UTF-8", o.Source, field, v)
				}
			}
		}
	})
}

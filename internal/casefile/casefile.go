// Package casefile reads and writes recorded devices as case folders: bytes as
// they came, one folder a device. The layout:
//
//	ssdp.txt        SSDP datagrams, each ended by an empty line
//	mdns.hex        mDNS payloads, one packet a line, hexadecimal
//	http/NNN.txt    one exchange: request head, empty line, raw response; over TLS the head has
//	                a line "Certificate:" that was not sent: what the device's is called
//	udp/PORT.hex    payloads from that UDP port of the device, one a line, hexadecimal
//	truth.json      what it is, and how it was recorded
//
// Every part is optional, but a folder without any is an error.
//
// It promises that what it reads goes through announce, as in a live scan, and
// that what it writes names no person, household, network or single device. It
// refuses to guess at a folder it cannot read: that is an error which names folder
// and file.
package casefile

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"houdbaar/internal/announce"
	"houdbaar/internal/device"
)

// Limits on a folder. The largest recorded has 20 files and 300 KiB.
const (
	maxFile    = 4 << 20 // bytes of one file
	maxHTTP    = 256     // exchanges; a scan sends a device at most 30 questions
	maxPackets = 4096    // datagrams of one file
)

// A Case is one recorded device: its parts as bytes, and what they say.
type Case struct {
	Name  string // the folder's own name
	Truth Truth

	SSDP [][]byte            // datagrams
	MDNS [][]byte            // packets
	HTTP []announce.Exchange // From is the device's address, At is zero
	UDP  map[uint16][][]byte // packets by the device's port

	Observations []device.Observation // what announce reads in the parts, At zero, in the order above
	Noise        int                  // packets that announce could not read, as a live scan meets them too
}

// Truth is truth.json: what the device is, and where the recording comes from.
// Every field is optional; what else stands in it is for people.
type Truth struct {
	Tier     string  `json:"tier,omitempty"`
	Vendor   *string `json:"vendor"`
	Model    *string `json:"model"`
	Revision *string `json:"hw_rev"`
	Firmware *string `json:"firmware"`
	Kind     *string `json:"kind"`

	VendorAlt []string `json:"vendor_alt,omitempty"`
	ModelAlt  []string `json:"model_alt,omitempty"`
	KindAlt   []string `json:"kind_alt,omitempty"`

	FirmwareDisplay string `json:"firmware_display,omitempty"`
	FirmwareFull    string `json:"firmware_full,omitempty"`

	ExpectVendor   bool `json:"expect_vendor"`
	ExpectModel    bool `json:"expect_model"`
	ExpectFirmware bool `json:"expect_firmware"`

	ExpectVerdict string `json:"expect_verdict,omitempty"` // a verdict's code, for the day On
	On            string `json:"on,omitempty"`             // 2006-01-02

	Fidelity string `json:"fidelity,omitempty"`
	Edited   string `json:"edited,omitempty"`
	Notes    string `json:"notes,omitempty"`
	Address  string `json:"address,omitempty"` // the device's, as in LOCATION and Host

	// Our own additions.
	Gateway  bool     `json:"gateway,omitempty"`  // it was the default gateway of the computer that recorded it
	MAC      string   `json:"mac,omitempty"`      // from the neighbour table; the last three bytes are not the device's
	Recorded string   `json:"recorded,omitempty"` // how it was recorded: by which version of which program
	Scrubbed []string `json:"scrubbed,omitempty"` // what was replaced
}

// Read reads a case folder.
func Read(dir string) (Case, error) {
	c := Case{Name: filepath.Base(filepath.Clean(dir)), UDP: map[uint16][][]byte{}}
	if info, err := os.Stat(dir); err != nil {
		return Case{}, fmt.Errorf("read case %s: %w", dir, err)
	} else if !info.IsDir() {
		return Case{}, fmt.Errorf("read case %s: not a folder", dir)
	}
	if err := cmp.Or(
		readPart(filepath.Join(dir, "truth.json"), c.readTruth),
		readPart(filepath.Join(dir, "ssdp.txt"), c.readSSDP),
		readPart(filepath.Join(dir, "mdns.hex"), c.readMDNS),
		readFolder(filepath.Join(dir, "http"), ".txt", c.readHTTP),
		readFolder(filepath.Join(dir, "udp"), ".hex", c.readUDP),
	); err != nil {
		return Case{}, err
	}
	if len(c.SSDP)+len(c.MDNS)+len(c.HTTP)+len(c.UDP) == 0 {
		return Case{}, fmt.Errorf("read case %s: no ssdp.txt, mdns.hex, http/ or udp/ with anything in it", dir)
	}
	if err := c.observe(); err != nil {
		return Case{}, fmt.Errorf("read case %s: %w", dir, err)
	}
	return c, nil
}

func readPart(path string, read func([]byte) error) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil && !info.Mode().IsRegular() { // a pipe may never end
		err = fmt.Errorf("%s is no file", path)
	}
	if err != nil {
		return fmt.Errorf("read case: %w", err)
	}
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read case: %w", err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(b) > maxFile {
		err = fmt.Errorf("larger than %d bytes", maxFile)
	}
	if err == nil {
		err = read(b)
	}
	if err != nil {
		return fmt.Errorf("read case %s: %w", path, err)
	}
	return nil
}

// readFolder reads the files of a folder, if it is there, in the order of their names. A
// file of another kind is an error: a slip of the pen would lose a part in silence.
func readFolder(dir, ext string, read func(name string, b []byte) error) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read case: %w", err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			continue // .DS_Store and its like
		}
		path := filepath.Join(dir, e.Name())
		name, ok := strings.CutSuffix(e.Name(), ext)
		if !ok || e.IsDir() {
			return fmt.Errorf("read case %s: expected a %s file", path, ext)
		}
		if err := readPart(path, func(b []byte) error { return read(name, b) }); err != nil {
			return err
		}
	}
	return nil
}

func (c *Case) readTruth(b []byte) error { return json.Unmarshal(b, &c.Truth) }

func (c *Case) readSSDP(b []byte) error {
	var datagram []byte
	for len(b) > 0 {
		line, rest, _ := bytes.Cut(b, []byte("\n"))
		whole := b[:len(b)-len(rest)]
		b = rest
		empty := len(bytes.TrimRight(line, "\r")) == 0
		if !empty || len(datagram) > 0 {
			datagram = append(datagram, whole...)
		}
		if len(datagram) > 0 && (empty || len(b) == 0) {
			c.SSDP = append(c.SSDP, datagram)
			datagram = nil
		}
	}
	if len(c.SSDP) > maxPackets {
		return fmt.Errorf("more than %d datagrams", maxPackets)
	}
	return nil
}

func (c *Case) readMDNS(b []byte) (err error) {
	c.MDNS, err = hexLines(b)
	return err
}

func (c *Case) readUDP(name string, b []byte) error {
	port, err := strconv.ParseUint(name, 10, 16)
	if err != nil {
		return fmt.Errorf("the name is not a port number")
	}
	packets, err := hexLines(b)
	if err == nil && len(packets) > 0 {
		c.UDP[uint16(port)] = packets
	}
	return err
}

// hexLines decodes one packet a line; empty lines are passed over.
func hexLines(b []byte) ([][]byte, error) {
	var out [][]byte
	for i, line := range bytes.Split(b, []byte("\n")) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			continue
		}
		packet := make([]byte, hex.DecodedLen(len(line)))
		if _, err := hex.Decode(packet, line); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
		if len(out) == maxPackets {
			return nil, fmt.Errorf("more than %d packets", maxPackets)
		}
		out = append(out, packet)
	}
	return out, nil
}

func (c *Case) readHTTP(_ string, b []byte) error {
	if len(c.HTTP) == maxHTTP {
		return fmt.Errorf("more than %d exchanges", maxHTTP)
	}
	x, err := announce.ParseExchange(b)
	if err != nil {
		return err
	}
	c.HTTP = append(c.HTTP, x)
	return nil
}

func (c *Case) observe() error {
	addr, err := c.address()
	if err != nil {
		return err
	}
	packet := func(port uint16, b []byte) announce.Packet {
		return announce.Packet{From: netip.AddrPortFrom(addr, port), Data: b}
	}
	if err := c.observeTruth(addr); err != nil {
		return err
	}
	for _, b := range c.SSDP {
		if o, ok := announce.SSDP(packet(1900, b)); ok {
			c.Observations = append(c.Observations, o)
		} else {
			c.Noise++
		}
	}
	var mdns []announce.Packet
	for _, b := range c.MDNS {
		mdns = append(mdns, packet(5353, b))
	}
	c.Observations = append(c.Observations, announce.MDNS(mdns)...)
	for i, x := range c.HTTP {
		x.From = netip.AddrPortFrom(addr, portOf(x.URL))
		c.HTTP[i] = x
		c.Observations = append(c.Observations, announce.HTTP(x)...)
	}
	for _, port := range slices.Sorted(maps.Keys(c.UDP)) {
		for _, b := range c.UDP[port] {
			found := announce.UDP(port, packet(port, b))
			if len(found) == 0 {
				c.Noise++
			}
			c.Observations = append(c.Observations, found...)
		}
	}
	return nil
}

// observeTruth adds what a scan reads in the system's tables, of which truth.json keeps note.
func (c *Case) observeTruth(addr netip.Addr) error {
	if c.Truth.Gateway {
		c.Observations = append(c.Observations, device.Observation{
			Source: device.SourceRoute, Addr: addr, Fields: map[string]string{"gateway": "recorded"},
		})
	}
	if c.Truth.MAC != "" {
		mac := bareMAC(c.Truth.MAC)
		if mac == "" {
			return fmt.Errorf("truth.json: mac %q is none", c.Truth.MAC)
		}
		for i := 10; i > 0; i -= 2 {
			mac = mac[:i] + ":" + mac[i:]
		}
		c.Observations = append(c.Observations, device.Observation{
			Source: device.SourceNeighbour, Addr: addr, MAC: mac, Fields: map[string]string{},
		})
	}
	return nil
}

// address returns the device's address: as truth.json has it, else the host that
// was asked over HTTP. The invalid address means it is not known.
func (c *Case) address() (netip.Addr, error) {
	if c.Truth.Address != "" {
		a, err := netip.ParseAddr(c.Truth.Address)
		if err != nil {
			return netip.Addr{}, fmt.Errorf("truth.json: address: %w", err)
		}
		return a, nil
	}
	for _, x := range c.HTTP {
		if a, ok := hostAddr(x.URL); ok {
			return a, nil
		}
	}
	for _, b := range c.SSDP {
		if o, ok := announce.SSDP(announce.Packet{Data: b}); ok {
			if a, ok := hostAddr(announce.Location(o)); ok {
				return a, nil
			}
		}
	}
	return netip.Addr{}, nil
}

// hostAddr returns the host of a URL when it is an address.
func hostAddr(s string) (netip.Addr, bool) {
	u, err := url.Parse(s)
	if err != nil {
		return netip.Addr{}, false
	}
	a, err := netip.ParseAddr(u.Hostname())
	return a, err == nil
}

// portOf returns the port a URL asks: what it names, else that of its scheme.
func portOf(s string) uint16 {
	u, err := url.Parse(s)
	if err != nil {
		return 0
	}
	if n, err := strconv.ParseUint(u.Port(), 10, 16); err == nil {
		return uint16(n)
	}
	return map[string]uint16{"http": 80, "https": 443, "rtsp": 554}[u.Scheme]
}

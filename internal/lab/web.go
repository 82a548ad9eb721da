package lab

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"
)

// answers returns the script's responses by port, the one in the Host header, and by method
// and path with the query.
func (d *Device) answers() (map[uint16]map[string][]byte, error) {
	out := map[uint16]map[string][]byte{}
	for i, x := range d.Script.HTTP {
		first, head := parseHead(x.Request)
		f := strings.Fields(first)
		if len(f) != 3 {
			return nil, fmt.Errorf("HTTP exchange %d: request line %q", i+1, first)
		}
		port := uint64(80)
		if h, p, err := net.SplitHostPort(head["host"]); err == nil && h != "" {
			if port, err = strconv.ParseUint(p, 10, 16); err != nil {
				return nil, fmt.Errorf("HTTP exchange %d: Host %q", i+1, head["host"])
			}
		}
		if out[uint16(port)] == nil {
			out[uint16(port)] = map[string][]byte{}
		}
		if asked := f[0] + " " + f[1]; out[uint16(port)][asked] == nil {
			out[uint16(port)][asked] = x.Response
		}
	}
	return out, nil
}

func (d *Device) listenHTTP() error {
	byPort, err := d.answers()
	if err != nil {
		return err
	}
	for port, answers := range byPort {
		want := port
		if d.loopback && port < 1024 {
			want = 0 // not for an ordinary user
		}
		addrs := []string{net.JoinHostPort(d.Addr.String(), strconv.Itoa(int(want)))}
		if d.six() {
			addrs = append(addrs, net.JoinHostPort(d.addr6.WithZone(d.ifi.Name).String(), strconv.Itoa(int(want))))
		}
		for _, at := range addrs {
			l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", at)
			if err != nil {
				return err
			}
			d.onClose(l.Close)
			d.ports[port] = uint16(l.Addr().(*net.TCPAddr).Port)
			d.running.Go(func() {
				for {
					c, err := l.Accept()
					if err != nil {
						return
					}
					d.running.Go(func() { d.serve(c, answers) })
				}
			})
		}
	}
	return nil
}

// serve answers one request and closes, as recorded.
func (d *Device) serve(c net.Conn, answers map[string][]byte) {
	defer c.Close()
	unhook := context.AfterFunc(d.ctx, func() { c.Close() })
	defer unhook()
	c.SetReadDeadline(time.Now().Add(10 * time.Second)) // a client that never asks
	req, err := http.ReadRequest(bufio.NewReader(c))
	if err != nil {
		return
	}
	from, _ := netip.ParseAddrPort(c.RemoteAddr().String())
	asked := req.Method + " " + req.RequestURI
	d.note("http", asked, from)
	q := d.Quirks
	if q.Close {
		return
	}
	if q.NoAnswer || q.Stalls > 0 && d.Count("http", "") <= q.Stalls {
		<-d.ctx.Done()
		return
	}
	if q.FirstByte > 0 && !d.wait(q.FirstByte) {
		return
	}
	response := []byte("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
	if q.Redirect != "" {
		response = []byte("HTTP/1.1 302 Found\r\nLocation: " + q.Redirect + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
	} else if recorded := answers[asked]; recorded != nil {
		response = d.movedResponse(recorded, d.host(from))
	}
	d.pour(c, response)
	for left := q.Oversize; left > 0; {
		k, err := c.Write(bytes.Repeat([]byte(" "), int(min(left, 1<<16))))
		if left -= int64(k); err != nil {
			return
		}
	}
	if t, ok := c.(*net.TCPConn); ok {
		// Closed with unread bytes (a POST's body), the kernel would reset the
		// connection and take back what is still on its way.
		t.CloseWrite()
		c.SetReadDeadline(time.Now().Add(time.Second))
		io.Copy(io.Discard, io.LimitReader(c, 1<<16))
	}
}

func (d *Device) pour(w io.Writer, response []byte) {
	if d.Quirks.BytesPerSecond <= 0 {
		w.Write(response)
		return
	}
	n := max(1, d.Quirks.BytesPerSecond/1000) // no system wakes more often than a thousand times a second
	step := time.Second * time.Duration(n) / time.Duration(d.Quirks.BytesPerSecond)
	for part := range slices.Chunk(response, n) {
		if _, err := w.Write(part); err != nil || !d.wait(step) {
			return
		}
	}
}

// movedResponse moves a raw response to the device's address. A Content-Length
// that was right stays right; one that was wrong is the device's own business.
func (d *Device) movedResponse(raw []byte, host string) []byte {
	head, body, sep := splitHead(raw)
	if _, h := parseHead(head); strings.EqualFold(h["transfer-encoding"], "chunked") {
		plain, err := io.ReadAll(httputil.NewChunkedReader(bytes.NewReader(body)))
		if to := d.moved(plain, host); err == nil && !bytes.Equal(to, plain) {
			var out bytes.Buffer
			w := httputil.NewChunkedWriter(&out)
			w.Write(to)
			w.Close()
			body = append(out.Bytes(), "\r\n"...)
		}
		return bytes.Join([][]byte{d.moved(head, host), body}, []byte(sep))
	}
	to := d.moved(body, host)
	if was := strconv.Itoa(len(body)); len(to) != len(body) {
		head = replaceHeader(head, "content-length", was, strconv.Itoa(len(to)))
	}
	return bytes.Join([][]byte{d.moved(head, host), to}, []byte(sep))
}

// splitHead parts a raw response at its first empty line.
func splitHead(raw []byte) (head, body []byte, sep string) {
	for _, sep := range []string{"\r\n\r\n", "\n\n"} {
		if head, body, ok := bytes.Cut(raw, []byte(sep)); ok {
			return head, body, sep
		}
	}
	return raw, nil, ""
}

// replaceHeader changes the value of a header if it is was.
func replaceHeader(head []byte, name, was, to string) []byte {
	lines := bytes.Split(head, []byte("\n"))
	for i, line := range lines {
		k, v, ok := bytes.Cut(line, []byte(":"))
		if ok && strings.EqualFold(string(bytes.TrimSpace(k)), name) && string(bytes.TrimSpace(v)) == was {
			lines[i] = bytes.Replace(line, []byte(was), []byte(to), 1)
		}
	}
	return bytes.Join(lines, []byte("\n"))
}

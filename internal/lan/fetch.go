package lan

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Limits of one exchange.
const (
	maxHead = 32 << 10        // status line and headers
	maxBody = 256 << 10       // the largest description seen is 40 KiB
	askWait = 3 * time.Second // dial, question and answer together, when Question.Wait does not say
	maxWait = 10 * time.Second
)

// dialTries are when a connection is tried, anew beside the tries before. A system repeats
// a lost SYN only after a second, and again after one or two more; on a bad radio link a
// device would often be given up before it was asked. Where the way is long, a try that was
// ended early would never be answered: the first goes on, and the system repeats it.
var dialTries = []time.Duration{0, 300 * time.Millisecond, 700 * time.Millisecond}

const (
	dialWait  = 3 * time.Second        // for all tries together
	dialAgain = 950 * time.Millisecond // of each but the first: a moment before the system would repeat it too
)

// A Question is what one device is asked over HTTP. It only reads: GET, HEAD, or
// a POST that is known to change nothing.
type Question struct {
	Method string            // GET, HEAD or POST
	Path   string            // begins with "/", with the query if there is one
	Header map[string]string // no Host, no credentials, no cookies
	Body   string
	Wait   time.Duration // for the whole exchange, and longer where the way is long; 0 means 3 s, at most 10 s
}

// A Target is where a device listens.
type Target struct {
	Addr netip.AddrPort // with zone for link-local IPv6
	TLS  bool           // any certificate will do: a device's own proves nothing, and nothing secret is sent
	Name string         // what the device calls itself, for the Host header and TLS; it is not looked up. "" = its address
}

// hostName is what a Target's Name may be.
var hostName = regexp.MustCompile(`^[A-Za-z0-9_-](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$`)

// String returns the target as the beginning of a URL.
func (t Target) String() string {
	scheme := "http"
	if t.TLS {
		scheme = "https"
	}
	return scheme + "://" + t.host()
}

// host is the target as a Host header has it: without the zone, which is this
// computer's affair (RFC 6874, section 4), and without the usual port.
func (t Target) host() string {
	host := t.Name
	if a := t.Addr.Addr().WithZone(""); host == "" && a.Is6() {
		host = "[" + a.String() + "]"
	} else if host == "" {
		host = a.String()
	}
	if t.Addr.Port() == 80 && !t.TLS || t.Addr.Port() == 443 && t.TLS {
		return host
	}
	return host + ":" + strconv.Itoa(int(t.Addr.Port()))
}

// An Exchange is one question and the bytes that came back.
type Exchange struct {
	At          time.Time // when the answer was complete
	Interface   string
	Request     []byte // request line and headers, ended by an empty line; without a body
	Response    []byte // as received: status line, headers, empty line, body, chunked or not
	Certificate []byte // as DER, the device's own, over TLS; nil without
}

// ParseURL splits the URL of a device's page into where and what. from is who
// gave it: it lends its zone to a link-local IPv6 host. Everything that could
// mean another place than it seems to is refused: names, user information,
// zones of somebody else's, IPv4 in IPv6 clothing, numbers in odd notations.
// That the place may be asked at all is for Fetch to check.
func ParseURL(raw string, from netip.Addr) (Target, string, error) {
	refuse := func(format string, args ...any) (Target, string, error) {
		return Target{}, "", fmt.Errorf("%w: %s", ErrQuestion, fmt.Sprintf(format, args...))
	}
	if len(raw) > 2048 || strings.ContainsAny(raw, "@\\ \t\r\n") {
		return refuse("URL with characters or a length it should not have")
	}
	u, err := url.Parse(raw)
	if err != nil || u.User != nil || u.Opaque != "" {
		return refuse("not a plain URL")
	}
	t := Target{TLS: u.Scheme == "https"}
	if u.Scheme != "http" && u.Scheme != "https" {
		return refuse("scheme %q", u.Scheme)
	}
	a, err := netip.ParseAddr(u.Hostname())
	if err != nil || a.Is4In6() || a.Zone() != "" && a.Zone() != from.Zone() {
		return refuse("host %q is not a plain address", u.Hostname())
	}
	if a.Is6() && a.IsLinkLocalUnicast() {
		a = a.WithZone(from.Zone())
	}
	port := uint16(80)
	if t.TLS {
		port = 443
	}
	if p := u.Port(); p != "" {
		number, err := strconv.ParseUint(p, 10, 16)
		if err != nil {
			return refuse("port %q", p)
		}
		port = uint16(number)
	}
	t.Addr = netip.AddrPortFrom(a, port)
	path := cmp.Or(u.EscapedPath(), "/")
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	return t, path, nil
}

// otherServices are TCP ports from 1024 up that well-known services other than
// HTTP listen on and where a stray GET may do something: a printer prints it, a
// controller or a database takes it for a command. After the list of ports that
// browsers refuse (fetch.spec.whatwg.org, "port blocking"), with raw printing,
// remote desktops, databases, telephony and building automation added.
var otherServices = []uint16{
	1433, 1521, 1719, 1720, 1723, 1883, 2049, 2323, 3306, 3389, 3659, 4045, 4190, 5060, 5061, 5432, 5900, 5901,
	6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 8883, 9100, 9101, 9102, 9103, 9104, 9105, 9106, 9107,
	10080, 11211, 20000, 27017, 44818, 47808,
}

// speaksHTTP says which ports may be asked. Below 1024: 80 to 90, where routers
// and cameras put their pages, 443 and 631 (IPP). From 1024: all but the ports of
// other well-known services, because descriptions are served from any port.
func speaksHTTP(port uint16) bool {
	if port < 1024 {
		return port >= 80 && port <= 90 || port == 443 || port == 631
	}
	return !slices.Contains(otherServices, port)
}

func (q Question) check() error {
	if q.Method != "GET" && q.Method != "HEAD" && q.Method != "POST" {
		return fmt.Errorf("%w: method %q", ErrQuestion, q.Method)
	}
	if !strings.HasPrefix(q.Path, "/") || !printable(q.Path) || strings.Contains(q.Path, " ") {
		return fmt.Errorf("%w: path %q", ErrQuestion, q.Path)
	}
	for name, value := range q.Header {
		switch strings.ToLower(name) {
		case "host", "authorization", "proxy-authorization", "cookie", "referer", "content-length", "transfer-encoding", "connection", "upgrade":
			return fmt.Errorf("%w: header %s", ErrQuestion, name)
		}
		if name == "" || strings.ContainsAny(name, " :") || !printable(name) || !printable(value) {
			return fmt.Errorf("%w: header %q", ErrQuestion, name)
		}
	}
	if q.Method != "POST" && q.Body != "" || len(q.Body) > 16<<10 {
		return fmt.Errorf("%w: body", ErrQuestion)
	}
	return nil
}

func printable(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < 0x20 || r > 0x7e })
}

// headers are the header lines of the question to a host, but for the length of its body.
func (q Question) headers(host string) []string {
	lines := []string{"Host: " + host, "User-Agent: Houdbaar", "Accept: */*", "Connection: close"}
	for _, name := range slices.Sorted(maps.Keys(q.Header)) {
		lines = append(lines, name+": "+q.Header[name])
	}
	return lines
}

func (q Question) head(t Target) []byte {
	lines := append([]string{q.Method + " " + q.Path + " HTTP/1.1"}, q.headers(t.host())...)
	if q.Method == "POST" {
		lines = append(lines, "Content-Length: "+strconv.Itoa(len(q.Body)))
	}
	return []byte(strings.Join(lines, "\r\n") + "\r\n\r\n")
}

// Text returns the question as a person can read it, with host for who is asked.
func (q Question) Text(host string) []byte {
	lines := append([]string{q.Method + " " + q.Path}, q.headers(host)...)
	if q.Body != "" {
		lines = append(lines, q.Body)
	}
	return []byte(strings.Join(lines, "\n"))
}

// Fetch asks t one question and returns what came back, redirect or error page
// alike; nothing is followed. When the answer broke off, was too large
// (ErrTooLarge) or ran out of time, the bytes that did come are returned with the
// error. An answer that is no HTTP at all is returned without one: old devices
// have odd servers, and announce reads what there is.
//
// ErrNotLocal, ErrPort and ErrQuestion mean that nothing was sent; so does
// ErrAllowance.
func (n *Network) Fetch(ctx context.Context, q Question, t Target) (Exchange, error) {
	e, err := n.fetch(ctx, q, t)
	if err != nil {
		err = fmt.Errorf("ask %s: %w", t, err)
	}
	return e, err
}

func (n *Network) fetch(ctx context.Context, q Question, t Target) (Exchange, error) {
	ifi, ok := n.Local(t.Addr.Addr())
	if !ok {
		return Exchange{}, ErrNotLocal
	}
	if !speaksHTTP(t.Addr.Port()) {
		return Exchange{}, ErrPort
	}
	if err := q.check(); err != nil {
		return Exchange{}, err
	}
	if t.Name != "" && !hostName.MatchString(t.Name) {
		return Exchange{}, fmt.Errorf("%w: name %q", ErrQuestion, t.Name)
	}
	if err := ctx.Err(); err != nil {
		return Exchange{}, err
	}
	e := Exchange{Interface: ifi.Name, Request: q.head(t)}
	if q.Wait <= 0 {
		q.Wait = askWait
	}
	began := time.Now()
	conn, err := n.dial(ctx, ifi, t, q.Wait)
	if err != nil {
		return Exchange{}, err
	}
	defer func() { conn.Close() }()
	// It had that long to think. What follows goes there and back three times more at most:
	// two greetings over TLS, and the question.
	q.Wait += 3 * time.Since(began)
	ctx, cancel := context.WithDeadline(ctx, began.Add(min(q.Wait, maxWait)))
	defer cancel()
	if t.TLS {
		secure, err := greet(ctx, conn, t)
		if err != nil {
			return Exchange{}, err
		}
		e.Certificate = secure.ConnectionState().PeerCertificates[0].Raw // a server without one is refused
		conn = secure
	}
	deadline, _ := ctx.Deadline()
	conn.SetDeadline(deadline)
	defer context.AfterFunc(ctx, func() { conn.SetDeadline(time.Unix(1, 0)) })()

	if _, err := conn.Write(append(slices.Clone(e.Request), q.Body...)); err != nil {
		return Exchange{}, err
	}
	e.Response, err = receive(conn, q.Method)
	e.At = time.Now()
	if len(e.Response) > 0 {
		ifi.count.heard.Add(1)
	}
	if err != nil && ctx.Err() != nil {
		err = ctx.Err()
	} else if errors.Is(err, os.ErrDeadlineExceeded) {
		err = context.DeadlineExceeded // the connection's clock was a moment ahead
	}
	return e, err
}

// dial connects to an address literal within wait, with as many tries as dialTries has
// while nothing at all comes back; whichever gets through first is taken. net.Dialer uses
// no proxy; a literal needs no look-up.
func (n *Network) dial(ctx context.Context, ifi Interface, t Target, wait time.Duration) (conn net.Conn, err error) {
	ctx, done := context.WithTimeout(ctx, min(wait, dialWait))
	defer done()
	type result struct {
		number int
		conn   net.Conn
		err    error
	}
	results := make(chan result)
	for number := range dialTries {
		go func() {
			conn, err := n.try(ctx, ifi, t, number)
			results <- result{number, conn, err}
		}()
	}
	over := false
	for range dialTries { // all of them: none outlives this
		switch r := <-results; {
		case over && r.conn != nil:
			r.conn.Close()
		case !over && (r.number == 0 || r.err == nil || !passes(r.err)):
			conn, err, over = r.conn, r.err, true
			done()
		}
	}
	return conn, err
}

// passes reports whether a further try that failed so says nothing of the device.
func passes(err error) bool {
	var timeout net.Error
	return errors.Is(err, ErrAllowance) || errors.As(err, &timeout) && timeout.Timeout()
}

// try is one of the tries of dial, at its time. Where the system would connect by another
// way than ifi, ifi is the only one, or there is no connection (ErrNotLocal).
// Only a neighbour in the table can have been sent a packet; while the system still
// asks for the hardware address a further try sends none and counts as none.
func (n *Network) try(ctx context.Context, ifi Interface, t Target, number int) (net.Conn, error) {
	d := net.Dialer{KeepAlive: -1}
	if number > 0 {
		d.Timeout = dialAgain
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(dialTries[number]):
		}
	}
	a := t.Addr.Addr()
	if number == 0 || a.IsLoopback() || a == n.typed || IsNeighbour(a) {
		if err := n.takeFor(ifi, a); err != nil {
			return nil, err
		}
	}
	if n.strays(a) {
		d.Control = ifi.only
	}
	return d.DialContext(ctx, "tcp", t.Addr.String())
}

// greet begins TLS on a connection.
func greet(ctx context.Context, conn net.Conn, t Target) (*tls.Conn, error) {
	secure := tls.Client(conn, &tls.Config{
		InsecureSkipVerify: true, // see Target.TLS
		ServerName:         t.Name,
		MinVersion:         tls.VersionTLS10,
		CipherSuites:       everyCipher(),
		// Without the keys against quantum computers, which make the greeting longer than one
		// packet: little devices read no more.
		CurvePreferences: []tls.CurveID{tls.X25519, tls.CurveP256, tls.CurveP384, tls.CurveP521},
	})
	return secure, secure.HandshakeContext(ctx)
}

// only keeps a socket that is about to connect to the interface.
func (i Interface) only(_, _ string, c syscall.RawConn) error {
	var err error
	if broken := c.Control(func(fd uintptr) { err = bindTo(fd, i) }); broken != nil {
		return broken
	}
	if err != nil {
		return fmt.Errorf("%w: the way there leads elsewhere: %w", ErrNotLocal, err)
	}
	return nil
}

// everyCipher lists all that Go speaks: a router from 2012 has nothing better. What else
// such a one needs is in go.mod, under godebug.
func everyCipher() []uint16 {
	var out []uint16
	for _, c := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
		out = append(out, c.ID)
	}
	return out
}

// receive reads one response and returns it as it came. net/http only frames it:
// it tells where the response ends when the device leaves the connection open.
// Where net/http cannot, everything up to the end is read.
func receive(conn io.Reader, method string) ([]byte, error) {
	var raw bytes.Buffer
	limit := &limited{r: conn, left: maxHead}
	in := bufio.NewReader(io.TeeReader(limit, &raw))
	var body io.Reader = in
	for {
		res, err := http.ReadResponse(in, &http.Request{Method: method})
		if err != nil {
			switch {
			case limit.err == nil: // the text was at fault, not the connection
			case limit.err != io.EOF || raw.Len() == 0:
				return raw.Bytes(), limit.err
			case !bytes.Contains(raw.Bytes(), []byte("\n")) && bytes.Contains(raw.Bytes(), []byte("\r\r")): // its lines end so
			case bytes.HasPrefix(raw.Bytes(), []byte("HTTP/")):
				return raw.Bytes(), io.ErrUnexpectedEOF
			}
			break
		}
		if res.StatusCode/100 != 1 {
			body = res.Body
			break
		}
		if raw.Len() > maxHead/2 {
			return raw.Bytes(), ErrTooLarge
		}
	}
	limit.left += maxBody
	_, err := io.Copy(io.Discard, body)
	if limit.err != nil && limit.err != io.EOF {
		err = limit.err
	}
	return raw.Bytes(), err
}

// limited stops at a size and remembers why it stopped.
type limited struct {
	r    io.Reader
	left int
	err  error
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		l.err = ErrTooLarge
		return 0, l.err
	}
	n, err := l.r.Read(p[:min(len(p), l.left)])
	l.left -= n
	if err != nil {
		l.err = err
	}
	return n, err
}

package announce

import (
	"bytes"
	"errors"
	"html"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"houdbaar/internal/device"
)

// An Exchange is one question to a device over HTTP and its answer, as bytes.
type Exchange struct {
	At          time.Time
	Interface   string
	From        netip.AddrPort // the device
	URL         string         // what was asked for; "" = read from Request
	Request     []byte         // request line and header lines; a body is not kept
	Response    []byte         // status line, header lines, empty line, body as it came
	Certificate []byte         // as DER, that came with it over TLS; nil when there was none, or it is said in Request
	Cut         bool           // reading ended before the device was done: by a time-out, a limit, a reset
}

// ParseExchange splits a recorded exchange, as a case folder has it: the request's
// head, an empty line, the raw response.
func ParseExchange(raw []byte) (Exchange, error) {
	raw = skipEmptyLines(raw)
	head := len(raw)
	for i, c := range raw {
		if c == '\n' && (bytes.HasPrefix(raw[i+1:], []byte("\n")) || bytes.HasPrefix(raw[i+1:], []byte("\r\n"))) {
			head = i + 1
			break
		}
	}
	x := Exchange{Request: raw[:head], Response: skipEmptyLines(raw[head:])}
	if target, _ := x.request(); target == "" {
		return Exchange{}, errors.New("no request line")
	}
	if len(x.Response) == 0 {
		return Exchange{}, errors.New("no response after the request")
	}
	x.URL = x.address()
	return x, nil
}

// Bytes returns the exchange as a case folder has it: the request's head without
// a body, an empty line, the raw response.
func (x Exchange) Bytes() []byte {
	head := bytes.TrimRight(skipEmptyLines(x.Request), "\r\n")
	for _, end := range []string{"\r\n\r\n", "\n\n"} {
		head, _, _ = bytes.Cut(head, []byte(end))
	}
	out := append(bytes.Clone(head), "\r\n\r\n"...)
	return append(out, x.Response[:min(len(x.Response), maxExchange)]...)
}

var methodPattern = regexp.MustCompile(`^[A-Za-z-]{1,20}$`)

// request returns what the request line asks for, "" where there is none, and the head.
func (x Exchange) request() (target string, head Header) {
	line, rest := headLine(skipEmptyLines(x.Request))
	head, _, _ = parseHeader(rest)
	if word := strings.Fields(line); len(word) > 1 && methodPattern.MatchString(word[0]) {
		target = clip(word[1], maxValue)
	}
	return target, head
}

// address returns the URL that was asked for: URL, or what Request says of it.
func (x Exchange) address() string {
	target, head := x.request()
	host := head.Get("host")
	if host == "" && x.From.IsValid() {
		host = hostOf(x.From.Addr()) + ":" + strconv.Itoa(int(x.From.Port()))
	}
	switch {
	case x.URL != "":
		return x.URL
	case strings.Contains(target, "://"):
		return target
	case host == "":
		return ""
	}
	return "http://" + host + "/" + strings.TrimPrefix(target, "/")
}

// A page is a response with its body as text, ready for the readers below.
type page struct {
	url  string
	path string // as asked, with the query; a full URL for RTSP
	Response
	text string
	xml  *node             // nil when the body is no XML
	json map[string]string // nil when the body is no JSON object
}

// HTTP reads one exchange. There is always an observation of source "http" first,
// unless there was no answer at all; after it those of what the body turned out to be,
// told by its content and not by the path alone: a device answers any path as it likes.
func HTTP(x Exchange) []device.Observation {
	if len(x.Response) == 0 {
		return nil
	}
	r := ParseResponse(x.Response)
	x.Request = withCertificate(x.Request, x.Certificate)
	if isXiaomi(x, r) {
		x.Response = withoutXiaomiSerial(x.Response, r)
		r = ParseResponse(x.Response)
	}
	r.Cut = r.Cut || x.Cut
	p := newPage(x, r)
	raw := [][]byte{x.Bytes()}
	observe := func(source, key string, fields map[string]string) device.Observation {
		return device.Observation{
			At: x.At, Source: source, Interface: x.Interface, Addr: x.From.Addr().Unmap(),
			Key: key, Fields: fields, Raw: raw,
		}
	}
	page := p.fields()
	_, head := x.request()
	readCertificate(head, page)
	out := []device.Observation{observe(device.SourceHTTP, "", page)}
	for _, reader := range readers {
		found := reader.read(p)
		for _, fields := range found {
			k := ""
			if reader.source == device.SourceUPnP {
				k = key(found[0]["UDN"])
			}
			out = append(out, observe(reader.source, k, fields))
		}
		if len(found) > 0 {
			break
		}
	}
	return out
}

// newPage makes the response to an exchange ready for the readers.
func newPage(x Exchange, r Response) page {
	p := page{url: x.address(), Response: r, text: toUTF8(r.Body, charsetOf(r))}
	if p.path, _ = x.request(); p.path == "" {
		if u, err := url.Parse(p.url); err == nil {
			p.path = u.RequestURI()
		}
	}
	if start := jsonStart(p.text); start != "" {
		p.json = flattenJSON(start)
	} else if i := strings.IndexByte(p.text, '<'); i >= 0 {
		p.xml = parseXML(p.text[i:])
	}
	return p
}

// fields returns what the "http" observation of a page says.
func (p page) fields() map[string]string {
	f := map[string]string{"path": clip(p.path, maxValue)}
	if p.url != "" {
		f["url"] = clip(p.url, maxValue)
	}
	if p.Proto != "" {
		f["proto"], f["status"] = p.Proto, strconv.Itoa(p.Status)
	}
	for name, v := range p.Header {
		set(f, "header."+name, strings.Join(v, ", "))
	}
	for _, v := range p.Header["server"] { // a program and the one before it may each send one, or an empty one
		if v != "" {
			set(f, "server", v)
		}
	}
	if v := realm(p.Header["www-authenticate"]); v != "" {
		f["realm"] = v
	}
	if v := title(p.text); v != "" {
		f["title"] = clip(v, maxValue)
	}
	if len(p.text) > 0 && isText(p.text) {
		body := clip(p.text, maxText)
		if p.Cut || len(body) < len(p.text) { // half a line may hold half a version
			body = body[:strings.LastIndexAny(body, "\n<>,;")+1]
		}
		f["body"] = strings.ReplaceAll(unescapeScript(body), "&nbsp;", " ")
	}
	return f
}

// isText tells a page from a picture or a program: no NUL near its start.
func isText(s string) bool { return !strings.Contains(clip(s, 1024), "\x00") }

var charsetPattern = regexp.MustCompile(`(?i)(?:charset|encoding)\s*=\s*["']?([a-z0-9._:-]{2,40})`)

// charsetOf returns the charset a response declares: in its head, in the XML
// declaration or in a meta element, "" when nowhere.
func charsetOf(r Response) string {
	for _, in := range [][]byte{[]byte(r.Header.Get("content-type")), r.Body[:min(len(r.Body), 1024)]} {
		if m := charsetPattern.FindSubmatch(in); m != nil {
			return string(m[1])
		}
	}
	return ""
}

// realmPattern finds realms in quotes, of which the second may be missing, or without.
var realmPattern = regexp.MustCompile(`(?i)\brealm\s*=\s*(?:"((?:[^"\\]|\\.)*)(?:"|$)|'([^']*)'|([^\s,"']+(?: [^\s,"'=]+)*)(?:,|\s*$|\s+\w+\s*=)|([^\s,"']+))`)

// realm returns the first realm with a name in WWW-Authenticate headers, without
// the blanks around it (NETGEAR's DGN1000 sends one).
func realm(values []string) string {
	for _, v := range values {
		for _, m := range realmPattern.FindAllStringSubmatch(v, 8) {
			if name := strings.TrimSpace(strings.ReplaceAll(m[1]+m[2]+m[3]+m[4], `\"`, `"`)); name != "" {
				return name
			}
		}
	}
	return ""
}

// titlePattern finds a title, of which the end may be written like its beginning, or missing.
var titlePattern = regexp.MustCompile(`(?is)<title\b[^>]*>([^<]*(?:<[^/][^<]{0,80})?)<(?:/title|title|/head)\b`)

// insideTitle is an element, or what looks like one, in a title: "Remote UI<Top Page>".
var insideTitle = regexp.MustCompile(`<[^>]*>`)

// joinedByScript is in a title that a script puts together: "NETGEAR "+name+"".
var joinedByScript = regexp.MustCompile(`["']\s*\+[^"'+]+\+\s*["']`)

// title returns the title of a page, entities resolved, blanks joined and without quotes around
// all of it; the next one where it is empty; "" for one that is part of a script.
func title(text string) string {
	text = clip(text, 128<<10)
	for range 2 {
		m := titlePattern.FindStringSubmatchIndex(text)
		if m == nil || joinedByScript.MatchString(text[m[2]:m[3]]) {
			return ""
		}
		said := strings.Join(strings.Fields(html.UnescapeString(insideTitle.ReplaceAllString(text[m[2]:m[3]], " "))), " ")
		if bare := strings.Trim(said, `"`); len(said)-len(bare) == 2 && !strings.Contains(bare, `"`) {
			said = bare
		}
		if said != "" {
			return said
		}
		text = clip(text[m[1]:], nextTitle)
	}
	return ""
}

// nextTitle is how far behind an empty title the next may stand, in bytes: further on it is a
// picture's.
const nextTitle = 200

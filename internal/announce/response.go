package announce

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"io"
	"strconv"
	"strings"
)

// A Header holds header values by lower-case name, in the order they came.
type Header map[string][]string

// Get returns the first value of a header, "" when it was not sent.
func (h Header) Get(name string) string {
	if v := h[strings.ToLower(name)]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// A Response is an HTTP (or RTSP) response, its body decoded.
type Response struct {
	Proto  string // "HTTP/1.1", "RTSP/1.0"; "" when the bytes begin with a body (HTTP/0.9)
	Status int    // 0 when the bytes begin with a body
	Header Header
	Body   []byte // after chunks and compression; at most 1 MiB
	Cut    bool   // the head promised more than came, or more came than is kept
	sized  bool   // the head says how long the body is, so that !Cut proves it whole
}

// ParseResponse reads a raw response as devices send it. It forgives HTTP/1.0 and
// 0.9, LF or CR line ends, folded, lower-case and damaged header lines, a missing empty
// line, a body that is not encoded as its head says, and one that is cut short:
// what came is kept.
func ParseResponse(raw []byte) (r Response) {
	if len(raw) > maxExchange {
		raw, r.Cut = raw[:maxExchange], true
	}
	proto, status, rest := statusLine(LineFeeds(raw))
	if status == 0 {
		r.Header, r.Body = Header{}, raw
		return r
	}
	header, body, ended := parseHeader(rest)
	for range 3 { // "100 Continue" and its like come before the answer
		if _, next, _ := statusLine(body); status >= 200 || next == 0 {
			break
		}
		proto, status, rest = statusLine(body)
		header, body, ended = parseHeader(rest)
	}
	r.Proto, r.Status = proto, status
	if !ended {
		// Half a line may hold half a version.
		header, _, _ = parseHeader(rest[:bytes.LastIndexByte(rest, '\n')+1])
		r.Cut = true
	}
	r.Header = header
	if n, err := strconv.Atoi(strings.TrimSpace(r.Header.Get("content-length"))); err == nil && n >= 0 {
		r.sized = true
		r.Cut = r.Cut || n > len(body)
	}
	if strings.Contains(strings.ToLower(strings.Join(r.Header["transfer-encoding"], ",")), "chunked") {
		if joined, whole, ok := dechunk(body); ok {
			body, r.sized, r.Cut = joined, true, r.Cut || !whole
		}
	}
	body, cut := decompress(body, strings.ToLower(r.Header.Get("content-encoding")))
	r.Body, r.Cut = body, r.Cut || cut
	return r
}

// statusLine reads the status line a response begins with, and returns what
// follows it. The status is 0 when there is no such line.
func statusLine(b []byte) (proto string, status int, rest []byte) {
	first, rest := headLine(skipEmptyLines(b))
	word := strings.Fields(first)
	if len(word) < 2 || !strings.Contains(word[0], "/") || strings.ContainsAny(word[0], "<{\"'") {
		return "", 0, nil
	}
	status, err := strconv.Atoi(word[1])
	if err != nil || status < 100 || status > 999 {
		return "", 0, nil
	}
	return strings.ToUpper(clip(word[0], 16)), status, rest
}

// headLine returns the first line of b without its line end, as UTF-8, and what follows.
// A CR within a line is a blank (RFC 9112, section 2.2).
func headLine(b []byte) (string, []byte) {
	line, rest, _ := bytes.Cut(b, []byte("\n"))
	return strings.ReplaceAll(toUTF8(bytes.TrimRight(line, "\r"), ""), "\r", " "), rest
}

// LineFeeds returns a message whose first line ends with a CR alone with LF in its place,
// up to the first empty line, and any other as it is. Its length and body stay the same.
func LineFeeds(b []byte) []byte {
	start := len(b) - len(skipEmptyLines(b))
	end := bytes.IndexAny(b[start:], "\r\n")
	if end < 0 || bytes.HasPrefix(bytes.TrimLeft(b[start+end:], "\r"), []byte("\n")) {
		return b
	}
	out := bytes.Clone(b)
	for i := start; i < len(out); i++ {
		paired := i+1 < len(out) && out[i+1] == '\n'
		if out[i] == '\r' && !paired {
			out[i] = '\n'
		}
		if out[i] == '\n' {
			if len(bytes.TrimRight(out[start:i], "\r")) == 0 {
				break
			}
			start = i + 1
		}
	}
	return out
}

// skipEmptyLines drops the empty lines that some stacks send before a message.
func skipEmptyLines(b []byte) []byte {
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	return bytes.TrimLeft(b, "\r\n")
}

// parseHeader reads header lines up to the first empty one and returns them with
// what follows, and whether there was an empty one. A line without a colon is
// skipped; a line that begins with a blank continues the one before it, unless it
// is the first.
func parseHeader(b []byte) (h Header, body []byte, ended bool) {
	h = Header{}
	last, lines := "", 0
	for len(b) > 0 {
		var line string
		line, b = headLine(b)
		if strings.TrimSpace(line) == "" {
			return h, b, true
		}
		if lines++; lines > maxHeaders {
			continue
		}
		if (line[0] == ' ' || line[0] == '\t') && last != "" {
			v := h[last]
			v[len(v)-1] = clip(strings.TrimSpace(v[len(v)-1]+" "+strings.TrimSpace(line)), maxValue)
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		name = strings.ToLower(strings.TrimSpace(name))
		if !ok || name == "" || len(name) > maxName {
			continue
		}
		h[name] = append(h[name], clip(strings.TrimSpace(value), maxValue))
		last = name
	}
	return h, nil, false
}

// dechunk joins the chunks of a body. ok is false when the body is not in chunks
// at all (some devices only say so); whole is false when the last one is missing.
func dechunk(b []byte) (joined []byte, whole, ok bool) {
	for {
		line, rest, found := bytes.Cut(b, []byte("\n"))
		size, _, _ := bytes.Cut(line, []byte(";"))
		n, err := strconv.ParseUint(string(bytes.TrimSpace(size)), 16, 31)
		if err != nil || !found {
			return joined, false, ok
		}
		ok = true
		if n == 0 {
			return joined, true, true
		}
		if n > uint64(len(rest)) {
			return append(joined, rest...), false, true
		}
		joined = append(joined, rest[:n]...)
		b = bytes.TrimPrefix(bytes.TrimPrefix(rest[n:], []byte("\r")), []byte("\n"))
	}
}

// decompress undoes gzip and deflate. What is not compressed as it says is
// returned as it came; a broken or huge stream as far as it went, with cut set.
func decompress(b []byte, how string) (out []byte, cut bool) {
	var r io.Reader
	var err error
	switch {
	case strings.Contains(how, "gzip") || bytes.HasPrefix(b, []byte{0x1f, 0x8b, 8}):
		r, err = gzip.NewReader(bytes.NewReader(b))
	case strings.Contains(how, "deflate"):
		if r, err = zlib.NewReader(bytes.NewReader(b)); err != nil {
			r, err = flate.NewReader(bytes.NewReader(b)), nil // many servers mean the bare stream
		}
	default:
		return b, false
	}
	if err != nil {
		return b, false
	}
	out, err = io.ReadAll(io.LimitReader(r, maxBody+1))
	if len(out) == 0 && err != nil {
		return b, false
	}
	if len(out) > maxBody {
		return out[:maxBody], true
	}
	return out, err != nil
}

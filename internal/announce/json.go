package announce

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
)

// maxListed bounds the elements kept of one JSON array: lists here name channels,
// modes or actions, of which the first few say enough.
const maxListed = 8

// guard is what stands before an object so that no other page's script can read it, or
// makes a call or a list of it.
var guard = regexp.MustCompile(`^(?:[\s\x00\x{feff};/*]|while\(1\)|for\(;;\)|\)\]\}'|[A-Za-z_$][\w$.]{0,40}\(|(\[))*\{`)

// jsonStart returns s from the object that it is, or holds behind a guard; "" if it is
// none. A list counts if the object is all there is in it: a list of several is about
// several things.
func jsonStart(s string) string {
	head := clip(s, 128)
	m := guard.FindStringSubmatchIndex(head)
	if m == nil {
		return ""
	}
	s = s[m[1]-1:]
	if m[2] < 0 {
		return s
	}
	d := json.NewDecoder(strings.NewReader(s))
	var first json.RawMessage
	if d.Decode(&first) != nil || strings.HasPrefix(strings.TrimSpace(s[d.InputOffset():]), ",") {
		return ""
	}
	return s
}

// flattenJSON reads the first JSON object in s and returns its scalars by dotted
// path. A document that is cut short or damaged gives what came before the
// damage. nil = s holds no object.
func flattenJSON(s string) map[string]string {
	s = strings.TrimLeft(s, " \t\r\n\x00\ufeff")
	if !strings.HasPrefix(s, "{") {
		return nil
	}
	d := document{json.NewDecoder(strings.NewReader(s)), int64(len(s))}
	d.UseNumber()
	d.Token() // the opening brace
	fields := map[string]string{}
	d.object("", 1, fields)
	return fields
}

// A document is a JSON text being read, and its length in bytes.
type document struct {
	*json.Decoder
	size int64
}

// object stores the members of the object d is in, under prefix, and reports
// whether its end was reached.
func (d document) object(prefix string, depth int, fields map[string]string) bool {
	for d.More() {
		t, err := d.Token()
		name, isName := t.(string)
		if err != nil || !isName {
			return false
		}
		if len(prefix) <= maxName { // set refuses longer ones; let them not grow
			name = prefix + name
		} else {
			name = prefix
		}
		if !d.value(name, depth, fields) {
			return false
		}
	}
	_, err := d.Token()
	return err == nil
}

// value stores the next value of d under name and reports whether it was whole.
func (d document) value(name string, depth int, fields map[string]string) bool {
	t, err := d.Token()
	if err != nil || depth > maxDepth {
		return false
	}
	switch t := t.(type) {
	case json.Delim:
		if t == '{' {
			return d.object(name+".", depth+1, fields)
		}
		for i := 0; d.More(); i++ {
			into := fields
			if i >= maxListed {
				into = map[string]string{}
			}
			if !d.value(name+"."+strconv.Itoa(i), depth+1, into) {
				return false
			}
		}
		_, err := d.Token()
		return err == nil
	case string:
		set(fields, name, t)
	case json.Number:
		if d.InputOffset() == d.size { // it may be the front of a longer one
			return false
		}
		set(fields, name, t.String())
	case bool:
		set(fields, name, strconv.FormatBool(t))
	case nil:
		set(fields, name, "")
	}
	return true
}

// below returns the fields under a dotted path, without it; nil when there are none.
func below(fields map[string]string, path string) map[string]string {
	var out map[string]string
	for name, v := range fields {
		if rest, ok := strings.CutPrefix(name, path+"."); ok {
			if out == nil {
				out = map[string]string{}
			}
			out[rest] = v
		}
	}
	return out
}

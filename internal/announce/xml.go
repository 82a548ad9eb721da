package announce

import (
	"html"
	"regexp"
	"strings"
)

// Limits on a document. They make nesting and repetition harmless; entities of
// the document's own are never expanded, so there is nothing else to bomb with.
const (
	maxDepth    = 64      // the deepest description seen has 9
	maxElements = 20000   // a 256 KiB document of ordinary elements has some 8,000
	maxTag      = 4 << 10 // of one tag with its attributes; ONVIF envelopes reach 3 KiB of namespaces
)

// A node is an element of an XML document: local name, own text, children. Namespaces
// say nothing that any protocol here needs, and attributes only where an element has
// nothing else.
type node struct {
	name     string
	tag      string // name and attributes, of an outermost element and of one that ends where it begins
	text     string // trimmed at both ends
	children []*node
	cut      bool // the document ended inside it

	said strings.Builder // text while it is open
}

// parseXML reads a document as devices write them and returns a nameless node
// that holds what was found at the top. It forgives undeclared namespaces, raw
// ampersands, HTML entities, control characters, junk before and after, missing
// end tags, and a document that stops half-way. It is not encoding/xml, which gives
// up on a second "--" in a comment, on XML 1.1 and on a tag name it dislikes.
func parseXML(s string) *node {
	top := &node{}
	t := tree{open: []*node{top}}
	for whole := true; whole && s != ""; {
		text := len(s)
		if i := strings.IndexByte(s, '<'); i >= 0 {
			text = i
		}
		t.text(html.UnescapeString(s[:text]))
		s, whole = t.markup(s[text:])
	}
	for _, n := range t.open[1:] {
		n.cut = true
	}
	t.close(1)
	return top
}

// A tree is a document being read.
type tree struct {
	open     []*node // outermost first
	elements int     // so far
}

// text adds to the text of the innermost element.
func (t *tree) text(s string) { t.open[len(t.open)-1].said.WriteString(s) }

// markup takes the comment, section, declaration or tag off s that it begins with. whole
// is false where the document ends inside it, or goes on for too long.
func (t *tree) markup(s string) (rest string, whole bool) {
	switch {
	case s == "":
		return "", true
	case strings.HasPrefix(s, "<!--"):
		_, rest, whole = strings.Cut(s, "-->")
		return rest, whole
	case strings.HasPrefix(s, "<![CDATA["):
		text, rest, whole := strings.Cut(s[len("<![CDATA["):], "]]>")
		if whole {
			t.text(text)
		}
		return rest, whole
	case strings.HasPrefix(s, "<!"), strings.HasPrefix(s, "<?"):
		return cutDeclaration(s)
	}
	tag, rest, ok := cutTag(s)
	if !ok { // a "<" that begins no tag
		t.text("<")
		return s[1:], true
	}
	if name, closing := strings.CutPrefix(tag, "/"); closing {
		t.end(localName(name))
		return rest, true
	}
	return rest, t.begin(tag)
}

// begin opens the element of a tag; false when there are too many, or too deep.
func (t *tree) begin(tag string) bool {
	if t.elements++; t.elements > maxElements || len(t.open) > maxDepth {
		return false
	}
	n := &node{name: localName(tag)}
	parent := t.open[len(t.open)-1]
	parent.children = append(parent.children, n)
	empty := strings.HasSuffix(tag, "/")
	if empty || len(t.open) == 1 {
		n.tag = tag
	}
	if !empty {
		t.open = append(t.open, n)
	}
	return true
}

// end closes the innermost open element of a name, and those in it that were never closed.
func (t *tree) end(name string) {
	for i := len(t.open) - 1; i > 0; i-- {
		if strings.EqualFold(t.open[i].name, name) {
			t.close(i)
			return
		}
	}
}

// close closes the elements from number i on.
func (t *tree) close(i int) {
	for _, n := range t.open[i:] {
		n.text = strings.TrimSpace(printable(n.said.String()))
		n.said.Reset()
	}
	t.open = t.open[:i]
}

// cutDeclaration returns what follows a declaration or instruction; a DOCTYPE may have
// declarations of its own in brackets.
func cutDeclaration(s string) (rest string, whole bool) {
	tag, rest, whole := strings.Cut(s, ">")
	if strings.Contains(tag, "[") {
		if _, rest, whole = strings.Cut(s, "]"); whole {
			_, rest, whole = strings.Cut(rest, ">")
		}
	}
	return rest, whole
}

// cutTag splits s, which begins with "<", after the tag it begins with. A ">" in a
// quoted attribute does not end the tag, unless the quote is never closed.
func cutTag(s string) (tag, rest string, ok bool) {
	if len(s) < 3 || !(isNameByte(s[1]) || s[1] == '/' && isNameByte(s[2])) {
		return "", s, false
	}
	window := s[:min(len(s), maxTag)]
	if strings.IndexByte(window, '>') < 0 {
		return "", s, false
	}
	var quote byte
	for i := 1; i < len(window); i++ {
		switch c := window[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return window[1:i], s[i+1:], true
		}
	}
	i := strings.IndexByte(window, '>')
	return window[1:i], s[i+1:], true
}

// isNameByte reports whether a tag name can begin with c.
func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80
}

// localName returns the name of a tag without prefix and attributes.
func localName(tag string) string {
	if i := strings.IndexAny(tag, " \t\r\n/"); i >= 0 {
		tag = tag[:i]
	}
	return tag[strings.LastIndexByte(tag, ':')+1:]
}

// printable drops control characters other than the blank ones.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f {
			return -1
		}
		return r
	}, s)
}

// find returns the first element with a name, in document order; nil when there is none.
// Without a node there is none.
func (n *node) find(name string) *node {
	if n == nil {
		return nil
	}
	for _, c := range n.children {
		if strings.EqualFold(c.name, name) {
			return c
		}
		if f := c.find(name); f != nil {
			return f
		}
	}
	return nil
}

// all appends every outermost element with a name to list.
func (n *node) all(name string, list []*node) []*node {
	for _, c := range n.children {
		if strings.EqualFold(c.name, name) {
			list = append(list, c)
		} else {
			list = c.all(name, list)
		}
	}
	return list
}

// leaves returns the direct children that hold text only, but for one that the end of the
// document cut short. Without a node there are none.
func (n *node) leaves() map[string]string {
	if n == nil {
		return nil
	}
	fields := map[string]string{}
	for _, c := range n.children {
		if len(c.children) == 0 && !c.cut {
			set(fields, c.name, c.text)
		}
	}
	return fields
}

var attribute = regexp.MustCompile(`\s([A-Za-z_][\w.-]{0,60})\s*=\s*(?:"([^"]*)"|'([^']*)')`)

// flatten stores every text below n, named by the dotted path from n, the attributes of
// elements that end where they begin, and what is listed as pairs by the name in the pair:
// ZTE's of ParaName and ParaValue, and elements that are nothing but such a pair.
func (n *node) flatten(prefix string, fields map[string]string) {
	if len(prefix) > maxName {
		return
	}
	for i, c := range n.children {
		if c.name == "ParaValue" && i > 0 && n.children[i-1].name == "ParaName" && !c.cut {
			set(fields, prefix+n.children[i-1].text, c.text)
			continue
		}
		if (len(c.children) == 0 || c.text != "") && !c.cut {
			set(fields, prefix+c.name, c.text)
		}
		if name, value := c.pair(); name != "" {
			set(fields, prefix+name, value)
			continue
		}
		c.attributes(prefix+c.name+".", fields)
		c.flatten(prefix+c.name+".", fields)
	}
}

// pairNames are what the two attributes of such an element are called.
var pairNames = map[string]string{"name": "value", "n": "v", "key": "value", "id": "value"}

// pair returns the name and the value that an element of two attributes and nothing else
// states: <param name="firmware_version" value="1.2"/>. "" = it is something else.
func (n *node) pair() (name, value string) {
	found := attribute.FindAllStringSubmatch(n.tag, 3)
	if len(found) != 2 || len(n.children) > 0 || n.text != "" || pairNames[strings.ToLower(found[0][1])] != strings.ToLower(found[1][1]) {
		return "", ""
	}
	of := func(m []string) string { return html.UnescapeString(m[2] + m[3]) }
	if name = of(found[0]); !pairName.MatchString(name) {
		return "", ""
	}
	return name, of(found[1])
}

// pairName is such a name, which may be that of a field.
var pairName = regexp.MustCompile(`^[A-Za-z]\w{1,60}$`)

// attributes stores the attributes of an element under its own path.
func (n *node) attributes(prefix string, fields map[string]string) {
	for _, m := range attribute.FindAllStringSubmatch(n.tag, maxFields) {
		if m[1] != "xmlns" {
			set(fields, prefix+m[1], html.UnescapeString(m[2]+m[3]))
		}
	}
}

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
}

// parseXML reads a document as devices write them and returns a nameless node
// that holds what was found at the top. It forgives undeclared namespaces, raw
// ampersands, HTML entities, control characters, junk before and after, missing
// end tags, and a document that stops half-way. It is not encoding/xml, which gives
// up on a second "--" in a comment, on XML 1.1 and on a tag name it dislikes.
func parseXML(s string) *node {
	top := &node{}
	stack := []*node{top}
	texts := []*strings.Builder{{}}
	pop := func() {
		last := len(stack) - 1
		stack[last].text = strings.TrimSpace(printable(texts[last].String()))
		stack, texts = stack[:last], texts[:last]
	}
	count := 0
scan:
	for len(s) > 0 {
		lt := strings.IndexByte(s, '<')
		if lt < 0 {
			texts[len(texts)-1].WriteString(html.UnescapeString(s))
			break
		}
		texts[len(texts)-1].WriteString(html.UnescapeString(s[:lt]))
		s = s[lt:]
		switch {
		case strings.HasPrefix(s, "<!--"):
			_, rest, ok := strings.Cut(s, "-->")
			if !ok {
				break scan
			}
			s = rest
		case strings.HasPrefix(s, "<![CDATA["):
			text, rest, ok := strings.Cut(s[len("<![CDATA["):], "]]>")
			if !ok {
				break scan
			}
			texts[len(texts)-1].WriteString(text)
			s = rest
		case strings.HasPrefix(s, "<!"), strings.HasPrefix(s, "<?"):
			tag, rest, ok := strings.Cut(s, ">")
			if strings.Contains(tag, "[") { // a DOCTYPE with declarations of its own
				if _, rest, ok = strings.Cut(s, "]"); ok {
					_, rest, ok = strings.Cut(rest, ">")
				}
			}
			if !ok {
				break scan
			}
			s = rest
		default:
			tag, rest, ok := cutTag(s)
			if !ok { // a "<" that begins no tag
				texts[len(texts)-1].WriteByte('<')
				s = s[1:]
				continue
			}
			s = rest
			if closing, is := strings.CutPrefix(tag, "/"); is {
				name := localName(closing)
				for i := len(stack) - 1; i > 0; i-- {
					if strings.EqualFold(stack[i].name, name) {
						for len(stack) > i {
							pop()
						}
						break
					}
				}
				continue
			}
			if count++; count > maxElements || len(stack) > maxDepth {
				break scan
			}
			n := &node{name: localName(tag)}
			parent := stack[len(stack)-1]
			parent.children = append(parent.children, n)
			if strings.HasSuffix(tag, "/") || len(stack) == 1 {
				n.tag = tag
			}
			if !strings.HasSuffix(tag, "/") {
				stack, texts = append(stack, n), append(texts, &strings.Builder{})
			}
		}
	}
	for len(stack) > 1 {
		stack[len(stack)-1].cut = true
		pop()
	}
	return top
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
// elements that end where they begin, and what ZTE's pages list as pairs of ParaName and
// ParaValue by the name in the pair.
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
		c.attributes(prefix+c.name+".", fields)
		c.flatten(prefix+c.name+".", fields)
	}
}

// attributes stores the attributes of an element under its own path.
func (n *node) attributes(prefix string, fields map[string]string) {
	for _, m := range attribute.FindAllStringSubmatch(n.tag, maxFields) {
		if m[1] != "xmlns" {
			set(fields, prefix+m[1], html.UnescapeString(m[2]+m[3]))
		}
	}
}

package fingerprint

import (
	"cmp"
	"html"
	"maps"
	"regexp"
	"slices"
	"strings"

	"houdbaar/internal/device"
)

// copyright is a page's foot, and what its head says whose it is.
var copyright = regexp.MustCompile(`(?is)(\b(?:icons?|fonts?|images?|portions|library|plug-?in|theme|template|jquery|based on)\b[^<>\n]{0,20})?(?:©|&copy;|copyright)[^<>]{0,20}?(?:19|20)\d\d(?:\s?[-–,]\s?(?:19|20)\d\d)*[,.]?\s*(?:by\s+)?(?:<a\b[^>]{0,120}>\s*)?([A-Z0-9][^<>|\n]{1,50})|<meta\s+name=["']?copyright["']?\s+content=["'](?:(?:©|&copy;|copyright|\(c\)|[\d\s,-])+)?([^"'<>]{2,60})`)

// inventory is a page's list of other devices, by its title or a heading.
var inventory = regexp.MustCompile(`(?i)\b(?:clients?|devices|cameras|neighbou?rs?|hosts|leases|stations|attached|connected|inventory|compare)\b`)

// document is how JSON begins: a page to nobody, and read by its keys (info.go).
var document = regexp.MustCompile(`^\s*(?:\[\s*)?\{\s*"`)

// readPage reads what a page says of its device: maker and model in large letters and in
// its head, the model in a table, an element or a script, the firmware it runs, and the
// maker at its foot. All of it is weak: a page may speak of other things too.
func (s *Set) readPage(o device.Observation, p *pageText, low *lowered) []claim {
	if p == nil {
		return nil
	}
	title := o.Get("title")
	var out []claim
	if !s.watching.MatchString(title) && !inventory.MatchString(title+" "+o.Get(headings)) {
		its, _ := s.namedFirst(title)
		out = s.readHeadings(o, title, its)
		if !p.lists && !s.gossip.MatchString(title) {
			out = append(out, s.readRunning(o, p, title, cmp.Or(its, s.titlesMaker(title)))...)
			out = append(out, s.readSaidModel(o, p, title, its)...)
		}
	}
	return append(out, s.readOwner(o, low)...)
}

// titlesMaker returns the maker of whom a title is a model and nothing else, "" if nobody, or if
// it is so short that it may be of other things.
func (s *Set) titlesMaker(title string) string {
	if title = strings.TrimSpace(title); isShort(title) {
		return ""
	}
	return s.onlyMaker(title)
}

// onPage returns the claims that a page's text names maker and model, of which either may
// be empty.
func onPage(o device.Observation, field, text, vendor, model string) []claim {
	c := claimAt(o, field, "page/text", orderPage, vendor, weak)
	c.evidence.Value = text
	return c.naming(vendor, model)
}

// withoutReport returns o without its page, if that is a program's about another device, by
// its title. o itself stays as it is.
func (s *Set) withoutReport(o device.Observation) device.Observation {
	if o.Source != device.SourceHTTP || !s.reports.MatchString(strings.TrimSpace(o.Get("title"))) {
		return o
	}
	o.Fields = maps.Clone(o.Fields)
	delete(o.Fields, "title")
	delete(o.Fields, "body")
	return o
}

// readHeadings reads maker and model in large letters, on a page whose title names the same
// maker (its), that very model or nothing. A page about several is nobody's.
func (s *Set) readHeadings(o device.Observation, title, its string) []claim {
	var out []claim
	silent := s.silent(title)
	for _, text := range strings.Split(o.Get(headings), headingEnd) {
		vendor, model := s.namedFirst(text)
		switch {
		case vendor != "":
			if (its == vendor || silent || model != "" && strings.EqualFold(model, strings.TrimSpace(title))) && !s.gossip.MatchString(text+title) && len(words(text)) <= 9 {
				out = append(out, onPage(o, headings, text, vendor, model)...)
			}
		case silent && !s.noise(text):
			if maker := s.tokensMaker(text); maker != "" {
				out = append(out, onPage(o, headings, text, maker, text)...)
			}
		}
	}
	if differ(out) {
		return nil
	}
	return out
}

// readSaidModel reads the model that a page's script, table or element names. Its maker is
// a guess, even where a row of the table names it; its is the one whom the title names.
func (s *Set) readSaidModel(o device.Observation, p *pageText, title, its string) []claim {
	variable := s.saidModel(p, modelInScript)
	model := variable
	row := cmp.Or(s.saidModel(p, modelInField), s.saidModel(p, modelInRow))
	maker := s.rowsMaker(p, title, its)
	if known := its != "" || maker != "" || s.onlyMaker(row) != ""; model == "" && (known || row != strings.ToLower(row) && !isDigit(rune(row[0]))) {
		model = row // not "gpt-4o", a program's
	}
	if m := s.saidModel(p, modelCalled); model == "" {
		if first, bare := s.namedFirst(m); s.onlyMaker(m) != "" || first != "" && s.named(first, bare) || its != "" && s.named(its, m) {
			model = m
		}
	}
	if m := s.saidModel(p, modelCalledInRow); model == "" {
		if maker, _ := s.madeBy(m, its); maker != "" {
			model = m
		}
	}
	if model == "" {
		return nil
	}
	vendor, bare := s.madeBy(model, its)
	if maker != "" && vendor == "" && (model == row || model == variable) {
		vendor, bare = maker, s.without(maker, model)
	}
	if bare != "" && isDigit(rune(bare[0])) {
		bare = strings.Join(withoutSort(strings.Fields(bare)), " ") // "2701HG-B Gateway"
	}
	out := onPage(o, "body", model, vendor, bare)
	for i := range out {
		out[i].guessed = true
		if s.provider[fold(its)] && s.onlyMaker(model) == vendor {
			out[i].strength = generic // the title names who lent the box, not who made it
		}
	}
	return out
}

// rowsMaker returns the maker whom a row of a page's table, or its script, names, where the title
// names nobody.
func (s *Set) rowsMaker(p *pageText, title, its string) string {
	if its != "" || s.gossip.MatchString(title) {
		return ""
	}
	spoken := slices.ContainsFunc(p.said, func(x said) bool { return x.shown() && x.means == labelVendor })
	found := ""
	for i := range p.said {
		x := &p.said[i]
		if x.means != labelVendor || x.shown() != spoken || x.by == mark || x.by == field || x.by == head {
			continue
		}
		v, known := s.Vendor(x.value)
		if !known || x.ofPart() || s.chipMaker(v) || found != "" && found != v {
			return ""
		}
		found = v
	}
	return found
}

// madeBy returns the maker of what a page calls its model, "" if unknown, and the model
// without the maker's name: "PROLiNK H9200AR". If the title names a maker (its) who has no
// such model, it returns neither.
func (s *Set) madeBy(said, its string) (vendor, model string) {
	if maker, bare := s.namedFirst(said); bare != "" && (its == "" || maker == its) {
		return maker, bare
	}
	vendor = s.onlyMaker(said)
	switch {
	case !isShort(said) || vendor == its:
		return vendor, said
	case vendor != "" && its != "":
		return "", "" // the title's maker has no such model
	}
	return "", said // an inverter may be an E1500 too
}

// readOwner reads the maker at a page's foot.
func (s *Set) readOwner(o device.Observation, low *lowered) []claim {
	if !low.hasAny("body", []string{"copyright", "&copy;", "©"}) {
		return nil
	}
	var out []claim
	for _, m := range copyright.FindAllStringSubmatch(o.Get("body"), 2) {
		if m[1] != "" {
			continue // what its pictures are, not the page
		}
		owner := strings.TrimSpace(html.UnescapeString(cmp.Or(m[2], m[3])))
		owner, _, _ = strings.Cut(owner, ". ")
		owner, _, _ = strings.Cut(strings.ToLower(owner), " all rights")
		if v, known := s.Vendor(strings.Trim(owner, " .,-")); known && !s.everyday[fold(owner)] && v != "Microsoft" && v != "Google" {
			out = append(out, onPage(o, "body", strings.TrimSpace(m[0]), v, "")...)
		}
	}
	return out
}

// differ reports whether claims name more than one maker or model.
func differ(claims []claim) bool {
	first := map[device.Part]string{}
	return slices.ContainsFunc(claims, func(c claim) bool {
		if first[c.part] == "" {
			first[c.part] = c.value
		}
		return first[c.part] != c.value
	})
}

// The ways in which a page names its model.

// modelInScript: in a variable or a key of a script, or in an element that is marked as it.
func modelInScript(x *said) bool {
	return x.means == labelModel && (x.by == mark || x.scripted() && x.under == "")
}

// modelInField: in a hidden field.
func modelInField(x *said) bool { return x.means == labelModel && x.by == field }

// modelInRow: in a row or a line.
func modelInRow(x *said) bool {
	return x.means == labelModel && x.first && (x.by == row || x.by == line || x.by == spoken && x.cell)
}

// modelCalled: in words that may be the name its owner gave it.
func modelCalled(x *said) bool {
	return (x.means == labelCalled || x.means == labelThing) && (x.by == mark || x.scripted())
}

// modelCalledInRow: the same in a row or a line.
func modelCalledInRow(x *said) bool {
	return x.means == labelCalled && x.first && (x.by == row || x.by == line)
}

var (
	// modelWords is what is written for a model.
	modelWords = regexp.MustCompile(`^(?:[A-Za-z]|\d{3,4}[A-Z-])[\w +./-]{1,39}$`)
	// boardPath is what a script writes before a model: "board/R7000".
	boardPath = regexp.MustCompile(`^\w{2,8}/`)
)

// saidModel returns the model that a page names in one of these ways. "" = none, or several
// that differ.
func (s *Set) saidModel(p *pageText, is func(*said) bool) string {
	return unanimous(p.few(is), func(x *said) string {
		model := x.value
		if x.scripted() {
			model = boardPath.ReplaceAllString(model, "")
		}
		if !x.shown() && x.by != field && model != "" && isDigit(rune(model[0])) {
			return ""
		}
		if !modelWords.MatchString(model) || len(strings.Fields(model)) > 3 || noVersion.MatchString(model) || s.advertises(model) || !s.plausible(model) || x.ofPart() {
			return ""
		}
		return model
	})
}

// onlyMaker returns the maker whose model this can only be, "" = not known.
func (s *Set) onlyMaker(model string) string {
	if maker := s.tokensMaker(model); maker != "" {
		return maker
	}
	return s.onlyModel(model).vendor
}

// tokensMaker returns the maker of whom a text is a token and nothing else, "" = nobody.
func (s *Set) tokensMaker(text string) string {
	for i := range s.tokens {
		if t := &s.tokens[i]; text != "" && t.find(text) == text {
			return t.vendor
		}
	}
	return ""
}

// silent reports whether a page's title says nothing of what the page is about, so that
// its headings may: it has none, plain words, or one word.
func (s *Set) silent(title string) bool { return len(words(title)) <= 1 || s.descriptive(title) }

// The fields of an HTTP observation that withPage adds. Headings are a title in larger
// letters, so they are named as one and masked as one.
const (
	headings   = "title#2"
	headingEnd = " | "
	goes       = "goes"
)

// sends is where a page sends its visitor at once: the path alone, without the slash it
// begins with. Host and query may be anybody's. A page is known by these; whether they
// may be followed is announce.Onward's to say, which wants a whole address on a page that
// shows nothing else.
var sends = regexp.MustCompile(`(?i)(?:;\s*url=|location(?:\.href)?\s*=\s*|\.(?:replace|assign)\()[\s"']*(?:https?://[^/"'\s]+)?[/.]*([\w.-][\w./#-]{2,119})`)

// withPage returns o with what its page's body says in large letters and of itself, and
// with where it sends its visitor, as more fields, and the page itself, nil for what is none.
// o itself stays as it is.
func (s *Set) withPage(o device.Observation, low *lowered) (device.Observation, *pageText) {
	body := o.Get("body")
	if o.Source != device.SourceHTTP || body == "" || document.MatchString(body) {
		return o, nil
	}
	p := s.readHTML(body, o.Get("title"))
	var texts, paths []string
	for _, list := range [][]string{p.metas, p.large, p.titles, p.scripted} {
		for _, text := range list[:min(3, len(list))] {
			if text = oneBlank(text); text != "" && len(text) <= 120 {
				texts = append(texts, text)
			}
		}
	}
	if low.hasAny("body", []string{"url=", "location", "replace(", "assign("}) {
		for _, m := range sends.FindAllStringSubmatch(body, 8) {
			paths = append(paths, m[1])
		}
	}
	o.Fields = maps.Clone(o.Fields)
	if len(texts) > 0 {
		o.Fields[headings] = strings.Join(texts, headingEnd)
	}
	if len(paths) > 0 {
		o.Fields[goes] = strings.Join(paths, " ")
	}
	return o, p
}

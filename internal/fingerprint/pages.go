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

var (
	heading = regexp.MustCompile(`(?is)<h[1-3]\b[^>]{0,120}>(.{1,200}?)</h[1-3]`)
	// lettered are words that are as good as a heading: a greeting, or an element whose mark says so.
	lettered = regexp.MustCompile(`(?is)>\s*(welcome to [^<>]{3,60}?)\s*<|` + inElement + `[^>]{0,100}(?:id|class)=["'](?:login|page|head(?:er)?|logo|product|main)[-_]?(?:title|label|text)["'][^>]{0,100}>(.{1,80}?)</`)
	// scriptTitle is the title that a page's script gives it.
	scriptTitle   = regexp.MustCompile(`\bdocument\.title\s*=\s*(?:"([^"\n<>]{3,60})"|'([^'\n<>]{3,60})')\s*(?:;|\n|\r|$|</)`)
	meta          = regexp.MustCompile(`(?is)<meta\s[^>]{0,60}name=["']?(?:description|generator|application-name)["']?\s[^>]{0,20}content=["']([^"'<>]{2,100})["']`)
	copyright     = regexp.MustCompile(`(?is)(?:©|&copy;|copyright)[^<>]{0,20}?(?:19|20)\d\d(?:\s?[-–,]\s?(?:19|20)\d\d)*[,.]?\s*(?:by\s+)?(?:<a\b[^>]{0,120}>\s*)?([A-Z0-9][^<>|\n]{1,50})|<meta\s+name=["']?copyright["']?\s+content=["'](?:(?:©|&copy;|copyright|\(c\)|[\d\s,-])+)?([^"'<>]{2,60})`)
	modelVariable = regexp.MustCompile(`(?i)(?:^|[^\w.-])(?:g_)?(?:str|sz)?(?:device_?|product_?|hw_?|sys_?|router_?|modem_?)?model(?:_?name|_?number|_?no)?["']?\s*[:=]\s*(?:GV\()?["']([A-Za-z][\w +./-]{2,39})["']|` + inElement + `[^>]{0,80}(?:id|class|name|data-i18n)=["'](?P<mark>[^"']{0,30}model[^"']{0,30})["'][^>]{0,80}>\s*([A-Za-z][\w +./-]{2,39}?)\s*<`)
	// inventory is a page's list of other devices: its title, a heading, a variable, or
	// the mark of an element.
	inventory     = regexp.MustCompile(`(?i)\b(?:clients?|devices|cameras|neighbou?rs?|hosts|leases|stations|attached|connected|inventory)\b`)
	inventoryList = regexp.MustCompile(`(?i)(?:devices|clients|hosts|stations|cameras|neighbou?rs)["']?\s*[:=]\s*\[`)
	inventoryMark = regexp.MustCompile(`(?i)cam|client|neigh|peer|channel|host`)
	// modelCalled is what a page calls its device in other words, which may be its owner's.
	modelCalled = regexp.MustCompile(`(?i)(?:^|[^\w.-])(?:device|product|board|dev_?name|device_?name|product_?name)["']?\s*[:=]\s*["'](?:\w{2,8}/)?([A-Za-z][\w +.-]{2,39})["']|` + inElement + `[^>]{0,80}(?:id|class|name)=["'](?:(?:dev|device|product|prod|router|modem|gateway|box)[_-]?(?:name|type|id|title)|prod|product)["'][^>]{0,80}>\s*([A-Za-z][\w +./-]{2,39}?)\s*<`)
	anyTag      = regexp.MustCompile(`<[^>]*>`)
	// modelRow is a line of a page's table or list that names the model.
	modelRow = regexp.MustCompile(`(?i)<(?:t[dh]\b[^>]{0,120}>` + betweenWords + modelLabel + `[:：]?|(?:span|label|div|p|b|br|strong|font|dt|li)\b[^>]{0,120}>\s*` + modelLabel + `(?:[:：]|</\w{1,6}>))` + betweenWords + `((?:[A-Za-z]|\d{3,4}[A-Z-])[\w +./-]{1,39}?)\s*<`)
	// modelNamedRow is such a line that may name the model, or something else.
	modelNamedRow = regexp.MustCompile(`(?i)<(?:t[dh]|span|label|div|p|b|strong|font|dt|li)\b[^>]{0,120}>` + betweenWords + `(?:(?:product|device|board) ?(?:name|id|type)|alias name|produktname|productnaam|nom(?:e|bre)? d(?:el|o|u) produ(?:to|cto|it)|nome (?:del )?prodotto|nazwa (?:produktu|urządzenia)|наименование|название устройства|产品名称|設備名稱|设备名称|ger(?:ä|&auml;)tename|apparaatnaam)\s*(?::|</\w{1,6}>)` + betweenWords + `([A-Za-z][\w +./-]{2,39}?)\s*<`)
)

// modelLabel is what pages write before the model.
const modelLabel = `(?:(?:(?:hardware|device|product|router|gateway|system) )?model(?:l|lo|o)?(?:\s*(?:name|naam|number|nummer|no\.?))?|mod[eè]le|модель(?: (?:устройства|маршрутизатора))?|(?:产品|设备|產品|設備|裝置)?(?:型[号號]|機種)(?:名称|名稱)?|機種名|(?:製品|装置|モデル|品)名|型番|모델명?|제품 ?모델)\s*`

// betweenWords are what stands between two words of a page: elements and blanks, and what writes
// the second in a script.
const betweenWords = `(?:\s|&nbsp;|["']?\s*</?[a-z][^<>]{0,120}>|document\.write(?:ln)?\()*`

// inElement begins an element that pages write a value in.
const inElement = `<(?:span|div|td|p|b|font|label|strong)\s`

// listBegun is what stands between a heading and the first label below it.
const listBegun = `(?:\s|&nbsp;|</?(?:table|tbody|thead|tr|td|th|div|ul|li|p|span|label|dl|dt)\b[^<>]{0,100}>)*`

// document is how JSON begins: a page to nobody, and read by its keys (info.go).
var document = regexp.MustCompile(`^\s*(?:\[\s*)?\{\s*"`)

// readPage reads what a page says of its device: maker and model in large letters and in
// its head, the model in a table, an element or a script, the firmware it runs, and the
// maker at its foot. All of it is weak: a page may speak of other things too.
func (s *Set) readPage(o device.Observation, low *lowered) []claim {
	body, title := o.Get("body"), o.Get("title")
	if o.Source != device.SourceHTTP || body == "" || document.MatchString(body) {
		return nil
	}
	var out []claim
	if !s.watching.MatchString(title) && !inventory.MatchString(title+" "+o.Get(headings)) {
		its, _ := s.namedFirst(title)
		out = s.readHeadings(o, title, its)
		runs := s.readRunning(o, low, title, cmp.Or(its, s.titlesMaker(title)))
		out = append(append(out, runs...), s.readSaidModel(o, low, title, its)...)
		if len(runs) == 0 {
			out = append(out, s.readObject(o, low, title, its)...)
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
	var out []claim
	c := claimAt(o, field, "page/text", orderPage, vendor, weak)
	c.evidence.Value = text
	if vendor != "" {
		out = append(out, c.giving(device.PartVendor, vendor))
	}
	if model != "" {
		out = append(out, c.giving(device.PartModel, model))
	}
	return out
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
func (s *Set) readSaidModel(o device.Observation, low *lowered, title, its string) []claim {
	body := o.Get("body")
	if !low.hasAny("body", []string{"model", "device", "prod", "devname", "board", "apparaat", "tename", "alias", "nazwa", "наименование", "название", "产品", "名称", "名稱", "modèle", "модель", "型", "機種", "製品名", "装置名", "モデル名", "品名", "모델"}) || inventoryList.MatchString(body) {
		return nil
	}
	variable := s.saidModel(body, modelVariable)
	model := variable
	hidden := ""
	if low.hasAny("body", []string{"hidden"}) {
		hidden = s.saidModel(body, modelHidden)
	}
	row := cmp.Or(hidden, s.saidModel(body, modelRow))
	maker := s.rowsMaker(body, title, its)
	if known := its != "" || maker != "" || s.onlyMaker(row) != ""; model == "" && (known || row != strings.ToLower(row) && !isDigit(rune(row[0]))) {
		model = row // not "gpt-4o", a program's
	}
	if m := s.saidModel(body, modelCalled); model == "" {
		if first, bare := s.namedFirst(m); s.onlyMaker(m) != "" || first != "" && s.named(first, bare) {
			model = m
		}
	}
	if m := s.saidModel(body, modelNamedRow); model == "" {
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

// scriptObject is an object in a page's script that holds no other, and scriptPair a key in it with
// its value.
var (
	scriptObject = regexp.MustCompile(`\{[^{}]+\}`)
	scriptPair   = regexp.MustCompile(`(?:[{,]|^)\s*["']?([A-Za-z]\w{1,30})["']?\s*:\s*["']([^"'<>{}\n]{1,80})["']`)
)

// objectLong is how much of such an object is read, in bytes.
const objectLong = 2000

// readObject reads the one object in a page's script that states a maker's model and the firmware
// it runs: config={product:"AC10", model:"AC10", fw_ver:"V15.03.06.47"}. One of several, in a list
// or called otherwise than the device may be another's.
func (s *Set) readObject(o device.Observation, low *lowered, title, its string) []claim {
	body := o.Get("body")
	if !low.hasAny("body", []string{"model", "product"}) || inventoryList.MatchString(body) || s.gossip.MatchString(title) {
		return nil
	}
	body = aboutProgram.ReplaceAllString(body, "")
	var found map[device.Part]string
	for _, at := range scriptObject.FindAllStringIndex(body, 200) {
		parts := s.objectParts(body[at[0]:min(at[1], at[0]+objectLong)], its)
		if parts[device.PartModel] == "" || parts[device.PartFirmware] == "" {
			continue
		}
		before := strings.TrimRight(body[:at[0]], " \t\r\n")
		if found != nil || strings.HasSuffix(before, "[") || strings.HasSuffix(before, ",") || ofOther(body, at[0]) {
			return nil
		}
		found = parts
	}
	if _, titled := s.namedFirst(title); titled != "" && !within(titled, found[device.PartModel]) {
		return nil // a satellite's
	}
	vendor, model := s.madeBy(found[device.PartModel], its)
	if v := found[device.PartVendor]; v != "" && (its == "" || its == v) {
		vendor, model = v, s.without(v, found[device.PartModel])
	}
	if said := found[device.PartModel]; vendor == "" && its != "" && s.named(its, said) {
		vendor, model = its, said
	}
	if vendor == "" || its != vendor && !s.silent(title) && s.onlyMaker(title) != vendor {
		return nil
	}
	out := onPage(o, "body", found[device.PartModel], vendor, model)
	for i := range out {
		out[i].guessed = true
	}
	for _, p := range []device.Part{device.PartFirmware, device.PartRevision} {
		if v := found[p]; v != "" {
			c := claimAt(o, "body", "page/text", orderPage, vendor, weak).giving(p, v)
			c.evidence.Value = v
			out = append(out, c)
		}
	}
	return out
}

// objectParts returns what the keys of an object in a script mean to everybody, with the maker's
// name as the table has it. its is the maker whom the title names.
func (s *Set) objectParts(object, its string) map[device.Part]string {
	parts := map[device.Part]string{}
	for _, m := range scriptPair.FindAllStringSubmatch(object, 40) {
		key, v := squeeze(m[1]), strings.TrimSpace(m[2])
		part, ok := s.keys[key]
		if maker, _ := s.madeBy(v, its); key == "product" && (maker != "" || its != "" && s.named(its, v)) {
			part, ok = device.PartModel, true
		}
		if !ok || parts[part] != "" || !s.usableInfo(part, key, v) || part == device.PartFirmware && noVersion.MatchString(v) {
			continue
		}
		if part == device.PartVendor {
			known := false
			if v, known = s.Vendor(v); !known {
				continue
			}
		}
		if part == device.PartRevision {
			v = Revision(v)
		}
		parts[part] = v
	}
	return parts
}

// makerRow is a line of a page's table or list that names the maker.
var makerRow = regexp.MustCompile(`(?i)<(?:t[dh]|dt|li|span|label|div|p|b|br|strong)\b[^>]{0,120}>\s*(?:<b>\s*)?(?:manufacturer|vendor|brand|hersteller|fabrikant|fabricante?|produttore|производитель|(?:生产)?厂商|制造商|製造元|メーカー)(?: ?name)?\s*(?::|</\w{1,6}>)` + betweenWords + `([A-Za-z0-9][^<>]{1,39}?)\s*<`)

// makerVariable is a variable of a page's script that names the maker.
var makerVariable = regexp.MustCompile(`(?i)(?:^|[>;{,\s])(?:vendor|manufacturer)(?:_?name)?["']?\s*[:=]\s*["']([A-Za-z0-9][^"'<>]{1,39})["']`)

// rowsMaker returns the maker whom a row of a page's table, or its script, names, where the title
// names nobody.
func (s *Set) rowsMaker(body, title, its string) string {
	found := ""
	in := makerRow
	if !in.MatchString(body) {
		in = makerVariable
	}
	for _, at := range in.FindAllStringSubmatchIndex(body, 4) {
		v, known := s.Vendor(html.UnescapeString(body[at[2]:at[3]]))
		part := underHeading(body, at[0], partsHeading) || in == makerVariable && ofOther(body, at[0])
		if !known || part || s.chipMaker(v) || found != "" && found != v {
			return ""
		}
		found = v
	}
	if its != "" || s.gossip.MatchString(title) {
		return ""
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
		owner := strings.TrimSpace(html.UnescapeString(cmp.Or(m[1], m[2])))
		owner, _, _ = strings.Cut(owner, ". ")
		owner, _, _ = strings.Cut(strings.ToLower(owner), " all rights")
		if v, known := s.Vendor(strings.Trim(owner, " .,-")); known && !s.everyday[fold(owner)] && v != "Microsoft" && v != "Google" {
			out = append(out, onPage(o, "body", strings.TrimSpace(m[0]), v, "")...)
		}
	}
	return out
}

// oneOf returns what a page says with the words of a pattern (in), if it says one thing that
// can be meant. "" = nothing, or several.
func oneOf(body string, in *regexp.Regexp, can func(string) bool) string {
	found := ""
	for _, at := range in.FindAllStringSubmatchIndex(body, 8) {
		v := strings.Trim(body[at[2]:at[3]], ".-(")
		if !can(v) || sentence.MatchString(body[at[3]:]) || ofOther(body, at[0]) || otherCell(body, at[0], at[2]) {
			continue
		}
		switch {
		case found == "" || strings.HasPrefix(found, v+"-"): // "3.0.0.4.378_4980-g8c12415" says it longer
			found = v
		case v != found && !strings.HasPrefix(v, found+"-"):
			return ""
		}
	}
	return found
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

// saidModel returns the model that a page's script or an element of its own names.
// "" = none, or several that differ.
func (s *Set) saidModel(body string, in *regexp.Regexp) string {
	found := ""
	for _, at := range in.FindAllStringSubmatchIndex(body, 8) {
		group := func(i int) string {
			if i < 0 || at[2*i] < 0 {
				return ""
			}
			return body[at[2*i]:at[2*i+1]]
		}
		model := group(1)
		if last := in.NumSubexp(); last > 1 {
			model += group(last)
		}
		model = strings.TrimSpace(model)
		if inventoryMark.MatchString(group(in.SubexpIndex("mark"))) {
			continue
		}
		if in == modelVariable && inOthersObject(body, at[0]) {
			continue
		}
		if choice.MatchString(body[at[0]:at[1]]) || underHeading(body, at[0], partsHeading) {
			continue
		}
		if len(strings.Fields(model)) > 3 || s.advertises(model) || !s.plausible(model) {
			continue
		}
		if found != "" && found != model {
			return ""
		}
		found = model
	}
	return found
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
// with where it sends its visitor, as more fields. o itself stays as it is.
func withPage(o device.Observation, low *lowered) device.Observation {
	if o.Source != device.SourceHTTP || o.Get("body") == "" {
		return o
	}
	more := map[string]string{}
	if low.hasAny("body", []string{"<h1", "<h2", "<h3", "<meta", "welcome to", "title", "label", "text"}) {
		var texts []string
		for _, re := range []*regexp.Regexp{meta, heading, lettered, scriptTitle} {
			for _, m := range re.FindAllStringSubmatch(o.Get("body"), 3) {
				text := strings.Join(strings.Fields(html.UnescapeString(anyTag.ReplaceAllString(strings.Join(m[1:], ""), " "))), " ")
				if text != "" && len(text) <= 120 {
					texts = append(texts, text)
				}
			}
		}
		more[headings] = strings.Join(texts, headingEnd)
	}
	if low.hasAny("body", []string{"url=", "location", "replace(", "assign("}) {
		var paths []string
		for _, m := range sends.FindAllStringSubmatch(o.Get("body"), 8) {
			paths = append(paths, m[1])
		}
		more[goes] = strings.Join(paths, " ")
	}
	maps.DeleteFunc(more, func(_, v string) bool { return v == "" })
	if len(more) > 0 {
		o.Fields = maps.Clone(o.Fields)
		maps.Copy(o.Fields, more)
	}
	return o
}

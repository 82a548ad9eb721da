package ui

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"houdbaar/internal/i18n"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/report"
)

// page is a screen of text or settings: a heading and what belongs to it.
func (w *Window) page(title string, parts ...fyne.CanvasObject) fyne.CanvasObject {
	content := stack(gap, prose(title, heading))
	for _, p := range parts {
		content.Add(p)
	}
	w.scroller = container.NewVScroll(inset(2*gap, 4*gap, 2*gap, 2*gap, container.New(column{widest: 680 * w.textSize, middle: true}, content)))
	return w.scroller
}

// section is a subheading with its text below.
func (w *Window) section(title string, parts ...fyne.CanvasObject) fyne.CanvasObject {
	block := stack(-gap/2, prose(title, subhead))
	for _, p := range parts {
		block.Add(p)
	}
	return block
}

// choice is a set of buttons of which one is on.
func (w *Window) choice(words []string, chosen int, set func(int)) fyne.CanvasObject {
	group := widget.NewRadioGroup(words, func(word string) {
		if i := slices.Index(words, word); i >= 0 {
			set(i)
		}
	})
	group.Required = true
	group.Selected = words[chosen]
	return inset(0, 0, gap, 0, group)
}

func (w *Window) settingsPage() fyne.CanvasObject {
	var languages []string
	for _, l := range i18n.Languages {
		languages = append(languages, l.Name())
	}
	var sizes []string
	for _, k := range textSizes {
		sizes = append(sizes, w.text("settings.text_size_percent", int(k*100)))
	}
	var names []string
	for _, l := range looks {
		names = append(names, w.text("settings.look."+string(l)))
	}
	size := 0
	for i, k := range textSizes {
		if w.textSize >= k {
			size = i
		}
	}
	return w.page(w.text("window.settings"),
		w.section(w.text("settings.language"), w.choice(languages, slices.Index(i18n.Languages, w.printer.Load().Language()), func(i int) { w.setLanguage(i18n.Languages[i]) })),
		w.section(w.text("settings.text_size"), w.choice(sizes, size, func(i int) { w.setTextSize(textSizes[i]) })),
		w.section(w.text("settings.look"), w.choice(names, slices.Index(looks, w.look), func(i int) { w.setLook(looks[i]) })),
		w.section(w.text("settings.networks"), prose(w.text("settings.networks_what"), muted), w.networks()),
	)
}

// networks lists this computer's interfaces with a tick for those a scan uses.
func (w *Window) networks() fyne.CanvasObject {
	if !w.asked {
		return prose(w.text("home.network_asking"), muted)
	}
	list := stack(0)
	for _, i := range w.used() {
		if i.Why == "loopback" && !slices.Contains(w.chosen, i.Name) {
			continue
		}
		name := i.Name
		tick := widget.NewCheck(shown(name, 60), nil)
		tick.Checked = i.Used
		tick.OnChanged = func(on bool) { w.chooseInterface(name, on) }
		note := w.text("settings.network_addresses", w.printer.Load().List(i.Addresses))
		if !i.Used && i.Why != "" {
			note = report.InterfaceText(w.printer.Load(), i)
		}
		list.Add(stack(-1.5*gap, tick, inset(0, 0, size(theme.SizeNameInlineIcon)+gap, 0, prose(note, small, muted))))
	}
	if len(list.Objects) == 0 {
		list.Add(prose(w.text("network.none")))
	}
	if len(w.chosen) > 0 {
		list.Add(container.NewHBox(w.press(pressQuiet, "", w.text("settings.networks_auto"), func() { w.chooseInterfaces(nil) })))
	}
	return inset(0, 0, gap, 0, list)
}

// chooseInterface takes one interface in or out of the scan.
func (w *Window) chooseInterface(name string, on bool) {
	var chosen []string
	for _, i := range w.used() {
		if i.Name == name && on || i.Name != name && i.Used {
			chosen = append(chosen, i.Name)
		}
	}
	w.chooseInterfaces(chosen)
}

// chooseInterfaces keeps a choice of interfaces; none means the engine's own choice.
func (w *Window) chooseInterfaces(names []string) {
	w.chosen = names
	w.app.Preferences().SetStringList(prefInterfaces, names)
	w.build()
}

func (w *Window) sendsPage() fyne.CanvasObject {
	page := []fyne.CanvasObject{prose(w.text("sends.intro"))}
	for _, part := range []string{"asks", "never", "keeps", "whose"} {
		page = append(page, w.section(w.text("sends."+part), prose(w.text("sends."+part+".text"))))
	}
	return w.page(w.text("window.sends"), page...)
}

func (w *Window) aboutPage() fyne.CanvasObject {
	p, meta := w.printer.Load(), w.engine.CatalogueMeta()
	catalogue := w.text("about.no_catalogue")
	if meta.Products > 0 {
		catalogue = w.text("about.catalogue", meta.Version, p.Date(meta.Date), p.Number(meta.Products))
	}
	version := w.o.Version
	if version == "" {
		version = w.text("about.no_version")
	}
	head := container.NewBorder(nil, nil, inset(0, 0, gap, gap, picture(fyne.NewStaticResource("icon.svg", w.o.Icon), 64*w.textSize)), nil,
		stack(-gap, prose("Houdbaar", heading), prose(w.text("about.name"), muted)))
	return w.page(w.text("window.about"), head,
		w.section(w.text("about.version"), prose(version)),
		w.section(w.text("about.catalogue_head"), prose(catalogue), prose(w.text("about.catalogue_what"), muted)),
		w.section(w.text("about.limits"), prose(w.text("about.limits.text"))),
	)
}

// helpOrder is the order in which the verdicts are explained: what needs action first.
var helpOrder = []lifecycle.VerdictKind{lifecycle.ReplaceNow, lifecycle.PlanReplacement, lifecycle.CheckLabel,
	lifecycle.UpdateFirmware, lifecycle.SupportedNow, lifecycle.CannotTell}

func (w *Window) helpPage() fyne.CanvasObject {
	keys := container.New(layout.NewFormLayout())
	for i, key := range []string{"Ctrl+R", "Esc", "Ctrl+F", "↑ ↓", "Enter", "Tab", "F1"} {
		keys.Add(prose(key, bold))
		keys.Add(prose(w.text("help.key." + strconv.Itoa(i+1))))
	}
	for i := 0; i < len(keys.Objects); i += 2 {
		keys.Objects[i].(*words).Wrapping = fyne.TextWrapOff
	}
	signs := stack(gap / 2)
	for _, v := range helpOrder {
		signs.Add(stack(-gap/2, container.NewHBox(inset(0, 0, gap, 0, w.chip(v, w.text("chip."+v.String())))), prose(w.text("help.verdict."+v.String()))))
	}
	parts := []fyne.CanvasObject{w.section(w.text("help.verdicts"), inset(gap, 0, 0, 0, signs))}
	for _, part := range []string{"unknown", "missing", "provider"} {
		parts = append(parts, w.section(w.text("help."+part), prose(w.text("help."+part+".text"))))
	}
	parts = append(parts, w.section(w.text("help.keys"), keys))
	return w.page(w.text("window.help"), parts...)
}

package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"houdbaar/internal/lifecycle"
)

// A look is how the window is coloured.
type look string

// The looks. System follows the desktop's light or dark; HighContrast is black and
// white in the desktop's direction.
const (
	lookSystem       look = "system"
	lookLight        look = "light"
	lookDark         look = "dark"
	lookHighContrast look = "contrast"
)

// looks are all there are, in the order of the settings.
var looks = []look{lookSystem, lookLight, lookDark, lookHighContrast}

// textSizes are the sizes a person can choose, as a factor.
var textSizes = []float32{1, 1.25, 1.5}

// Names of our own colours and sizes, besides Fyne's.
const (
	colourPanel fyne.ThemeColorName = "houdbaar.panel" // cards and bars
	colourEdge  fyne.ThemeColorName = "houdbaar.edge"  // their outline
	colourMuted fyne.ThemeColorName = "houdbaar.muted" // second-rank text
	colourRing  fyne.ThemeColorName = "houdbaar.ring"  // keyboard focus

	sizeTitle fyne.ThemeSizeName = "houdbaar.title" // the question on the home screen
	sizeSmall fyne.ThemeSizeName = "houdbaar.small" // second line of a row, chips
)

// chipText, chipFill and chipEdge name the colours of a verdict.
func chipText(v lifecycle.VerdictKind) fyne.ThemeColorName {
	return fyne.ThemeColorName("houdbaar." + v.String() + ".text")
}
func chipFill(v lifecycle.VerdictKind) fyne.ThemeColorName {
	return fyne.ThemeColorName("houdbaar." + v.String() + ".fill")
}
func chipEdge(v lifecycle.VerdictKind) fyne.ThemeColorName {
	return fyne.ThemeColorName("houdbaar." + v.String() + ".edge")
}

// inks are what a palette is made of.
type inks struct {
	page, panel, edge, text, muted, disabled color.NRGBA
	accent, onAccent, link, ring             color.NRGBA
	hover, pressed, selection                color.NRGBA
	inputEdge                                color.NRGBA
	chips                                    map[lifecycle.VerdictKind][2]color.NRGBA // text, fill
	chipEdges                                bool                                     // chips are outlined in their text's colour
}

// A palette is one set of colours.
type palette map[fyne.ThemeColorName]color.NRGBA

// mix makes a palette.
func mix(k inks) palette {
	p := palette{}
	set := func(c color.NRGBA, names ...fyne.ThemeColorName) {
		for _, name := range names {
			p[name] = c
		}
	}
	set(k.page, theme.ColorNameBackground, theme.ColorNameOverlayBackground, theme.ColorNameInputBackground,
		theme.ColorNameForegroundOnError, theme.ColorNameForegroundOnWarning, theme.ColorNameForegroundOnSuccess)
	set(k.panel, colourPanel, theme.ColorNameMenuBackground, theme.ColorNameButton, theme.ColorNameHeaderBackground, theme.ColorNameDisabledButton)
	set(k.edge, colourEdge, theme.ColorNameSeparator, theme.ColorNameInnerWindowBorder)
	set(k.text, theme.ColorNameForeground)
	set(k.muted, colourMuted, theme.ColorNamePlaceHolder)
	set(k.disabled, theme.ColorNameDisabled)
	set(k.accent, theme.ColorNamePrimary)
	set(k.onAccent, theme.ColorNameForegroundOnPrimary)
	set(k.link, theme.ColorNameHyperlink)
	set(k.ring, colourRing)
	set(withAlpha(k.ring, 0x40), theme.ColorNameFocus)
	set(k.hover, theme.ColorNameHover)
	set(k.pressed, theme.ColorNamePressed)
	set(k.selection, theme.ColorNameSelection)
	set(k.inputEdge, theme.ColorNameInputBorder)
	set(withAlpha(k.text, 0x88), theme.ColorNameScrollBar)
	set(withAlpha(k.text, 0x10), theme.ColorNameScrollBarBackground)
	set(withAlpha(rgb(0x000000), 0x30), theme.ColorNameShadow)
	set(k.chips[lifecycle.ReplaceNow][0], theme.ColorNameError)
	set(k.chips[lifecycle.PlanReplacement][0], theme.ColorNameWarning)
	set(k.chips[lifecycle.SupportedNow][0], theme.ColorNameSuccess)
	for v, c := range k.chips {
		set(c[0], chipText(v))
		set(c[1], chipFill(v), chipEdge(v))
		if k.chipEdges {
			set(c[0], chipEdge(v))
		}
	}
	return p
}

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}

func withAlpha(c color.NRGBA, a uint8) color.NRGBA {
	c.A = a
	return c
}

var lightPalette = mix(inks{
	page: rgb(0xffffff), panel: rgb(0xf6f7f9), edge: rgb(0xdde1e6), text: rgb(0x1b1f24), muted: rgb(0x4d545d), disabled: rgb(0x666d76),
	accent: rgb(0x0b4aa8), onAccent: rgb(0xffffff), link: rgb(0x0b4aa8), ring: rgb(0x0b4aa8),
	hover: withAlpha(rgb(0x1b1f24), 0x0d), pressed: withAlpha(rgb(0x1b1f24), 0x1a), selection: rgb(0xe3eefd), inputEdge: rgb(0x767d86),
	chips: map[lifecycle.VerdictKind][2]color.NRGBA{
		lifecycle.ReplaceNow:      {rgb(0x8c1d18), rgb(0xfce8e6)},
		lifecycle.PlanReplacement: {rgb(0x7a4300), rgb(0xffefd9)},
		lifecycle.CheckLabel:      {rgb(0x665200), rgb(0xfff6cc)},
		lifecycle.UpdateFirmware:  {rgb(0x0b4aa8), rgb(0xe3eefd)},
		lifecycle.SupportedNow:    {rgb(0x1a5c2f), rgb(0xe2f3e7)},
		lifecycle.CannotTell:      {rgb(0x444a52), rgb(0xeceff2)},
		lifecycle.OtherDevice:     {rgb(0x444a52), rgb(0xf6f7f9)},
	},
})

var darkPalette = mix(inks{
	page: rgb(0x16191d), panel: rgb(0x1e2227), edge: rgb(0x363c44), text: rgb(0xe8eaed), muted: rgb(0xb4bbc3), disabled: rgb(0x8f969f),
	accent: rgb(0xa8c8ff), onAccent: rgb(0x0a1c38), link: rgb(0xa8c8ff), ring: rgb(0xa8c8ff),
	hover: withAlpha(rgb(0xe8eaed), 0x12), pressed: withAlpha(rgb(0xe8eaed), 0x22), selection: rgb(0x24344f), inputEdge: rgb(0x89919b),
	chips: map[lifecycle.VerdictKind][2]color.NRGBA{
		lifecycle.ReplaceNow:      {rgb(0xffb4ab), rgb(0x5c1512)},
		lifecycle.PlanReplacement: {rgb(0xffc380), rgb(0x523200)},
		lifecycle.CheckLabel:      {rgb(0xf2dc6b), rgb(0x453a00)},
		lifecycle.UpdateFirmware:  {rgb(0xa8c8ff), rgb(0x10305f)},
		lifecycle.SupportedNow:    {rgb(0x9bd8ac), rgb(0x143d22)},
		lifecycle.CannotTell:      {rgb(0xc7cdd4), rgb(0x343a41)},
		lifecycle.OtherDevice:     {rgb(0xc7cdd4), rgb(0x262b31)},
	},
})

// contrast makes the black and white palette of ink on paper.
func contrast(ink, paper color.NRGBA) palette {
	k := inks{
		page: paper, panel: paper, edge: ink, text: ink, muted: ink, disabled: ink,
		accent: ink, onAccent: paper, link: ink, ring: ink,
		hover: withAlpha(ink, 0x1a), pressed: withAlpha(ink, 0x33), selection: withAlpha(ink, 0x26), inputEdge: ink,
		chips: map[lifecycle.VerdictKind][2]color.NRGBA{}, chipEdges: true,
	}
	for v := lifecycle.CannotTell; v <= lifecycle.OtherDevice; v++ {
		k.chips[v] = [2]color.NRGBA{ink, paper}
	}
	return mix(k)
}

var (
	contrastLight = contrast(rgb(0x000000), rgb(0xffffff))
	contrastDark  = contrast(rgb(0xffffff), rgb(0x000000))
)

// A dress is the window's Fyne theme: a look and a text size.
type dress struct {
	fyne.Theme
	look look
	text float32 // factor on text sizes
}

func newDress(l look, text float32) *dress {
	return &dress{Theme: theme.DefaultTheme(), look: l, text: text}
}

// palette returns the colours for the desktop's variant.
func (d *dress) palette(v fyne.ThemeVariant) palette {
	switch {
	case d.look == lookHighContrast && v == theme.VariantDark:
		return contrastDark
	case d.look == lookHighContrast:
		return contrastLight
	case d.look == lookDark, d.look == lookSystem && v == theme.VariantDark:
		return darkPalette
	}
	return lightPalette
}

func (d *dress) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	if c, ours := d.palette(variant)[name]; ours {
		return c
	}
	return d.Theme.Color(name, variant)
}

// Size implements fyne.Theme. Text grows with the chosen text size, and what must
// hold text grows with it.
func (d *dress) Size(name fyne.ThemeSizeName) float32 {
	k := d.text
	switch name {
	case theme.SizeNameText:
		return 15 * k
	case theme.SizeNameCaptionText, sizeSmall:
		return 13 * k
	case theme.SizeNameSubHeadingText:
		return 17 * k
	case theme.SizeNameHeadingText:
		return 22 * k
	case sizeTitle:
		return 28 * k
	case theme.SizeNameInlineIcon:
		return 20 * k
	case theme.SizeNameLineSpacing:
		return 5 * k
	case theme.SizeNameInputRadius, theme.SizeNameSelectionRadius:
		return 6
	case theme.SizeNameScrollBar:
		return 12
	case theme.SizeNameScrollBarSmall:
		return 5
	}
	return d.Theme.Size(name)
}

// Looks are the names of all looks, for the command line.
func Looks() []string {
	var names []string
	for _, l := range looks {
		names = append(names, string(l))
	}
	return names
}

// setLook changes the colours at once.
func (w *Window) setLook(l look) {
	if l != w.look {
		w.look = l
		w.app.Preferences().SetString(prefLook, string(l))
		w.dressUp()
	}
}

// setTextSize changes the size of all text at once.
func (w *Window) setTextSize(k float32) {
	if k != w.textSize {
		w.textSize = k
		w.app.Preferences().SetFloat(prefText, float64(k))
		w.dressUp()
	}
}

func (w *Window) dressUp() {
	w.app.Settings().SetTheme(newDress(w.look, w.textSize))
	w.build()
}

package ui

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"houdbaar/internal/lifecycle"
)

// luminance is the relative luminance of WCAG 2.2 (definition in its glossary).
func luminance(c color.NRGBA) float64 {
	channel := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(c.R) + 0.7152*channel(c.G) + 0.0722*channel(c.B)
}

func contrastRatio(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// over lays a see-through colour on an opaque one.
func over(top, under color.NRGBA) color.NRGBA {
	mix := func(t, u uint8) uint8 { return uint8((int(t)*int(top.A) + int(u)*(255-int(top.A))) / 255) }
	return color.NRGBA{R: mix(top.R, under.R), G: mix(top.G, under.G), B: mix(top.B, under.B), A: 255}
}

// TestContrast checks every text on everything it stands on, in every look.
func TestContrast(t *testing.T) {
	type pair struct {
		text, on fyne.ThemeColorName
		least    float64
	}
	page, panel := fyne.ThemeColorName(theme.ColorNameBackground), colourPanel
	pairs := []pair{
		{theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary, 4.5},
		{theme.ColorNameForegroundOnError, theme.ColorNameError, 4.5},
		{theme.ColorNameForegroundOnSuccess, theme.ColorNameSuccess, 4.5},
		{theme.ColorNameForegroundOnWarning, theme.ColorNameWarning, 4.5},
		{theme.ColorNameInputBorder, theme.ColorNameInputBackground, 3},
		{theme.ColorNamePlaceHolder, theme.ColorNameInputBackground, 4.5},
		{theme.ColorNameForeground, theme.ColorNameMenuBackground, 4.5},
		{theme.ColorNameForeground, theme.ColorNameOverlayBackground, 4.5},
		{colourRing, page, 3}, {colourRing, panel, 3}, {colourRing, theme.ColorNameSelection, 3},
	}
	for _, on := range []fyne.ThemeColorName{page, panel, theme.ColorNameSelection, theme.ColorNameHover, theme.ColorNameFocus, theme.ColorNamePressed} {
		for _, text := range []fyne.ThemeColorName{theme.ColorNameForeground, colourMuted} {
			pairs = append(pairs, pair{text, on, 4.5})
		}
	}
	for _, on := range []fyne.ThemeColorName{page, panel, theme.ColorNameHover} {
		for _, text := range []fyne.ThemeColorName{theme.ColorNameHyperlink, theme.ColorNameDisabled, theme.ColorNameError, theme.ColorNameWarning, theme.ColorNameSuccess} {
			pairs = append(pairs, pair{text, on, 4.5})
		}
	}
	for v := lifecycle.CannotTell; v <= lifecycle.OtherDevice; v++ {
		pairs = append(pairs,
			pair{chipText(v), chipFill(v), 6.8}, pair{chipText(v), page, 6.8},
			pair{theme.ColorNameForeground, chipFill(v), 4.5}, pair{theme.ColorNameHyperlink, chipFill(v), 4.5})
	}
	test.NewTempApp(t)
	for _, l := range []look{lookLight, lookDark, lookHighContrast} {
		for name, variant := range map[string]fyne.ThemeVariant{"light": theme.VariantLight, "dark": theme.VariantDark} {
			d := newDress(l, 1)
			get := func(n fyne.ThemeColorName) color.NRGBA {
				c := color.NRGBAModel.Convert(d.Color(n, variant)).(color.NRGBA)
				return over(c, color.NRGBAModel.Convert(d.Color(page, variant)).(color.NRGBA))
			}
			for _, p := range pairs {
				if got := contrastRatio(get(p.text), get(p.on)); got < p.least {
					t.Errorf("%s on a %s desktop: %s on %s has contrast %.2f, want at least %.1f", l, name, p.text, p.on, got, p.least)
				}
			}
		}
	}
}

func TestContrastRatioIsThatOfWCAG(t *testing.T) {
	for _, c := range []struct {
		a, b uint32
		want float64
	}{{0x000000, 0xffffff, 21}, {0x777777, 0xffffff, 4.48}, {0x0000ff, 0xffffff, 8.59}} {
		if got := contrastRatio(rgb(c.a), rgb(c.b)); math.Abs(got-c.want) > 0.01 {
			t.Errorf("contrast of %06x on %06x = %.3f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}

func TestTheLookFollowsTheDesktopOnlyWhenAsked(t *testing.T) {
	test.NewTempApp(t)
	for l, want := range map[look][2]uint32{
		lookSystem:       {0xffffff, 0x16191d},
		lookLight:        {0xffffff, 0xffffff},
		lookDark:         {0x16191d, 0x16191d},
		lookHighContrast: {0xffffff, 0x000000},
	} {
		d := newDress(l, 1)
		for i, v := range []fyne.ThemeVariant{theme.VariantLight, theme.VariantDark} {
			if got := d.Color(theme.ColorNameBackground, v); got != rgb(want[i]) {
				t.Errorf("%s, desktop variant %d: page %v, want %06x", l, v, got, want[i])
			}
		}
	}
}

func TestTextGrowsWithTheChosenSize(t *testing.T) {
	test.NewTempApp(t)
	for _, name := range []fyne.ThemeSizeName{theme.SizeNameText, theme.SizeNameHeadingText, theme.SizeNameSubHeadingText, theme.SizeNameCaptionText, sizeSmall, sizeTitle} {
		small, large := newDress(lookLight, 1).Size(name), newDress(lookLight, 1.5).Size(name)
		if large != 1.5*small || small < 12 {
			t.Errorf("%s: %v at 100%%, %v at 150%%", name, small, large)
		}
	}
}

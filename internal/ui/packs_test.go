package ui

import (
	"context"
	"io"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"houdbaar/internal/i18n"
	"houdbaar/internal/scan"
)

func TestTheCatalogueIsSearchedAndChanged(t *testing.T) {
	s := open(t, &storyEngine{findings: inventedHome()}, i18n.English, wide)
	s.show(screenCatalogue)
	s.settled()
	s.wantWords("Version invented", "CC BY 4.0")
	s.lookUp("860")
	s.settled()
	test.Tap(s.button("D-Link DIR-860L · A1, B1"))
	s.wantWords("D-Link DIR-860L Ver. A1", "End of security updates: 1 May 2018", "read on 12 November 2026")
	for pack, want := range map[string]string{"bad": i18n.New(i18n.English).Text("pack.signature") + " Nothing was changed.", "good": "Done: version invented"} {
		s.changeCatalogue("catalogue.installed", func(ctx context.Context, _ site) (meta scan.CatalogueMeta, err error) {
			return s.engine.InstallPack(ctx, strings.NewReader(pack))
		})
		s.settled()
		s.wantWords(want)
	}
	s.changeCatalogue("catalogue.stepped_back", func(ctx context.Context, at site) (scan.CatalogueMeta, error) { return at.engine.StepBack(ctx) })
	s.settled()
	s.wantWords("There is no catalogue from before.")
}

// TestACatalogueIsFetchedWhenAPersonSaysSo and never before; what it means is said first.
func TestACatalogueIsFetchedWhenAPersonSaysSo(t *testing.T) {
	e := &storyEngine{}
	s := open(t, e, i18n.English, fyne.NewSize(1280, 1400))
	s.show(screenCatalogue)
	s.settled()
	said := i18n.New(i18n.English)
	fetch := func(address string) {
		t.Helper()
		test.Tap(s.button("Get it from an address"))
		entry := s.askedFor()
		entry.SetText(address)
		entry.OnSubmitted("")
	}
	for _, address := range []string{"", "good.example/x.pack", "http://good.example/x.pack", "https://anna:word@good.example/x.pack"} {
		fetch(address)
		if !strings.Contains(s.overlaid(), said.Text("pack.no_address")) || !s.answer("Get it").Disabled() {
			t.Errorf("%q: the dialog says %q", address, s.overlaid())
		}
		s.key(fyne.KeyEscape)
	}
	test.Tap(s.button("Get it from an address"))
	s.askedFor().SetText(" https://good.example:8443/x.pack ")
	if got := s.overlaid(); !strings.Contains(got, "fetches this one file from good.example:8443; nothing about your home is sent.") {
		t.Errorf("the dialog says %q", got)
	}
	s.askedFor().SetText("https://good.example." + strings.Repeat("trusted.", 20) + "stranger.example/x.pack")
	if got := s.overlaid(); !strings.Contains(got, "trusted.stranger.example; nothing") || strings.Contains(got, "from good.example") {
		t.Errorf("of a long name the dialog says %q", got)
	}
	s.key(fyne.KeyEscape)
	if len(e.fetched) > 0 {
		t.Fatalf("%v was fetched though nobody said so", e.fetched)
	}

	fetch("https://good.example/x.pack")
	s.settled()
	s.wantWords("Done: version invented")
	for _, code := range []string{"no_host", "no_answer", "certificate", "not_there", "cut_off", "too_large", "not_newer", "signature", "no_pack", "schema", "damaged"} {
		fetch("https://" + code + ".example/x.pack")
		s.settled()
		s.wantWords(said.Text("pack."+code) + " Nothing was changed.")
	}
	fetch("https://no_key.example/x.pack")
	s.settled()
	s.wantWords(said.Text("catalogue.no_key") + " Nothing was changed.")

	s.setLanguage(i18n.Dutch)
	s.wantWords(i18n.New(i18n.Dutch).Text("catalogue.no_key") + " Er is niets veranderd.")
	s.setLanguage(i18n.English)

	fetch("https://slow.example/x.pack")
	s.until("the progress", func() bool { return s.reads("Fetching from slow.example: 735 of 1,259 kB") })
	if !s.button("Use a file").Disabled() || !s.button("Get it from an address").Disabled() {
		t.Error("another catalogue can be installed meanwhile")
	}
	s.show(screenHome)
	s.show(screenCatalogue)
	s.wantWords("Fetching from slow.example: 735 of 1,259 kB")
	test.Tap(s.button("Stop"))
	s.settled()
	s.wantWords("You stopped it. Nothing was changed.")
	if len(e.fetched) != 14 {
		t.Errorf("fetched %v", e.fetched)
	}
}

// TestAnAddressIsRememberedWhereAPersonWants it, and forgotten with everything else.
func TestAnAddressIsRememberedWhereAPersonWants(t *testing.T) {
	e := &storyEngine{}
	s := open(t, e, i18n.English, fyne.NewSize(1280, 1400))
	s.show(screenCatalogue)
	s.settled()
	box := func() *tick { return all[*tick](s.win.Canvas().Overlays().Top())[0] }
	kept := func() string { return s.app.Preferences().String(prefPack) }
	fetch := func(address string, remember bool) {
		t.Helper()
		test.Tap(s.button("Get it from an address"))
		s.askedFor().SetText(address)
		box().SetChecked(remember)
		test.Tap(s.answer("Get it"))
		s.settled()
	}
	fetch("https://not_there.example/x.pack", false)
	if kept() != "" {
		t.Errorf("%q is kept though nobody wanted it", kept())
	}
	test.Tap(s.button("Get it from an address"))
	if got := s.askedFor().Text; got != "https://not_there.example/x.pack" || box().Checked {
		t.Errorf("for another try it has %q, to be remembered: %v", got, box().Checked)
	}
	s.key(fyne.KeyEscape)
	fetch("https://good.example/x.pack", true)
	if kept() != "https://good.example/x.pack" {
		t.Errorf("%q is kept", kept())
	}
	s.delivery = delivery{} // as in the next run
	test.Tap(s.button("Get it from an address"))
	if got := s.askedFor().Text; got != kept() || !box().Checked {
		t.Errorf("next time it has %q, to be remembered: %v", got, box().Checked)
	}
	s.key(fyne.KeyEscape)
	fetch("https://good.example/x.pack", false)
	if kept() != "" {
		t.Errorf("%q is kept though nobody wants it any more", kept())
	}
	fetch("https://good.example/x.pack", true)
	s.askErase()
	test.Tap(s.answer("Erase everything"))
	s.settled()
	if kept() != "" || s.delivery.address != "" {
		t.Errorf("%q, %q are left", kept(), s.delivery.address)
	}
	if len(e.fetched) != 4 {
		t.Errorf("fetched %v", e.fetched)
	}
}

func TestAPublisherIsTrustedAndNoLonger(t *testing.T) {
	s := open(t, &storyEngine{}, i18n.English, fyne.NewSize(1280, 1400), practising(t, &storyEngine{}, make(chan struct{})))
	s.show(screenCatalogue)
	s.settled()
	s.wantWords("Nobody’s yet.")
	for key, want := range map[string]string{"rubbish": i18n.New(i18n.English).Text("pack.no_public_key"), "key": "compare the key with what the publisher itself shows"} {
		s.trust(io.NopCloser(strings.NewReader(key)))
		s.settled()
		if !strings.Contains(s.overlaid(), want) {
			t.Errorf("%s: the dialog says %q", key, s.overlaid())
		}
		s.key(fyne.KeyEscape)
	}
	s.enterPractice()
	s.settled()
	s.leavePractice()
	s.settled()
	s.wantWords("Helpdesk De Brug (invented), with the key 0123456789ABCDEF")
	test.Tap(s.button("Stop trusting"))
	s.settled()
	s.key(fyne.KeyEscape)
	s.wantWords("Nobody’s yet.")
}

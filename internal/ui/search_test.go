package ui

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"houdbaar/internal/device"
	"houdbaar/internal/i18n"
	"houdbaar/internal/lifecycle"
)

func TestRevisionsToChooseFromStandAsPeopleCount(t *testing.T) {
	var products []lifecycle.Product
	for _, r := range []string{"V10", "", "V9", "V14.8", "V14", "V9"} {
		products = append(products, lifecycle.Product{Vendor: "Invented", Model: "X1", Revision: r})
	}
	got := models(products, 5)
	if want := []string{"V9", "V10", "V14", "V14.8"}; len(got) != 1 || !slices.Equal(got[0].revisions, want) {
		t.Errorf("got %+v, want one model with %q", got, want)
	}
}

func TestProposalsAreModelsWithTheirRevisions(t *testing.T) {
	got := models([]lifecycle.Product{
		{Vendor: "D-Link", Model: "DIR-860L", Revision: "B1", Kind: device.Router},
		{Vendor: "D-Link", Model: "DIR-850L", Revision: "A1", Kind: device.Router},
		{Vendor: "D-Link", Model: "DIR-860L", Revision: "A1", Kind: device.Router},
		{Vendor: "D-Link", Model: "DIR-860L", Kind: device.Router},
	}, maxProposals)
	want := []proposal{
		{vendor: "D-Link", model: "DIR-860L", kind: device.Router, revisions: []string{"A1", "B1"}},
		{vendor: "D-Link", model: "DIR-850L", kind: device.Router, revisions: []string{"A1"}},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(proposal{})); diff != "" {
		t.Errorf("proposals (-want +got):\n%s", diff)
	}
}

// TestAFactIsAsPeopleWouldSayIt: codes of campaigns and regions are the catalogue's own.
func TestAFactIsAsPeopleWouldSayIt(t *testing.T) {
	day := lifecycle.Date{Time: time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC), Precision: lifecycle.Day}
	for want, f := range map[string]lifecycle.Fact{
		"Dit model staat in de waarschuwing over SocksEscort":                                                         {Says: lifecycle.Named, Campaign: "socksescort"},
		"CISA, een dienst van de Amerikaanse overheid, meldt dat een lek in dit model wordt misbruikt: CVE-2023-1389": {Says: lifecycle.Named, Campaign: "cisa-kev", Detail: "CVE-2023-1389"},
		"Het model bestaat; op 21 november 2026 was er niets over updates te vinden":                                  {Says: lifecycle.Exists, Date: day},
		"Einde van de beveiligingsupdates: 21 november 2026 · voor wat de bron “CPI” noemt":                           {Says: lifecycle.EndOfSecuritySupport, Date: day, Region: "CPI"},
	} {
		if got := open(t, &storyEngine{}, i18n.Dutch, wide).factText(f); got != want {
			t.Errorf("it says %q, want %q", got, want)
		}
	}
}

package ui

import (
	"slices"
	"testing"

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

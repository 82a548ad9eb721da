package fingerprint

import "testing"

func TestARevisionReadsAsOnTheLabel(t *testing.T) {
	tests := map[string]string{
		"b1": "B1", "rev. B1": "B1", "Ver. A1": "A1", "H/W Ver. B1": "B1", "v5": "V5", "V5": "V5", "2.0": "2.0", "v1.0": "V1.0", "Rev A": "A", "rev.A1": "A1",
	}
	for raw, want := range tests {
		if got := Revision(raw); got != want {
			t.Errorf("%q reads %q, want %q", raw, got, want)
		}
	}
}

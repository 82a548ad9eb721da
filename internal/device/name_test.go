package device

import "testing"

func TestAMakerIsNamedOnce(t *testing.T) {
	for _, c := range []struct{ name, vendor, model, want string }{
		{"a model of its own", "D-Link", "DIR-860L", "D-Link DIR-860L"},
		{"a model that begins with its maker", "Google", "Google Nest Cam IQ", "Google Nest Cam IQ"},
		{"written in capitals", "TP-Link", "TP-LINK Archer C7", "TP-LINK Archer C7"},
		{"written without its hyphen", "D-Link", "DLink DIR-615", "DLink DIR-615"},
		{"joined by a hyphen", "SNR", "SNR-CPE-AX2", "SNR-CPE-AX2"},
		{"a maker of two words", "CP Plus", "CP-Plus E25A", "CP-Plus E25A"},
		{"only the first of a maker's two words", "CP Plus", "CP-E25A", "CP Plus CP-E25A"},
		{"a word that only begins like the maker", "eufy", "eufyCam 2", "eufy eufyCam 2"},
		{"a number that follows at once", "Fon", "FON2601", "Fon FON2601"},
		{"a maker in the middle", "Google", "Nest Cam by Google", "Google Nest Cam by Google"},
		{"a model that is the maker", "Starlink", "Starlink", "Starlink"},
		{"a model that is the beginning of the maker", "Arlo Technologies", "Arlo", "Arlo Technologies Arlo"},
		{"no maker", "", "DIR-860L", "DIR-860L"},
		{"no model", "D-Link", "", "D-Link"},
		{"nothing", "", " ", ""},
		{"a maker of signs alone", "...", "X1", "X1"},
		{"accents and other scripts", "Özdemir", "özdemir 摄像头", "özdemir 摄像头"},
	} {
		if got := FullName(c.vendor, c.model); got != c.want {
			t.Errorf("%s: %q and %q are %q, want %q", c.name, c.vendor, c.model, got, c.want)
		}
	}
}

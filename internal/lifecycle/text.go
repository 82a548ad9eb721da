package lifecycle

import (
	"fmt"
	"slices"
)

// What is a number in Go is a word in JSON, in history and in catalogues, so that a
// constant that moves changes nothing that was kept.

var (
	hows         = []string{NoMatch: "none", ByAlias: "alias", ByModel: "model", ByModelAndRevision: "revision"}
	verdictKinds = []string{CannotTell: "cannot_tell", ReplaceNow: "replace_now", PlanReplacement: "plan_replacement", CheckLabel: "check_label",
		UpdateFirmware: "update_firmware", SupportedNow: "supported", OtherDevice: "other_device"}
)

// Trusts are the words for the ranks of who speaks, each at its rank's place.
var Trusts = []string{SecondHand: "second_hand", Authority: "authority", Vendor: "vendor"}

// String returns the verdict's word.
func (k VerdictKind) String() string { return verdictKinds[k] }

// MarshalText writes the verdict's word.
func (k VerdictKind) MarshalText() ([]byte, error) { return []byte(verdictKinds[k]), nil }

// UnmarshalText reads what MarshalText writes.
func (k *VerdictKind) UnmarshalText(text []byte) error { return read(k, verdictKinds, text) }

// MarshalText writes the rank's word.
func (t Trust) MarshalText() ([]byte, error) { return []byte(Trusts[t]), nil }

// UnmarshalText reads what MarshalText writes.
func (t *Trust) UnmarshalText(text []byte) error { return read(t, Trusts, text) }

// MarshalText writes the word for a way to match.
func (h How) MarshalText() ([]byte, error) { return []byte(hows[h]), nil }

// UnmarshalText reads what MarshalText writes.
func (h *How) UnmarshalText(text []byte) error { return read(h, hows, text) }

// MarshalText writes what String returns.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads a date as ParseDate does.
func (d *Date) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDate(string(text))
	return err
}

// read finds a word's number.
func read[T ~uint8](to *T, words []string, text []byte) error {
	i := slices.Index(words, string(text))
	if i < 0 {
		return fmt.Errorf("no %T %.40q", *to, text)
	}
	*to = T(i)
	return nil
}

package firmware

import (
	"strconv"
	"strings"
)

// numbers reads "1.0.11.100". A number of more than 18 digits is no version number.
func numbers(s string) ([]uint64, bool) {
	parts := strings.Split(s, ".")
	out := make([]uint64, 0, len(parts))
	for _, p := range parts {
		n, ok := number(p)
		if !ok {
			return nil, false
		}
		out = append(out, n)
	}
	return out, true
}

// number reads one number of at most 18 digits.
func number(s string) (uint64, bool) {
	if s == "" || len(s) > 18 {
		return 0, false
	}
	n, err := strconv.ParseUint(s, 10, 64)
	return n, err == nil
}

// date reads YYMMDD or YYYYMMDD, with or without dashes, as the number YYYYMMDD.
func date(s string) (uint64, bool) {
	s = strings.ReplaceAll(s, "-", "")
	n, ok := number(s)
	if !ok {
		return 0, false
	}
	switch len(s) {
	case 6:
		n += 20_00_00_00
	case 8:
	default:
		return 0, false
	}
	month, day := n/100%100, n%100
	return n, n >= 1990_00_00 && month >= 1 && month <= 12 && day >= 1 && day <= 31
}

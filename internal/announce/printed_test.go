package announce

import "testing"

func TestEveryEscapeIsUndoneOnceAndOnlyOnce(t *testing.T) {
	for printed, want := range map[string]struct{ all, said string }{
		`Camera`:                  {`Camera`, `Camera`},
		`My\032Camera\.1`:         {`My Camera.1`, `My Camera.1`},
		`DCS\045932L`:             {`DCS-932L`, `DCS-932L`},
		`Caf\195\169`:             {`Café`, `Café`},
		`100\% x`:                 {`100% x`, `100\% x`},
		`100\\%\032x`:             {`100\% x`, `100\% x`}, // as a library prints "100\% x"
		`a\092032b`:               {`a\032b`, `a\032b`},   // undone twice it would be a blank
		`a\\032b`:                 {`a\032b`, `a\\032b`},
		`My\032Camera\`:           {`My Camera\`, `My Camera\`},
		`My\032Cam\03`:            {`My Cam\03`, `My Cam\03`},
		`\`:                       {`\`, `\`},
		`\\server\share`:          {`\server\share`, `\\server\share`},
		`v1\.0`:                   {`v1.0`, `v1.0`},
		`..\.\x`:                  {`...\x`, `..\.\x`},
		`C:\new\032`:              {`C:\new `, `C:\new\032`},
		`C:\100\200`:              {"C:d\xc8", `C:\100\200`}, // "d" is nothing that is escaped
		`a\200b`:                  {"a\xc8b", `a\200b`},      // no text
		`a\999\032`:               {`a\999 `, `a\999\032`},
		`a\010b`:                  {"a\nb", `a\010b`},
		`"AXIS\032M1065" \(1\)`:   {`"AXIS M1065" (1)`, `"AXIS M1065" (1)`},
		`Büro\032\226\128\153s 1`: {`Büro ’s 1`, `Büro ’s 1`},
	} {
		if got := Unprinted(printed); got != want.all {
			t.Errorf("%q is undone to %q, want %q", printed, got, want.all)
		}
		if got := asSaid(printed); got != want.said {
			t.Errorf("%q is said to be %q, want %q", printed, got, want.said)
		}
	}
}

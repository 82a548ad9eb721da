package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"time"

	"houdbaar/internal/catalogue/build"
)

func runCompare(flags *flag.FlagSet, args []string, out io.Writer) error {
	on := flags.String("on", "", "day to judge for; the new catalogue's date if it is not given")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 2 {
		return errors.New("compare: want two catalogue files, the old one and the new one")
	}
	was, old, err := read(flags.Arg(0))
	if err != nil {
		return err
	}
	is, new, err := read(flags.Arg(1))
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "old %s: version %s, %d products\n", flags.Arg(0), was.Version, was.Products)
	fmt.Fprintf(out, "new %s: version %s, %d products\n", flags.Arg(1), is.Version, is.Products)
	today, err := dayOr(*on, is.Date)
	if err != nil {
		return err
	}
	printChanges(out, build.Compare(old, new, today), today)
	return nil
}

// dayOr reads the flag -on, "" = the day of the catalogue.
func dayOr(on string, date time.Time) (time.Time, error) {
	if on == "" {
		return date, nil
	}
	day, err := time.Parse(time.DateOnly, on)
	if err != nil {
		return day, fmt.Errorf("-on %q: want a day such as 2026-11-21", on)
	}
	return day, nil
}

// printChanges lists changes, and counts them at the end.
func printChanges(out io.Writer, changes []build.Change, today time.Time) {
	var created, changed, gone, judged int
	for _, c := range changes {
		switch {
		case c.New:
			created++
			fmt.Fprintf(out, "new      %s: %s\n", c.ID, c.After)
		case c.Gone:
			gone++
			fmt.Fprintf(out, "gone     %s: was %s\n", c.ID, c.Before)
		default:
			changed++
			verdict := c.After.String()
			if c.Before != c.After {
				judged++
				verdict = c.Before.String() + " -> " + verdict
			}
			fmt.Fprintf(out, "changed  %s: %s\n", c.ID, verdict)
			for _, f := range c.Facts {
				fmt.Fprintf(out, "    %s\n", f)
			}
		}
	}
	fmt.Fprintf(out, "%d new, %d changed (%d with another verdict on %s), %d gone\n", created, changed, judged, today.Format(time.DateOnly), gone)
}

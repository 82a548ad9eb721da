package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"houdbaar/internal/lifecycle"
)

func runExport(flags *flag.FlagSet, args []string, out io.Writer) error {
	file := flags.String("catalogue", catalogueFile, "catalogue to export")
	to := flags.String("o", "", "file to write")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *to == "" {
		return errors.New("export: want -o FILE")
	}
	_, products, err := read(*file)
	if err != nil {
		return err
	}
	f, err := os.Create(*to)
	if err != nil {
		return err
	}
	left, err := lifecycle.WriteOpenEoX(f, products)
	if err := cmp.Or(err, f.Close()); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s: OpenEoX; %d products cannot be written in it: they ended without a day, without a word on security, or with dates that contradict each other\n", *to, left)
	return nil
}

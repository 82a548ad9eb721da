package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"houdbaar/internal/catalogue/build"
)

const importHelp = `
kev, cve and sunsetscan know their publisher. The others want -publisher FOLDER (one
that has a publisher.json), -key, -title and -url of the source. -read is the day
the source was read.

Nothing is written without -write. Products that are not listed are left out unless -add
is given. sunsetscan wants -accept-terms and -into FOLDER, a folder of its own outside
this repository: "mkcatalogue build -sources FOLDER -o FILE" makes a catalogue of it
that stays apart.`

func runImport(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("import", flag.ContinueOnError)
	flags.Usage = func() {
		fmt.Fprintln(flags.Output(), "usage: mkcatalogue import FORMAT [arguments] FILE...")
		flags.PrintDefaults()
		fmt.Fprintln(flags.Output(), "\nFORMAT is one of")
		for _, f := range build.Formats {
			fmt.Fprintf(flags.Output(), "  %-14s %s\n", f.Name, f.About)
		}
		fmt.Fprintln(flags.Output(), importHelp)
	}
	dir := flags.String("sources", sourcesDir, "folder of the source files")
	into := flags.String("into", "", "a separate folder of source files to import into, made if it is not there")
	write := flags.Bool("write", false, "write the source files")
	add := flags.Bool("add", false, "list products that are not listed yet")
	accept := flags.Bool("accept-terms", false, "I have read and accept the terms of the data")
	folder := flags.String("publisher", "", "folder of the publisher")
	var origin build.Origin
	flags.StringVar(&origin.Key, "key", "", "key of the source in sources.csv")
	flags.StringVar(&origin.Title, "title", "", "title of the source")
	flags.StringVar(&origin.URL, "url", "", "address of the source")
	flags.StringVar(&origin.Read, "read", "", "day the source was read")
	flags.StringVar(&origin.Vendor, "vendor", "", "vendor, where the file does not name it")
	flags.StringVar(&origin.Model, "model", "", "model, where the file does not name it")
	flags.StringVar(&origin.Kind, "kind", "", "kind of products that are not listed yet")
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		flags.Usage()
		return flag.ErrHelp
	}
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	if _, err := time.Parse(time.DateOnly, origin.Read); err != nil {
		return errors.New("import: want -read DAY, the day the source was read, such as 2026-11-21")
	}
	if flags.NArg() == 0 {
		return errors.New("import: want a file")
	}
	known := slices.IndexFunc(build.Formats, func(f build.Format) bool { return f.Name == args[0] })
	if known < 0 {
		return fmt.Errorf("import: unknown format %q; \"mkcatalogue import\" lists them", args[0])
	}
	format, target := build.Formats[known], cmp.Or(*into, *dir)
	if format.Apart {
		if err := apart(*dir, *into, *accept); err != nil {
			return err
		}
		*add = true
	}
	sources := &build.Sources{}
	if *into == "" || begun(target) {
		var err error
		if sources, err = build.Load(os.DirFS(target)); err != nil {
			return err
		}
	}
	if format.Asks {
		if *folder == "" || origin.Key == "" || origin.Title == "" || origin.URL == "" {
			return fmt.Errorf("import %s: want -publisher, -key, -title and -url", format.Name)
		}
		if !slices.ContainsFunc(sources.Publishers, func(p build.Publisher) bool { return p.Folder == *folder }) {
			return fmt.Errorf("import: %s has no folder %s with a publisher.json; who publishes, and on what terms, is for you to say", target, *folder)
		}
		origin.Publisher.Folder = *folder
	}
	var total build.Merge
	for _, name := range flags.Args() {
		in, err := importFile(format, name, origin, sources)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		total.Add(sources.Apply(in, *add))
	}
	printMerge(out, total)
	if !*write {
		fmt.Fprintln(out, "nothing was written; -write writes it")
		return nil
	}
	wrote, err := build.Save(sources, target)
	for _, name := range wrote {
		fmt.Fprintln(out, "wrote", filepath.Join(target, name))
	}
	return err
}

// apart refuses data whose terms nobody accepted, or that would get into this project's
// own sources.
func apart(dir, into string, accepted bool) error {
	if !accepted {
		return errors.New("import: SunsetScan's data is CC BY-NC 4.0, not for commercial use; say -accept-terms if you accept that")
	}
	inside, err := within(into, dir)
	if err != nil {
		return err
	}
	if into == "" || inside {
		return errors.New("import: SunsetScan's data stays apart: want -into FOLDER, outside the sources of this project")
	}
	return nil
}

// printMerge lists what an import changes, the new facts last, and counts it at the end.
func printMerge(out io.Writer, m build.Merge) {
	for _, l := range []struct {
		word  string
		lines []string
	}{{"left out", m.Skipped}, {"gone from the file, kept here", m.Gone}, {"changed", m.Changed}, {"new product", m.Products}, {"new", m.New}} {
		for _, line := range l.lines {
			fmt.Fprintf(out, "%s: %s\n", l.word, line)
		}
	}
	fmt.Fprintf(out, "%d new, %d changed, %d gone, %d new products, %d left out\n", len(m.New), len(m.Changed), len(m.Gone), len(m.Products), len(m.Skipped))
}

func importFile(format build.Format, name string, o build.Origin, s *build.Sources) (build.Import, error) {
	f, err := os.Open(name)
	if err != nil {
		return build.Import{}, err
	}
	defer f.Close()
	return format.Read(f, o, s)
}

// begun reports whether a folder holds sources.
func begun(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "vendors.csv"))
	return err == nil
}

// within tells whether a folder lies in another one, or is it.
func within(dir, of string) (bool, error) {
	a, err := filepath.Abs(dir)
	if err != nil {
		return false, err
	}
	b, err := filepath.Abs(of)
	if err != nil {
		return false, err
	}
	rel, err := filepath.Rel(b, a)
	return err == nil && filepath.IsLocal(rel), nil
}

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

// An importing is one call of mkcatalogue import: what was asked.
type importing struct {
	*flag.FlagSet
	format     build.Format
	dir, into  string
	write, add bool
	accept     bool
	folder     string // of the publisher
	origin     build.Origin
}

// declare adds the flags.
func (i *importing) declare() {
	i.Usage = i.help
	i.StringVar(&i.dir, "sources", sourcesDir, "folder of the source files")
	i.StringVar(&i.into, "into", "", "a separate folder of source files to import into, made if it is not there")
	i.BoolVar(&i.write, "write", false, "write the source files")
	i.BoolVar(&i.add, "add", false, "list products that are not listed yet")
	i.BoolVar(&i.accept, "accept-terms", false, "I have read and accept the terms of the data")
	i.StringVar(&i.folder, "publisher", "", "folder of the publisher")
	i.StringVar(&i.origin.Key, "key", "", "key of the source in sources.csv")
	i.StringVar(&i.origin.Title, "title", "", "title of the source")
	i.StringVar(&i.origin.URL, "url", "", "address of the source")
	i.StringVar(&i.origin.Read, "read", "", "day the source was read")
	i.StringVar(&i.origin.Vendor, "vendor", "", "vendor, where the file does not name it")
	i.StringVar(&i.origin.Model, "model", "", "model, where the file does not name it")
	i.StringVar(&i.origin.Kind, "kind", "", "kind of products that are not listed yet")
}

func (i *importing) help() {
	out := i.Output()
	fmt.Fprintln(out, "usage: mkcatalogue import FORMAT [arguments] FILE...")
	i.PrintDefaults()
	fmt.Fprintln(out, "\nFORMAT is one of")
	for _, f := range build.Formats {
		fmt.Fprintf(out, "  %-14s %s\n", f.Name, f.About)
	}
	fmt.Fprintln(out, importHelp)
}

// read reads a call, and refuses one that lacks what its format needs.
func (i *importing) read(args []string) error {
	i.declare()
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		i.help()
		return flag.ErrHelp
	}
	if err := i.Parse(args[1:]); err != nil {
		return err
	}
	known := slices.IndexFunc(build.Formats, func(f build.Format) bool { return f.Name == args[0] })
	if known < 0 {
		return fmt.Errorf("import: unknown format %q; \"mkcatalogue import\" lists them", args[0])
	}
	i.format = build.Formats[known]
	if _, err := time.Parse(time.DateOnly, i.origin.Read); err != nil {
		return errors.New("import: want -read DAY, the day the source was read, such as 2026-11-21")
	}
	if i.NArg() == 0 {
		return errors.New("import: want a file")
	}
	if i.format.Asks && (i.folder == "" || i.origin.Key == "" || i.origin.Title == "" || i.origin.URL == "") {
		return fmt.Errorf("import %s: want -publisher, -key, -title and -url", i.format.Name)
	}
	if i.format.Apart {
		i.add = true
		return apart(i.dir, i.into, i.accept)
	}
	return nil
}

// target is the folder that is imported into.
func (i *importing) target() string { return cmp.Or(i.into, i.dir) }

// open reads the sources that are imported into: none where a folder is yet to be made.
func (i *importing) open() (*build.Sources, error) {
	s := &build.Sources{}
	if i.into == "" || begun(i.into) {
		var err error
		if s, err = build.Load(os.DirFS(i.target())); err != nil {
			return nil, err
		}
	}
	if !i.format.Asks {
		return s, nil
	}
	if !slices.ContainsFunc(s.Publishers, func(p build.Publisher) bool { return p.Folder == i.folder }) {
		return nil, fmt.Errorf("import: %s has no folder %s with a publisher.json; who publishes, and on what terms, is for you to say", i.target(), i.folder)
	}
	i.origin.Publisher.Folder = i.folder
	return s, nil
}

func runImport(flags *flag.FlagSet, args []string, out io.Writer) error {
	i := importing{FlagSet: flags}
	if err := i.read(args); err != nil {
		return err
	}
	sources, err := i.open()
	if err != nil {
		return err
	}
	var total build.Merge
	for _, name := range i.Args() {
		in, err := importFile(i.format, name, i.origin, sources)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		total.Add(sources.Apply(in, i.add))
	}
	printMerge(out, total)
	if !i.write {
		fmt.Fprintln(out, "nothing was written; -write writes it")
		return nil
	}
	wrote, err := build.Save(sources, i.target())
	for _, name := range wrote {
		fmt.Fprintln(out, "wrote", filepath.Join(i.target(), name))
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

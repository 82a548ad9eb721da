package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"houdbaar/internal/catalogue"
	"houdbaar/internal/catalogue/build"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// The folders, as seen from the top of the repository.
const (
	sourcesDir    = "assets/sources"
	catalogueFile = "assets/catalogue/catalogue.db"
)

func runBuild(flags *flag.FlagSet, args []string, out io.Writer) error {
	dir := flags.String("sources", sourcesDir, "folder of the source files")
	file := flags.String("o", catalogueFile, "catalogue to write")
	if err := flags.Parse(args); err != nil {
		return err
	}
	sources, err := verified(*dir)
	if err != nil {
		return err
	}
	if err := build.Write(sources, *file); err != nil {
		return err
	}
	warn(out, sources)
	m, products, err := read(*file)
	if err != nil {
		return err
	}
	facts := 0
	for _, p := range products {
		for _, f := range p.Facts {
			if !f.Withdrawn {
				facts++
			}
		}
	}
	fmt.Fprintf(out, "%s: version %s, %d products, %d facts\n", *file, m.Version, m.Products, facts)
	return nil
}

// read reads a whole catalogue.
func read(file string) (meta scan.CatalogueMeta, products []lifecycle.Product, err error) {
	db, err := catalogue.Open(file)
	if err != nil {
		return meta, nil, err
	}
	defer db.Close()
	products, err = db.All(context.Background())
	return db.Meta(), products, err
}

// warn says which sources were read on a day that is still to come.
func warn(out io.Writer, sources *build.Sources) {
	for _, src := range build.ToCome(sources, time.Now()) {
		fmt.Fprintf(out, "WARNING: %s: %s was read on %s, which is still to come. Every computer would judge for that day.\n", src.Pos, src.Key, src.Read)
	}
}

// verified reads sources that may be built. An error lists what must not; of many
// complaints, the first are enough to begin with.
func verified(dir string) (*build.Sources, error) {
	const most = 40
	sources, err := build.Load(os.DirFS(dir))
	if err != nil {
		return nil, err
	}
	complaints := build.Verify(sources)
	if len(complaints) == 0 {
		return sources, nil
	}
	var b strings.Builder
	for i, c := range complaints {
		if i == most {
			fmt.Fprintf(&b, "  ... and %d more\n", len(complaints)-most)
			break
		}
		fmt.Fprintf(&b, "  %s\n", c)
	}
	return nil, fmt.Errorf("the sources are refused, complaints: %d\n%s", len(complaints), strings.TrimSuffix(b.String(), "\n"))
}

func runVerify(flags *flag.FlagSet, args []string, out io.Writer) error {
	dir := flags.String("sources", sourcesDir, "folder of the source files")
	if err := flags.Parse(args); err != nil {
		return err
	}
	sources, err := verified(*dir)
	if err != nil {
		return err
	}
	warn(out, sources)
	fmt.Fprintf(out, "%s: %d products and %d publishers, nothing to complain about\n", *dir, len(sources.Products), len(sources.Publishers))
	return nil
}

func runSort(flags *flag.FlagSet, args []string, out io.Writer) error {
	dir := flags.String("sources", sourcesDir, "folder of the source files")
	if err := flags.Parse(args); err != nil {
		return err
	}
	sources, err := build.Load(os.DirFS(*dir))
	if err != nil {
		return err
	}
	wrote, err := build.Save(sources, *dir)
	for _, name := range wrote {
		fmt.Fprintln(out, "sorted", name)
	}
	return err
}

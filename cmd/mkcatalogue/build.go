package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"

	"houdbaar/internal/catalogue"
	"houdbaar/internal/catalogue/build"
	"houdbaar/internal/lifecycle"
)

// The folders, as seen from the top of the repository.
const (
	sourcesDir    = "assets/sources"
	catalogueFile = "assets/catalogue/catalogue.db"
)

func runBuild(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("build", flag.ContinueOnError)
	dir := flags.String("sources", sourcesDir, "folder of the source files")
	file := flags.String("o", catalogueFile, "catalogue to write")
	if err := flags.Parse(args); err != nil {
		return err
	}
	fsys := os.DirFS(*dir)
	sources, err := build.Load(fsys)
	if err != nil {
		return err
	}
	digest, err := build.Digest(fsys)
	if err != nil {
		return err
	}
	if err := build.Write(sources, digest, *file); err != nil {
		return err
	}
	db, err := catalogue.Open(*file)
	if err != nil {
		return err
	}
	defer db.Close()
	facts := 0
	if err := db.All(context.Background(), countFacts(&facts)); err != nil {
		return err
	}
	m := db.Meta()
	fmt.Fprintf(out, "%s: version %s, %d products, %d facts\n", *file, m.Version, m.Products, facts)
	return nil
}

func countFacts(n *int) func(p lifecycle.Product) bool {
	return func(p lifecycle.Product) bool {
		*n += len(p.Facts)
		return true
	}
}

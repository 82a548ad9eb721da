package main

import (
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"houdbaar/internal/catalogue/build"
)

// modelsFile is where the rules that name devices look for the models there are.
const modelsFile = "internal/fingerprint/rules/models.txt"

func runModels(flags *flag.FlagSet, args []string, _ io.Writer) error {
	dir := flags.String("sources", sourcesDir, "folder of the source files")
	file := flags.String("o", modelsFile, "file to write")
	if err := flags.Parse(args); err != nil {
		return err
	}
	sources, err := build.Load(os.DirFS(*dir))
	if err != nil {
		return err
	}
	return os.WriteFile(*file, models(sources), 0o644)
}

// models lists the names of all models: a line for each vendor and kind, vendor, kind
// and models separated by tabs. The kind is empty where it is not known or where
// revisions of one model differ in it.
func models(s *build.Sources) []byte {
	kinds := map[[2]string]string{}
	for _, p := range s.Products {
		if strings.ContainsAny(p.Vendor+p.Model, "\t\n") {
			continue
		}
		key := [2]string{p.Vendor, p.Model}
		if have, ok := kinds[key]; ok && have != p.Kind {
			kinds[key] = ""
			continue
		}
		kinds[key] = p.Kind
	}
	lines := map[[2]string][]string{}
	for key, kind := range kinds {
		lines[[2]string{key[0], kind}] = append(lines[[2]string{key[0], kind}], key[1])
	}
	var b strings.Builder
	fmt.Fprintln(&b, `# The models there are, by vendor and kind, separated by tabs. Written by "mkcatalogue models".`)
	for _, k := range slices.SortedFunc(maps.Keys(lines), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) }) {
		slices.Sort(lines[k])
		fmt.Fprintf(&b, "%s\t%s\t%s\n", k[0], k[1], strings.Join(lines[k], "\t"))
	}
	return []byte(b.String())
}

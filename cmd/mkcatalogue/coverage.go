package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"houdbaar/internal/catalogue"
	"houdbaar/internal/catalogue/build"
	"houdbaar/internal/lifecycle"
)

func runCoverage(flags *flag.FlagSet, args []string, out io.Writer) error {
	dir := flags.String("sources", sourcesDir, "folder of the source files")
	file := flags.String("catalogue", catalogueFile, "catalogue to measure")
	on := flags.String("on", "", "day to judge for; the catalogue's date if it is not given")
	short := flags.Bool("short", false, "leave out the list of wanted models")
	if err := flags.Parse(args); err != nil {
		return err
	}
	sources, err := build.Load(os.DirFS(*dir))
	if err != nil {
		return err
	}
	db, err := catalogue.Open(*file)
	if err != nil {
		return err
	}
	defer db.Close()
	day, err := dayOr(*on, db.Meta().Date)
	if err != nil {
		return err
	}
	ctx := context.Background()
	rows, err := build.CoverageOfWanted(ctx, db, sources.Wanted, day)
	if err != nil {
		return err
	}
	products, err := db.All(ctx)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintf(w, "Catalogue %s, %d products, judged for %s\n\n", db.Meta().Version, db.Meta().Products, day.Format(time.DateOnly))
	if !*short {
		fmt.Fprintln(w, "VENDOR\tMODEL\tPRODUCTS\tBEST KNOWN\tVERDICT\tREASON")
		for _, r := range rows {
			fmt.Fprintf(w, "%s\t%s\t%d\t%s\t%s\t%s\n", r.Vendor, r.Model, r.Products, r.Known, r.Verdict, r.Reason)
		}
	}
	countWanted(w, rows)
	countVendors(w, build.CoverageByVendor(products, day))
	return w.Flush()
}

// countWanted counts what is known of the wanted models, and how they are judged.
func countWanted(w io.Writer, rows []build.WantedRow) {
	known, verdicts := 0, map[lifecycle.VerdictKind]int{}
	for _, r := range rows {
		if r.Products > 0 {
			known++
		}
		verdicts[r.Verdict]++
	}
	judged := len(rows) - verdicts[lifecycle.CannotTell]
	fmt.Fprintf(w, "\nWanted models: %d, known %d, judged %d (%s)\n\n", len(rows), known, judged, percent(judged, len(rows)))
	for _, k := range []lifecycle.VerdictKind{lifecycle.ReplaceNow, lifecycle.PlanReplacement, lifecycle.CheckLabel, lifecycle.UpdateFirmware, lifecycle.SupportedNow, lifecycle.CannotTell} {
		fmt.Fprintf(w, "%s\t%d\n", k, verdicts[k])
	}
}

// countVendors counts what is known of the products of each vendor, and of all.
func countVendors(w io.Writer, vendors []build.VendorRow) {
	fmt.Fprintf(w, "\nVENDOR\tPRODUCTS\t%s\n", strings.ToUpper(strings.Join(build.Knowns, "\t")))
	total := build.VendorRow{Vendor: "all", Known: map[string]int{}}
	for _, r := range vendors {
		total.Products += r.Products
		for k, n := range r.Known {
			total.Known[k] += n
		}
	}
	for _, r := range append(vendors, total) {
		fmt.Fprintf(w, "%s\t%d", r.Vendor, r.Products)
		for _, k := range build.Knowns {
			fmt.Fprintf(w, "\t%d", r.Known[k])
		}
		fmt.Fprintln(w)
	}
}

func percent(part, whole int) string {
	if whole == 0 {
		return "none"
	}
	return fmt.Sprintf("%d %%", 100*part/whole)
}

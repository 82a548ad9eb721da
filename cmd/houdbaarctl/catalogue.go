package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"houdbaar/internal/app"
	"houdbaar/internal/catalogue"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/report"
	"houdbaar/internal/scan"
)

// catalogueCommand says which catalogue judges and whose packs are taken, installs one,
// and says whose to take.
func catalogueCommand(ctx context.Context, t prompt, args []string) error {
	flags := newFlags("catalogue")
	rest, err := flags.read(t, args)
	if err != nil {
		return err
	}
	what := "show"
	if len(rest) > 0 {
		what, rest = rest[0], rest[1:]
	}
	commands := map[string]struct {
		run  func(context.Context, prompt, *app.Engine, string) error
		args int
	}{
		"show":     {nil, 0},
		"install":  {installPack, 1},
		"back":     {stepBack, 0},
		"trust":    {trust, 1},
		"distrust": {distrust, 1},
	}
	c, ok := commands[what]
	switch {
	case !ok || len(rest) < c.args:
		return usage(t.Text("ctl.catalogue.what"))
	case len(rest) > c.args:
		return t.extra(rest[c.args])
	}
	engine := t.open()
	defer engine.Close()
	if c.run == nil {
		err := showCatalogue(t, engine, flags.json)
		if _, missing := engine.CatalogueProblem(); missing {
			err = cmp.Or(err, error(failed))
		}
		return err
	}
	if err := c.run(ctx, t, engine, strings.Join(rest, "")); err != nil {
		text := t.Text("pack."+catalogue.Code(err)) + " " + t.Text("catalogue.unchanged")
		return usage(text + "\n(" + report.Clean(err.Error(), 300) + ")")
	}
	return nil
}

// showCatalogue says which catalogue judges, who signed it, and whose packs are taken.
func showCatalogue(t prompt, engine *app.Engine, asJSON bool) error {
	publishers, err := engine.Publishers()
	if err != nil {
		return err
	}
	meta, signer, withdrawn := engine.CatalogueMeta(), engine.SignedBy(), engine.Withdrawn()
	if asJSON {
		return writeCatalogue(t, meta, signer, publishers, withdrawn)
	}
	fmt.Fprintln(t.out, report.CatalogueText(t.Printer, meta, engine.Today()))
	switch {
	case meta.Products == 0: // there is none to have come from anywhere
	case signer == "":
		fmt.Fprintln(t.out, t.Text("ctl.catalogue.own"))
	default:
		fmt.Fprintln(t.out, t.Text("ctl.catalogue.signed", signer))
	}
	if len(publishers) == 0 {
		fmt.Fprintln(t.out, t.Text("ctl.catalogue.nobody"))
	} else {
		fmt.Fprintln(t.out, t.Text("ctl.catalogue.publishers"))
	}
	for _, p := range publishers {
		fmt.Fprintf(t.out, "  %s  %s\n", p.ID, named(t, p))
	}
	if len(withdrawn) > 0 {
		fmt.Fprintln(t.out, t.Text("ctl.catalogue.withdrawn"))
	}
	for _, p := range withdrawn {
		name := report.ProductText(t.Printer, report.NewProductObject(p))
		for _, f := range p.Facts {
			source := report.SourceOf(t.Printer, f.Source)
			fmt.Fprintf(t.out, "  %s: %s: %s (%s, %s)\n", name, t.Text("fact."+string(f.Says)), t.Text("ctl.catalogue.why", report.Clean(f.Why, 200)), source.Title, source.URL)
		}
	}
	return nil
}

// named is how a publisher is called, which its key file says and nobody checked.
func named(t prompt, p scan.Publisher) string {
	if p.Name == "" {
		return t.Text("ctl.catalogue.nameless")
	}
	return report.Clean(p.Name, 80)
}

func writeCatalogue(t prompt, meta scan.CatalogueMeta, signer string, publishers []scan.Publisher, withdrawn []lifecycle.Product) error {
	type retraction struct {
		report.ProductObject
		Says   lifecycle.Statement `json:"says"`
		Why    string              `json:"why"`
		Source report.SourceObject `json:"source"`
	}
	out := struct {
		report.CatalogueObject
		SignedBy   string           `json:"signed_by"`
		Publishers []scan.Publisher `json:"publishers"`
		Withdrawn  []retraction     `json:"withdrawn"`
	}{report.NewCatalogueObject(meta), signer, append([]scan.Publisher{}, publishers...), []retraction{}}
	for _, p := range withdrawn {
		for _, f := range p.Facts {
			out.Withdrawn = append(out.Withdrawn, retraction{report.NewProductObject(p), f.Says, f.Why, report.NewSourceObject(f.Source)})
		}
	}
	return report.WriteJSONLine(t.out, out)
}

// installPack installs a pack from a file, or from an https address.
func installPack(ctx context.Context, t prompt, engine *app.Engine, from string) error {
	pack, err := openPack(ctx, engine, from)
	if err != nil {
		return err
	}
	defer pack.Close()
	meta, err := engine.InstallPack(ctx, pack)
	if err == nil {
		fmt.Fprintln(t.out, t.Text("catalogue.installed", meta.Version, t.Number(meta.Products)))
	}
	return err
}

func openPack(ctx context.Context, engine *app.Engine, from string) (io.ReadCloser, error) {
	if !strings.Contains(from, "://") {
		return os.Open(from)
	}
	pack, err := engine.FetchPack(ctx, from, nil)
	return io.NopCloser(pack), err
}

func stepBack(ctx context.Context, t prompt, engine *app.Engine, _ string) error {
	meta, err := engine.StepBack(ctx)
	if err == nil {
		fmt.Fprintln(t.out, t.Text("catalogue.stepped_back", meta.Version, t.Number(meta.Products)))
	}
	return err
}

// trust takes the packs of a publisher from now on, by the file with its public key.
func trust(_ context.Context, t prompt, engine *app.Engine, file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	p, err := engine.Trust(f)
	if err == nil {
		fmt.Fprintln(t.out, t.Text("ctl.catalogue.trusted", named(t, p), p.ID))
	}
	return err
}

func distrust(_ context.Context, t prompt, engine *app.Engine, id string) error {
	p, err := engine.Distrust(id)
	if err == nil {
		fmt.Fprintln(t.out, t.Text("ctl.catalogue.distrusted", named(t, p), p.ID))
	}
	return err
}

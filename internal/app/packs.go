package app

import (
	"bytes"
	"cmp"
	"context"
	"io"

	"houdbaar/internal/catalogue"
	"houdbaar/internal/scan"
)

// InstallPack makes the catalogue in a pack the one that judges, after catalogue.Install
// has checked it; a refused pack changes nothing. Nothing else may use the engine meanwhile.
func (e *Engine) InstallPack(ctx context.Context, pack io.Reader) (scan.CatalogueMeta, error) {
	return e.change(func(dir string) (scan.CatalogueMeta, error) {
		return catalogue.Install(ctx, pack, dir)
	})
}

// FetchPack gets a pack from an https address that a person gave.
func (e *Engine) FetchPack(ctx context.Context, address string, progress func(have, of int64)) (io.Reader, error) {
	dir, err := DataFolder()
	if err != nil {
		return nil, err
	}
	pack, err := catalogue.Fetch(ctx, address, dir, progress)
	return bytes.NewReader(pack), err
}

// Publishers are those whose packs are taken.
func (e *Engine) Publishers() ([]scan.Publisher, error) {
	dir, err := DataFolder()
	if err != nil {
		return nil, err
	}
	all, err := catalogue.Publishers(dir)
	out := make([]scan.Publisher, len(all))
	for i, p := range all {
		out[i] = publisher(p)
	}
	return out, err
}

// Trust reads the file with a publisher's public key, and takes its packs from now on.
func (e *Engine) Trust(key io.Reader) (scan.Publisher, error) {
	dir, err := DataFolder()
	if err != nil {
		return scan.Publisher{}, err
	}
	p, err := catalogue.Trust(dir, key)
	return publisher(p), err
}

// Distrust takes no more packs of a publisher that was trusted, by the ID of its key.
func (e *Engine) Distrust(id string) (scan.Publisher, error) {
	dir, err := DataFolder()
	if err != nil {
		return scan.Publisher{}, err
	}
	p, err := catalogue.Distrust(dir, id)
	return publisher(p), err
}

// SignedBy is the ID of the key that signed the catalogue that judges, "" when it came
// with the program.
func (e *Engine) SignedBy() string {
	dir, err := DataFolder()
	if err != nil {
		return ""
	}
	return catalogue.Signer(dir, e.CatalogueMeta().Version)
}

func publisher(p catalogue.Publisher) scan.Publisher {
	return scan.Publisher{Name: p.Name, ID: p.ID(), BuiltIn: p.BuiltIn}
}

// StepBack makes the catalogue before the last InstallPack the one that judges again.
// Nothing else may use the engine meanwhile.
func (e *Engine) StepBack(ctx context.Context) (scan.CatalogueMeta, error) {
	return e.change(func(dir string) (scan.CatalogueMeta, error) { return catalogue.StepBack(ctx, dir) })
}

// change replaces the file of the catalogue. It is closed before, because Windows cannot
// rename over an open file, and opened again whatever happened.
func (e *Engine) change(replace func(dir string) (scan.CatalogueMeta, error)) (scan.CatalogueMeta, error) {
	dir, err := DataFolder()
	if err != nil {
		return scan.CatalogueMeta{}, err
	}
	if err := e.catalogue.Close(); err != nil {
		return scan.CatalogueMeta{}, err
	}
	meta, err := replace(dir)
	e.catalogue, e.missing = catalogue.OpenEmbedded(e.builtIn, dir)
	return meta, err
}

// Credits are the lines that publishers ask for where their words are used.
func (e *Engine) Credits(ctx context.Context) ([]string, error) { return e.catalogue.Credits(ctx) }

// Again judges the devices of a scan anew, with the catalogue, the horizon and the
// corrections that hold now; the day stays the scan's.
func (e *Engine) Again(ctx context.Context, s scan.Scan) (scan.Scan, error) {
	on := cmp.Or(s.On, e.Today())
	findings := make([]scan.Finding, 0, len(s.Findings))
	for _, f := range s.Findings {
		again, err := e.judge().Again(ctx, f, on)
		if err != nil {
			return s, err
		}
		findings = append(findings, again)
	}
	scan.Order(findings)
	s.Findings, s.Catalogue = findings, e.CatalogueMeta()
	return s, nil
}

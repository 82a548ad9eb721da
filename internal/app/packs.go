package app

import (
	"context"
	"io"

	"aead.dev/minisign"

	"houdbaar/internal/catalogue"
	"houdbaar/internal/scan"
)

// InstallPack makes the catalogue in a pack the one that judges, after catalogue.Install
// has checked it; a refused pack changes nothing. Nothing else may use the engine meanwhile.
func (e *Engine) InstallPack(ctx context.Context, pack io.Reader) (scan.CatalogueMeta, error) {
	return e.change(func(dir string) (scan.CatalogueMeta, error) {
		return catalogue.Install(ctx, pack, e.keys(), dir)
	})
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

// keys are the public keys that packs are checked with.
func (e *Engine) keys() []minisign.PublicKey {
	if e.Keys != nil {
		return e.Keys
	}
	return catalogue.ReleaseKeys()
}

// Again judges the devices of a scan anew, with the catalogue, the horizon and the
// corrections that hold now; the day stays the scan's.
func (e *Engine) Again(ctx context.Context, s scan.Scan) (scan.Scan, error) {
	on := s.On
	if on.IsZero() {
		on = e.Today()
	}
	findings := make([]scan.Finding, 0, len(s.Findings))
	for _, f := range s.Findings {
		again, err := scan.JudgeAgain(ctx, f, e.rules, e.catalogue, e.Correct, on, e.Options)
		if err != nil {
			return s, err
		}
		findings = append(findings, again)
	}
	scan.Order(findings)
	s.Findings, s.Catalogue = findings, e.CatalogueMeta()
	return s, nil
}

// JudgeTyped judges a box that no scan found, by what a person read on its label.
func (e *Engine) JudgeTyped(ctx context.Context, f scan.Finding) (scan.Finding, error) {
	return scan.JudgeIdentity(ctx, f.Device, f.Identity, e.catalogue, e.Today(), e.Options)
}

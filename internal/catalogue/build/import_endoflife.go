package build

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"gopkg.in/yaml.v3"

	"houdbaar/internal/lifecycle"
)

// eolCycle is one release of endoflife.date. A milestone is a date, true (it happened,
// nobody knows when), false (it did not) or missing.
type eolCycle struct {
	Name         string `json:"cycle" yaml:"releaseCycle"`
	Label        string `json:"releaseLabel" yaml:"releaseLabel"`
	Released     any    `json:"releaseDate" yaml:"releaseDate"`
	EOL          any    `json:"eol" yaml:"eol"`
	Discontinued any    `json:"discontinued" yaml:"discontinued"`
	Latest       any    `json:"latest" yaml:"latest"`
}

// readEndOfLife reads a product of endoflife.date about devices: an answer of its API
// (both the old list of cycles and version 1), or the Markdown page it is made from.
// It restates vendors, so it never speaks louder than second-hand.
func readEndOfLife(r io.Reader, o Origin, _ *Sources) (Import, error) {
	in := o.begin()
	if o.Vendor == "" {
		return in, errors.New("read endoflife.date: say which vendor it is about")
	}
	body, err := io.ReadAll(io.LimitReader(r, 16<<20))
	if err != nil {
		return in, fmt.Errorf("read endoflife.date: %w", err)
	}
	cycles, err := eolCycles(body)
	if err != nil {
		return in, fmt.Errorf("read endoflife.date: %w", err)
	}
	for _, c := range cycles {
		model := c.Label
		if model == "" || model == "__RELEASE_CYCLE__" {
			model = c.Name
		}
		if model == "" {
			in.skip("a release without a name")
			continue
		}
		add := func(says lifecycle.Statement, date, version, detail string) {
			in.add(Fact{Vendor: o.Vendor, Model: model, Says: string(says), Date: date, Version: version, Detail: detail, Source: o.Key})
		}
		in.Products = append(in.Products, Product{Vendor: o.Vendor, Model: model, Kind: o.Kind})
		if date, _ := happened(c.Released); date != "" {
			add(lifecycle.GeneralAvailability, date, "", "")
		}
		if date, yes := happened(c.Discontinued); date != "" {
			add(lifecycle.EndOfSales, date, "", "")
		} else if yes {
			add(lifecycle.Discontinued, "", "", "")
		}
		switch date, yes := happened(c.EOL); {
		case date != "" || yes:
			add(lifecycle.EndOfSecuritySupport, date, "", "")
		case c.EOL != nil:
			add(lifecycle.Supported, "", "", "recorded as not ended")
		}
		if version, ok := c.Latest.(string); ok && version != "" {
			add(lifecycle.KnownFirmware, "", version, "")
		}
	}
	if len(in.Publisher.Facts) == 0 {
		return in, errors.New("read endoflife.date: no releases")
	}
	return in, nil
}

// happened reads a milestone: a day, or whether it happened.
func happened(v any) (date string, yes bool) {
	switch v := v.(type) {
	case string:
		if len(v) >= len("2006-01-02") {
			return v[:len("2006-01-02")], true
		}
	case bool:
		return "", v
	case interface{ Format(string) string }: // a date in YAML
		return v.Format("2006-01-02"), true
	}
	return "", false
}

// eolCycles reads the releases from any of the three forms.
func eolCycles(body []byte) ([]eolCycle, error) {
	body = bytes.TrimSpace(body)
	switch {
	case bytes.HasPrefix(body, []byte("[")):
		var cycles []eolCycle
		err := json.Unmarshal(body, &cycles)
		return cycles, err
	case bytes.HasPrefix(body, []byte("{")):
		return eolReleases(body)
	case bytes.HasPrefix(body, []byte("---")):
		front, _, ok := bytes.Cut(bytes.TrimPrefix(body, []byte("---")), []byte("\n---"))
		if !ok {
			return nil, errors.New("the page has no end of its front matter")
		}
		var page struct {
			Releases []eolCycle `yaml:"releases"`
		}
		err := yaml.Unmarshal(front, &page)
		return page.Releases, err
	}
	return nil, errors.New("neither an answer of the API nor a page")
}

// eolReleases reads an answer of version 1 of the API.
func eolReleases(body []byte) ([]eolCycle, error) {
	var answer struct {
		Result struct {
			Releases []struct {
				Name             string `json:"name"`
				Label            string `json:"label"`
				ReleaseDate      any    `json:"releaseDate"`
				IsEOL            any    `json:"isEol"`
				EOLFrom          any    `json:"eolFrom"`
				IsDiscontinued   any    `json:"isDiscontinued"`
				DiscontinuedFrom any    `json:"discontinuedFrom"`
				Latest           struct {
					Name string `json:"name"`
				} `json:"latest"`
			} `json:"releases"`
		} `json:"result"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return nil, err
	}
	var cycles []eolCycle
	for _, r := range answer.Result.Releases {
		cycles = append(cycles, eolCycle{Name: r.Name, Label: r.Label, Released: r.ReleaseDate, EOL: cmp.Or(r.EOLFrom, r.IsEOL),
			Discontinued: cmp.Or(r.DiscontinuedFrom, r.IsDiscontinued), Latest: r.Latest.Name})
	}
	return cycles, nil
}

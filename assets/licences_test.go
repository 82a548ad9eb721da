package assets

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite licences.txt")

// within are works that stand inside a module, with what their own notices say.
var within = map[string][]string{
	"fyne.io/fyne/v2": {
		"Noto Sans: OFL-1.1, Copyright 2015 Google Inc.", "Inter Symbols: OFL-1.1, Copyright © 2020 The Inter Project Authors",
		"DejaVu Sans Mono: Bitstream Vera licence, Copyright (c) 2003 by Bitstream, Inc.; changes are in the public domain",
		"EmojiOne Color: artwork CC-BY-4.0, EmojiOne; font Copyright 2016 Adobe Systems Incorporated",
	},
	"github.com/mattn/go-sqlite3":     {"SQLite: public domain"},
	"github.com/go-gl/glfw/v3.4/glfw": {"GLFW: Zlib, Copyright (c) 2002-2006 Marcus Geelnard, (c) 2006-2019 Camilla Löwy"},
	"github.com/go-fonts/dejavu":      {"DejaVu fonts: Bitstream Vera licence, Copyright (c) 2003 by Bitstream, Inc.; changes are in the public domain"},
}

// TestEveryLicenceIsKnownAndListed compares licences.txt, which goes into the program,
// with what the three commands link on any system: every module, its version, its
// licence and whose it is. A licence that is not known, or does not let the program
// be passed on as it is, is an error and a person's decision.
func TestEveryLicenceIsKnownAndListed(t *testing.T) {
	modules := map[string]string{} // "path version" to folder
	for _, system := range []string{"linux", "windows", "darwin"} {
		c := exec.Command("go", "list", "-deps", "-tags", "gles,accessibility,migrated_fynedo", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}{{end}}{{end}}", "../cmd/houdbaar", "../cmd/houdbaarctl", "../cmd/mkcatalogue")
		c.Env = append(os.Environ(), "CGO_ENABLED=1", "GOOS="+system)
		var stderr bytes.Buffer
		c.Stderr = &stderr
		out, err := c.Output()
		if err != nil {
			t.Fatalf("go list for %s: %v\n%s", system, err, stderr.Bytes())
		}
		for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
			if id, dir, ok := strings.Cut(line, "\t"); ok && dir != "" {
				modules[id] = dir
			}
		}
	}
	if len(modules) < 20 {
		t.Fatalf("only %d modules are linked", len(modules))
	}
	ids := make([]string, 0, len(modules))
	for id := range modules {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	var b strings.Builder
	b.WriteString("The Go standard library and runtime\n\tBSD-3-Clause\n\tCopyright 2009 The Go Authors.\n")
	for _, id := range ids {
		texts, err := filepath.Glob(filepath.Join(modules[id], "*"))
		if err != nil {
			t.Fatal(err)
		}
		texts = slices.DeleteFunc(texts, func(p string) bool {
			return !regexp.MustCompile(`(?i)^(licen[cs]e|copying)(\.txt|\.md)?$`).MatchString(filepath.Base(p))
		})
		if len(texts) != 1 {
			t.Errorf("%s: licence files %v; want one", id, texts)
			continue
		}
		text, err := os.ReadFile(texts[0])
		if err != nil {
			t.Fatal(err)
		}
		kinds := licences(string(text))
		if len(kinds) == 0 {
			t.Errorf("%s: the licence is not known: %.200q", id, text)
		}
		fmt.Fprintf(&b, "\n%s\n\t%s\n", id, strings.Join(kinds, " and "))
		for _, owner := range owners(string(text)) {
			fmt.Fprintf(&b, "\t%s\n", owner)
		}
		path, _, _ := strings.Cut(id, " ")
		for _, inside := range within[path] {
			fmt.Fprintf(&b, "\tHolds %s\n", inside)
		}
	}
	if *update {
		if err := os.WriteFile("licences.txt", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if Licences != b.String() && !*update {
		t.Error("licences.txt is not what the commands link now: go test ./assets -update, and read the diff")
	}
}

// licences tells by its sentences which licences a text holds, as SPDX names them.
func licences(text string) []string {
	flat := strings.Join(strings.Fields(strings.ToLower(text)), " ")
	var out []string
	for _, l := range []struct {
		name  string
		words string // all must be there
		not   string
	}{
		{"MIT", "permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files", ""},
		{"BSD-3-Clause", "redistribution and use in source and binary forms, with or without modification, are permitted provided|neither the name", ""},
		{"BSD-2-Clause", "redistribution and use in source and binary forms, with or without modification, are permitted provided", "neither the name"},
		{"Apache-2.0", "apache license|version 2.0", "mozilla public license"},
		{"MPL-2.0", "mozilla public license version 2.0|incompatible with secondary licenses", "exhibit b - \"incompatible with secondary licenses\" notice applies"},
		{"MPL-2.0", "mozilla public license, version 2.0|1. definitions", "mozilla public license version 2.0"},
		{"ISC", "permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted", ""},
		{"ISC", "permission to use, copy, modify, and distribute this software for any purpose with or without fee is hereby granted", ""},
	} {
		ok := l.not == "" || !strings.Contains(flat, l.not)
		for _, w := range strings.Split(l.words, "|") {
			ok = ok && strings.Contains(flat, w)
		}
		if ok && !slices.Contains(out, l.name) {
			out = append(out, l.name)
		}
	}
	return out
}

// owners returns the lines of a licence that say whose the work is.
func owners(text string) []string {
	var out []string
	for _, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(line), "#*/"))
		if regexp.MustCompile(`(?i)^(portions )?copyright\s*(\(c\)|©|[0-9])`).MatchString(line) && !slices.Contains(out, line) && len(out) < 6 {
			out = append(out, line)
		}
	}
	return out
}

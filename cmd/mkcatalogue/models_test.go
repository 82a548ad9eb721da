package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestTheListOfModelsIsOfTheseSources(t *testing.T) {
	fresh := filepath.Join(t.TempDir(), "models.txt")
	do(t, nil, "models", "-sources", filepath.Join("..", "..", sourcesDir), "-o", fresh)
	want, err := os.ReadFile(fresh)
	must(t, err)
	got, err := os.ReadFile(filepath.Join("..", "..", modelsFile))
	must(t, err)
	if string(got) != string(want) {
		t.Errorf("%s is not of the sources: write it anew with \"mkcatalogue models\"", modelsFile)
	}
}

func TestModelsOfASourcesFolder(t *testing.T) {
	dir, list := sources(t), filepath.Join(t.TempDir(), "models.txt")
	products := "model,revision,kind,provider,aliases,page,note\nX1,,router,,,,\nX2,A1,router,,,,\nX2,B1,camera,,,,\nX3,,router,,,,\n"
	must(t, os.WriteFile(filepath.Join(dir, "products", "invented.csv"), []byte(products), 0o644))
	do(t, nil, "models", "-sources", dir, "-o", list)
	got, err := os.ReadFile(list)
	must(t, err)
	want := "# The models there are, by vendor and kind, separated by tabs. Written by \"mkcatalogue models\".\nInvented\t\tX2\nInvented\trouter\tX1\tX3\n"
	if string(got) != want {
		t.Errorf("the list is %q, want %q", got, want)
	}
}

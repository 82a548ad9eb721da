package build

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"reflect"
	"slices"
	"strings"
)

// The type of a row says how its file is written: its fields, but for Pos, are the columns, by
// their names in lower case unless a tag says otherwise. Texts stand as they are, lists are
// parted by semicolons, and what is true is "yes".

// columns returns the names of the columns, and which fields they are.
func columns(row reflect.Type) (names []string, fields []int) {
	for i := range row.NumField() {
		f := row.Field(i)
		if name := cmp.Or(f.Tag.Get("csv"), strings.ToLower(f.Name)); !f.Anonymous && name != "-" {
			names, fields = append(names, name), append(fields, i)
		}
	}
	return names, fields
}

// readRows reads the rows of a file, up to the first that is wrong. The first line must be
// exactly the columns.
func readRows[T any](fsys fs.FS, file string) (rows []T, err error) {
	f, err := fsys.Open(file)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	defer f.Close()
	names, fields := columns(reflect.TypeFor[T]())
	r := csv.NewReader(f)
	r.FieldsPerRecord = len(names)
	head, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if !slices.Equal(head, names) {
		return nil, fmt.Errorf("%s:1: columns are %s, want %s", file, strings.Join(head, ","), strings.Join(names, ","))
	}
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return rows, fmt.Errorf("%s: %w", file, err)
		}
		line, _ := r.FieldPos(0)
		pos := Pos{file, line}
		var row T
		to := reflect.ValueOf(&row).Elem()
		to.FieldByName("Pos").Set(reflect.ValueOf(pos))
		for i, text := range record {
			if err := setCell(to.Field(fields[i]), text); err != nil {
				return rows, fmt.Errorf("%s: %w", pos, err)
			}
		}
		rows = append(rows, row)
	}
}

// table is a file of rows in their order.
func table[T any](rows []T, order func(a, b T) int) []byte {
	names, fields := columns(reflect.TypeFor[T]())
	var b bytes.Buffer // writing to which cannot fail
	w := csv.NewWriter(&b)
	w.Write(names)
	for _, row := range slices.SortedStableFunc(slices.Values(rows), order) {
		var record []string
		for _, i := range fields {
			record = append(record, cell(reflect.ValueOf(row).Field(i)))
		}
		w.Write(record)
	}
	w.Flush()
	return b.Bytes()
}

// cell writes a field.
func cell(field reflect.Value) string {
	switch v := field.Interface().(type) {
	case []string:
		return strings.Join(v, "; ")
	case bool:
		if !v {
			return ""
		}
		return "yes"
	}
	return field.String()
}

// setCell reads what cell writes.
func setCell(field reflect.Value, text string) error {
	switch field.Interface().(type) {
	case []string:
		field.Set(reflect.ValueOf(list(text)))
	case bool:
		if text != "yes" && text != "" {
			return fmt.Errorf("%q: want yes or nothing", text)
		}
		field.SetBool(text == "yes")
	default:
		field.SetString(text)
	}
	return nil
}

// list splits "a; b".
func list(s string) []string {
	var out []string
	for _, part := range strings.Split(s, ";") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

package history

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"houdbaar/internal/device"
)

// TestNothingIsMadeToLook: asking of a history that is not there makes none.
func TestNothingIsMadeToLook(t *testing.T) {
	s := New(filepath.Join(t.TempDir(), "data", FileName), clock)
	defer s.Close()
	if rows, err := s.List(ctx, ""); err != nil || len(rows) != 0 {
		t.Errorf("visits %v, %v", rows, err)
	}
	if v, ok, err := s.Visit(ctx, Home); err != nil || ok || len(v.Scans) != 0 {
		t.Errorf("visit %+v, %v, %v", v, ok, err)
	}
	if _, ok, err := s.Scan(ctx, Home, 0); err != nil || ok {
		t.Errorf("scan %v, %v", ok, err)
	}
	if _, ok, err := s.Compare(ctx, Pick{Ref: Home}, Pick{Ref: Home}); err != nil || ok {
		t.Errorf("compared %v, %v", ok, err)
	}
	if n, err := s.ForgetBefore(ctx, today); err != nil || n != 0 {
		t.Errorf("%d forgotten, %v", n, err)
	}
	if days, err := s.Keep(ctx); err != nil || days != 0 {
		t.Errorf("kept for %d days, %v", days, err)
	}
	must(t, s.Erase(ctx))
	if Exists(s.Path()) {
		t.Error("there is a file")
	}
	keep(t, s, Home, home(1, 2))
	must(t, s.Close())
	if v := visit(t, s, Home); len(v.Scans) != 1 {
		t.Errorf("the next use finds %d scans", len(v.Scans))
	}
}

func TestWithoutAFolderNothingIsKept(t *testing.T) {
	s := New("", clock)
	if _, err := s.List(ctx, ""); Code(err) != "nowhere" {
		t.Errorf("list: %v", err)
	}
	if _, err := s.Save(ctx, Home, home(1, 1)); Code(err) != "nowhere" {
		t.Errorf("save: %v", err)
	}
}

// TestWhatIsOnlyViewedIsWrittenOnceItCanBe puts a folder where SQLite's log belongs, which
// stops root too.
func TestWhatIsOnlyViewedIsWrittenOnceItCanBe(t *testing.T) {
	path := filepath.Join(t.TempDir(), FileName)
	s := open(t, path)
	keep(t, s, Home, home(1, 2))
	must(t, s.Close(), os.Mkdir(path+"-wal", 0o700))
	before, err := os.ReadFile(path)
	must(t, err)
	if v := visit(t, s, Home); len(v.Scans) != 1 || Code(s.Stuck()) != "forbidden" {
		t.Fatalf("%d scans; stuck by %v", len(v.Scans), s.Stuck())
	}
	d := device.Device{ID: "mac-00005e005301", MAC: "00:00:5e:00:53:01"}
	if err := s.Note(ctx, Home, 1, d, "x"); Code(err) != "forbidden" {
		t.Errorf("what cannot be written gives %v", err)
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, before) {
		t.Errorf("the file changed, or %v", err)
	}
	if v := visit(t, s, Home); len(v.Scans) != 1 || s.Stuck() == nil {
		t.Errorf("it is no longer viewed: %d scans", len(v.Scans))
	}
	reader, err := s.reading(ctx)
	must(t, err)
	must(t, os.Remove(path+"-wal"), s.Note(ctx, Home, 1, d, "x"))
	if err := reader.Ping(); err != nil {
		t.Errorf("who was reading meanwhile gets %v", err)
	}
	if v := visit(t, s, Home); len(v.Devices) != 1 || s.Stuck() != nil {
		t.Errorf("%d notes; stuck by %v", len(v.Devices), s.Stuck())
	}
}

// TestWhatIsKeptAfterTheFileWasRemovedIsThere: the file is made anew, not written where
// nobody finds it.
func TestWhatIsKeptAfterTheFileWasRemovedIsThere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data", FileName)
	s := New(path, clock)
	defer s.Close()
	keep(t, s, Home, home(1, 2), home(2, 2))
	must(t, os.RemoveAll(filepath.Dir(path)))
	if v, ok, err := s.Visit(ctx, Home); err != nil || ok {
		t.Errorf("of the removed file it tells %d scans, %v", len(v.Scans), err)
	}
	keep(t, s, Home, home(3, 2))
	other := New(path, clock)
	defer other.Close()
	if v := visit(t, other, Home); len(v.Scans) != 1 {
		t.Errorf("another program finds %d scans", len(v.Scans))
	}
}

package history

import (
	"os"
	"path/filepath"
	"testing"

	"houdbaar/internal/device"
)

// TestAFileThatMayNotBeWrittenCanBeViewed reads all there is and changes nothing, also
// for root: the database itself is opened for reading.
func TestAFileThatMayNotBeWrittenCanBeViewed(t *testing.T) {
	path := filepath.Join(t.TempDir(), FileName)
	s := open(t, path)
	v := newVisit(t, s, "Familie Voorbeeld")
	keep(t, s, v.Ref, home(1, 3))
	must(t, s.Close())
	before, err := os.ReadFile(path)
	must(t, err)
	shown, err := view(ctx, path, s.now)
	must(t, err)
	defer shown.Close()
	rows, err := shown.List(ctx, "voorbeeld")
	if err != nil || len(rows) != 1 {
		t.Fatalf("%d visits, %v", len(rows), err)
	}
	done, ok, err := shown.Scan(ctx, v.Ref, 0)
	if err != nil || !ok || len(done.Findings) != 3 {
		t.Errorf("%d devices, %v, %v", len(done.Findings), ok, err)
	}
	for what, err := range map[string]error{
		"describe": shown.Describe(ctx, v.Ref, "x", "", ""),
		"note":     shown.Note(ctx, v.Ref, 1, device.Device{MAC: "00:00:5e:00:53:01"}, "x"),
		"forget":   shown.Forget(ctx, v.Ref),
	} {
		if code := Code(err); code != "forbidden" {
			t.Errorf("%s: %q (%v)", what, code, err)
		}
	}
	after, err := os.ReadFile(path)
	if err != nil || string(after) != string(before) {
		t.Errorf("the file changed, or %v", err)
	}
	if _, err := view(ctx, filepath.Join(t.TempDir(), "none.db"), s.now); err == nil {
		t.Error("a file that is not there can be viewed")
	}
}

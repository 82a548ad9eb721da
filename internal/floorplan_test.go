package internal

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// room says what a package may import: our own rooms, and whether it is pure.
type room struct {
	ours []string
	pure bool // no sockets, files, processes, databases, logs or clock
	may  []string
}

// plan is the floor plan. "*" means any room.
var plan = map[string]room{
	"device":          {pure: true},
	"firmware":        {pure: true},
	"i18n":            {pure: true},
	"announce":        {pure: true, ours: []string{"device"}},
	"fingerprint":     {pure: true, ours: []string{"device", "firmware"}},
	"lifecycle":       {pure: true, ours: []string{"device", "firmware"}},
	"scan":            {pure: true, ours: []string{"device", "lifecycle"}},
	"report":          {pure: true, ours: []string{"device", "i18n", "lifecycle", "scan"}, may: []string{"github.com/signintech/gopdf", "github.com/go-fonts/dejavu", "github.com/boombuler/barcode"}},
	"lan":             {may: []string{"github.com/gopacket/gopacket/macs"}},
	"sqlite":          {may: []string{"github.com/mattn/go-sqlite3"}},
	"casefile":        {ours: []string{"announce", "device"}},
	"discover":        {ours: []string{"announce", "device", "lan", "scan"}, may: []string{"github.com/huin/goupnp", "github.com/hashicorp/mdns"}},
	"probe":           {ours: []string{"announce", "device", "lan", "scan"}},
	"catalogue":       {ours: []string{"device", "lifecycle", "scan", "sqlite"}},
	"history":         {ours: []string{"device", "lifecycle", "scan", "sqlite"}},
	"catalogue/build": {ours: []string{"catalogue", "device", "lifecycle", "sqlite"}},
	"doctor":          {ours: []string{"announce", "device", "discover", "lan", "scan"}},
	"app":             {ours: []string{"casefile", "catalogue", "device", "discover", "doctor", "fingerprint", "firmware", "history", "i18n", "lan", "lifecycle", "probe", "scan"}},
	"ui":              {ours: []string{"device", "history", "i18n", "lifecycle", "report", "scan"}, may: []string{"fyne.io/fyne"}},
	"lab":             {ours: []string{"casefile"}},
}

// oneDoor lists the libraries that only the rooms naming them in may, and cmd, import.
var oneDoor = []string{"github.com/gopacket/gopacket", "fyne.io/fyne", "github.com/huin/goupnp", "github.com/hashicorp/mdns", "github.com/mattn/go-sqlite3",
	"github.com/signintech/gopdf", "github.com/go-fonts/dejavu", "github.com/boombuler/barcode"}

// impure are the imports that a pure room never has. net/netip, io, context and
// the parsing half of net/http (announce only, checked by hand) are no I/O.
var impure = []string{"net", "net/http", "os", "os/exec", "syscall", "database/sql", "log", "log/slog"}

func TestFloorPlan(t *testing.T) {
	seen := map[string]bool{}
	fset := token.NewFileSet()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		dir := filepath.ToSlash(filepath.Dir(path))
		if dir == "." {
			return nil
		}
		r, ok := plan[dir]
		if !ok {
			t.Errorf("%s: package %s is not in the floor plan; add a line to the plan or rebuild the room", path, dir)
			return nil
		}
		seen[dir] = true
		f, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		test := strings.HasSuffix(path, "_test.go")
		for _, spec := range f.Imports {
			imp, _ := strconv.Unquote(spec.Path.Value)
			if ours, is := strings.CutPrefix(imp, "houdbaar/internal/"); is {
				if !slices.Contains(r.ours, ours) && !test {
					t.Errorf("%s imports %s; %s may import only %v", path, ours, dir, r.ours)
				}
				if ours == "lab" && !test {
					t.Errorf("%s imports lab, which is for tests and cmd", path)
				}
			}
			if test {
				continue
			}
			if imp == "testing" {
				t.Errorf("%s imports testing, which then is in the program", path)
			}
			if r.pure && slices.Contains(impure, imp) && !(dir == "announce" && imp == "net/http") {
				t.Errorf("%s imports %s; %s is a pure room", path, imp, dir)
			}
			for _, lib := range oneDoor {
				if strings.HasPrefix(imp, lib) && !slices.ContainsFunc(r.may, func(m string) bool { return strings.HasPrefix(m, lib) }) {
					t.Errorf("%s imports %s, whose one door is another room", path, imp)
				}
			}
		}
		if r.pure && !test {
			ast.Inspect(f, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == "Now" {
					if x, ok := s.X.(*ast.Ident); ok && x.Name == "time" {
						t.Errorf("%s calls time.Now; in a pure room time comes in as an argument", fset.Position(n.Pos()))
					}
				}
				return true
			})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for dir := range plan {
		if !seen[dir] {
			t.Errorf("the floor plan lists %s, which has no Go file", dir)
		}
	}
}

// TestEveryRoomSaysWhatItIsFor wants a package comment in every package, once.
func TestEveryRoomSaysWhatItIsFor(t *testing.T) {
	for dir := range plan {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		said, name := 0, ""
		for _, path := range files {
			f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.PackageClauseOnly|parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(f.Name.Name, "_test") {
				continue
			}
			name = f.Name.Name
			if f.Doc != nil && strings.HasPrefix(f.Doc.Text(), "Package "+name+" ") {
				said++
			} else if f.Doc != nil {
				t.Errorf("%s: package comment does not begin with %q", path, "Package "+name)
			}
		}
		if said != 1 {
			t.Errorf("package %s has %d package comments, want 1", dir, said)
		}
	}
}

// TestPromptLinksNoWindow: houdbaarctl runs over a remote shell, where there is no display.
func TestPromptLinksNoWindow(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "houdbaar/cmd/houdbaarctl").CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	for _, dep := range strings.Fields(string(out)) {
		if strings.HasPrefix(dep, "fyne.io/") {
			t.Errorf("houdbaarctl links %s; the engine must stay apart from the window", dep)
		}
	}
}

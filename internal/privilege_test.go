package internal

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayRun are the folders whose code may start another program: the lab's namespaces
// and daemons alone. So no shell can ever be given what a device said.
var mayRun = []string{"internal/lab"}

// mayListen are the folders whose code may wait for TCP connections.
var mayListen = []string{"internal/lab"}

// TestNothingStartsAProgramOrListens reads every line that is shipped.
func TestNothingStartsAProgramOrListens(t *testing.T) {
	files, fset := 0, token.NewFileSet()
	in := func(path string, dirs []string) bool {
		return slices.ContainsFunc(dirs, func(d string) bool { return strings.HasPrefix(path, d+"/") })
	}
	for _, root := range []string{"../internal", "../cmd", "../assets"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			f, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			files++
			name := strings.TrimPrefix(filepath.ToSlash(path), "../")
			for _, spec := range f.Imports {
				switch imp, _ := strconv.Unquote(spec.Path.Value); imp {
				case "os/exec", "plugin", "C":
					if !in(name, mayRun) {
						t.Errorf("%s imports %s", name, imp)
					}
				case "net/http/httptest", "net/rpc", "expvar", "net/http/pprof":
					t.Errorf("%s imports %s", name, imp)
				}
			}
			ast.Inspect(f, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				s, ok := call.Fun.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				x, _ := s.X.(*ast.Ident)
				switch s.Sel.Name {
				case "StartProcess", "ForkExec", "Exec":
					if x != nil && (x.Name == "os" || x.Name == "syscall" || x.Name == "unix") && !in(name, mayRun) {
						t.Errorf("%s starts a program", fset.Position(n.Pos()))
					}
				case "Listen", "ListenTCP", "ListenAndServe", "ListenAndServeTLS", "Serve", "ServeTLS":
					if !in(name, mayListen) {
						t.Errorf("%s listens", fset.Position(n.Pos()))
					}
				case "LookupHost", "LookupIP", "LookupAddr", "LookupNetIP", "ResolveTCPAddr", "ResolveUDPAddr", "ResolveIPAddr":
					if x != nil && x.Name == "net" {
						t.Errorf("%s may look up a name", fset.Position(n.Pos()))
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 100 {
		t.Errorf("only %d files were read", files)
	}
}

package history

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/i18n"
	"houdbaar/internal/report"
	"houdbaar/internal/sqlite"
)

// TestMain lets the test binary be the other program, when it is asked to.
func TestMain(m *testing.M) {
	switch path := os.Getenv("HOUDBAAR_HISTORY"); os.Getenv("HOUDBAAR_TEST_AS") {
	case "writer":
		writer(path)
	case "filler":
		filler(path)
	default:
		os.Exit(m.Run())
	}
}

// other starts the test binary as another program.
func other(t *testing.T, role, path string, wrap ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	must(t, err)
	cmd := exec.Command(self)
	if len(wrap) > 0 {
		cmd = exec.Command(wrap[0], append(wrap[1:], self)...)
	}
	cmd.Env = append(os.Environ(), "HOUDBAAR_TEST_AS="+role, "HOUDBAAR_HISTORY="+path)
	cmd.Stderr = os.Stderr
	return cmd
}

// writer saves scans until it is killed, or until it has saved ten, and says which are
// acknowledged.
func writer(path string) {
	s, err := Open(ctx, path, time.Now)
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	many := os.Getenv("HOUDBAAR_TEST_FOREVER") != ""
	for i := 0; i < 10 || many; i++ {
		n, err := s.Save(ctx, Home, home(i, 20))
		if err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		fmt.Println(n)
	}
	s.Close()
}

// filler saves scans until the disk is full, and then tells what it can still do.
func filler(path string) {
	s, err := Open(ctx, path, time.Now)
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	saved := 0
	for ; saved < 10_000; saved++ {
		if _, err = s.Save(ctx, Home, home(saved, 40)); err != nil {
			break
		}
	}
	fmt.Println(Code(err), saved)
	for n := 1; n <= saved; n++ {
		if done, ok, err := s.Scan(ctx, Home, n); err != nil || !ok || len(done.Findings) != 40 {
			fmt.Println("scan", n, "is lost:", ok, err)
			os.Exit(1)
		}
	}
	s.Close()
	if s, err = Open(ctx, path, time.Now); err != nil {
		fmt.Println("cannot be opened again:", err)
		os.Exit(1)
	}
	v, _, err := s.Visit(ctx, Home)
	fmt.Println("again", len(v.Scans), err, Code(sqlite.Check(ctx, s.db)))
	s.Close()
}

// TestKilledWhileWritingLosesNothingAcknowledged kills the writer after it has
// acknowledged some scans, somewhere in the writing of the next.
func TestKilledWhileWritingLosesNothingAcknowledged(t *testing.T) {
	path := filepath.Join(t.TempDir(), FileName)
	total := 0
	for round := range 6 {
		cmd := other(t, "writer", path)
		cmd.Env = append(cmd.Env, "HOUDBAAR_TEST_FOREVER=yes")
		out, err := cmd.StdoutPipe()
		must(t, err)
		must(t, cmd.Start())
		lines := bufio.NewScanner(out)
		acknowledged := 0
		for range 2 + round*3 {
			if !lines.Scan() {
				t.Fatal("the writer ended by itself")
			}
			if _, err := fmt.Sscan(lines.Text(), &acknowledged); err != nil {
				t.Fatalf("the writer said %q", lines.Text())
			}
		}
		cmd.Process.Kill()
		for lines.Scan() { // what it acknowledged before it died
			fmt.Sscan(lines.Text(), &acknowledged)
		}
		cmd.Wait()
		s := open(t, path)
		must(t, sqlite.Check(ctx, s.db))
		v := visit(t, s, Home)
		if len(v.Scans) < acknowledged || len(v.Scans) > acknowledged+1 {
			t.Fatalf("%d scans, %d were acknowledged", len(v.Scans), acknowledged)
		}
		for _, i := range v.Scans {
			if done, ok, err := s.Scan(ctx, Home, i.Number); err != nil || !ok || len(done.Findings) != 20 {
				t.Fatalf("scan %d is not whole: %v, %v", i.Number, ok, err)
			}
		}
		total = len(v.Scans)
		s.Close()
	}
	if total < 30 {
		t.Fatalf("only %d scans in the end", total)
	}
}

// TestAFullDiskLosesNothing fills a disk of its own: a file system in memory where the
// kernel lets us make one, else a limit on the size of files.
func TestAFullDiskLosesNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "data", FileName)
	for name, wrap := range map[string][]string{
		"a small file system":          {"unshare", "-Urm", "sh", "-c", `mount -t tmpfs -o size=2m none "$0" && exec "$1"`, dir},
		"a limit on the size of files": {"sh", "-c", `ulimit -f 2000; exec "$0"`},
	} {
		if name == "a small file system" && exec.Command("unshare", "-Urm", "true").Run() != nil {
			t.Logf("%s: this kernel lets us make none", name)
			continue
		}
		out, err := other(t, "filler", path, wrap...).Output()
		said := strings.Fields(string(out))
		if err != nil || len(said) < 5 || said[0] != "full" || said[1] == "0" || said[3] != said[1] || said[4] != "<nil>" {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
	// And without a kernel: SQLite's own limit.
	s := fresh(t)
	keep(t, s, Home, home(0, 2))
	if _, err := s.db.Exec(`PRAGMA max_page_count = 40`); err != nil {
		t.Fatal(err)
	}
	var err error
	saved := 1
	for ; err == nil && saved < 100; saved++ {
		_, err = s.Save(ctx, Home, home(0, 20))
	}
	if Code(err) != "full" || len(visit(t, s, Home).Scans) != saved-1 {
		t.Errorf("%v; %d scans of %d", err, len(visit(t, s, Home).Scans), saved-1)
	}
}

func TestAFolderThatCannotBeWritten(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	must(t, os.MkdirAll(dir, 0o700))
	must(t, os.WriteFile(filepath.Join(dir, "file"), nil, 0o600))
	for name, path := range map[string]string{
		"the kernel's own":    "/proc/houdbaar/" + FileName,
		"a file for a folder": filepath.Join(dir, "file", FileName),
	} {
		if s, err := Open(ctx, path, clock); err == nil || s != nil {
			t.Errorf("%s: opened", name)
		} else if code := Code(err); code != "forbidden" && code != "other" {
			t.Errorf("%s: %v, %s", name, err, code)
		}
	}
	if os.Getuid() == 0 {
		// Root writes where nobody may; a mount that is read-only stops root too.
		if exec.Command("unshare", "-Urm", "true").Run() != nil {
			t.Log("this kernel lets us make no mounts of our own")
			return
		}
		s := open(t, filepath.Join(dir, FileName))
		keep(t, s, Home, home(0, 1))
		s.Close()
		before := files(t, dir)
		out, _ := other(t, "writer", filepath.Join(dir, FileName), "unshare", "-Urm", "sh", "-c", `mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$1"`, dir).Output()
		if !strings.HasPrefix(string(out), "error") || !strings.Contains(string(out), "read-only") {
			t.Errorf("a read-only folder: %s", out)
		}
		if !bytes.Equal(before, files(t, dir)) {
			t.Error("a read-only folder changed")
		}
		return
	}
	must(t, os.Chmod(dir, 0o500))
	defer os.Chmod(dir, 0o700)
	if _, err := Open(ctx, filepath.Join(dir, FileName), clock); Code(err) != "forbidden" {
		t.Errorf("a folder that may not be written: %v", err)
	}
}

// files is the content of all files below dir.
func files(t testing.TB, dir string) []byte {
	t.Helper()
	var all []byte
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		all = append(append(all, path...), data...)
		return err
	})
	must(t, err)
	return all
}

// TestTwoProgramsWriteAtOnce has two processes and this one save into one file.
func TestTwoProgramsWriteAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), FileName)
	var all sync.WaitGroup
	for range 2 {
		cmd := other(t, "writer", path)
		all.Go(func() {
			if out, err := cmd.Output(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
	s := open(t, path)
	for range 10 {
		if _, err := s.Save(ctx, Home, home(0, 20)); err != nil {
			t.Error(err)
		}
	}
	all.Wait()
	if v := visit(t, s, Home); len(v.Scans) != 30 || v.Scans[29].Number != 30 {
		t.Errorf("%d scans, want all 30", len(v.Scans))
	}
}

// A meddler is a database in which another program says something before the second of
// the questions that are asked.
type meddler struct {
	*sql.DB
	asked int
	says  func()
}

func (m *meddler) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if m.asked++; m.asked == 2 {
		m.says()
	}
	return m.DB.QueryContext(ctx, query, args...)
}

// TestWhatIsSaidWhileAVisitIsReadIsNotAnothers: a device of which somebody just said
// something is not on the list yet, and what was said is of no other device.
func TestWhatIsSaidWhileAVisitIsReadIsNotAnothers(t *testing.T) {
	for _, before := range []int{0, 1} {
		s := fresh(t)
		done := home(0, 2)
		keep(t, s, Home, done)
		for _, f := range done.Findings[:before] {
			must(t, s.Note(ctx, Home, 1, f.Device, "in de meterkast"))
		}
		got, err := known(ctx, &meddler{DB: s.db, says: func() {
			must(t, s.Correct(ctx, Home, 1, done.Findings[1].Device, device.Identity{Model: "DIR-860L"}))
		}}, 1)
		if err != nil || len(got) != before {
			t.Fatalf("%d devices, %v; want %d", len(got), err, before)
		}
		for _, k := range got {
			if len(k.Corrections) > 0 || matching(got, keysIn(1, done.Findings[1].Device)) >= 0 {
				t.Errorf("another device's was taken for its own: %+v", k)
			}
		}
	}
}

// TestAFileThatAnotherProgramHoldsIsBusy holds the file for longer than our patience.
func TestAFileThatAnotherProgramHoldsIsBusy(t *testing.T) {
	t.Parallel() // our patience is five seconds
	s := fresh(t)
	keep(t, s, Home, home(0, 1))
	hold := open(t, s.path)
	tx, err := hold.db.Begin()
	must(t, err)
	defer tx.Rollback()
	if _, err := s.Save(ctx, Home, home(0, 1)); Code(err) != "busy" {
		t.Errorf("got %v", err)
	}
	if v := visit(t, s, Home); len(v.Scans) != 1 {
		t.Errorf("%d scans", len(v.Scans))
	}
}

// TestFilesThatAreNotOursAreLeftAlone byte for byte.
func TestFilesThatAreNotOursAreLeftAlone(t *testing.T) {
	made := func(change func(*sql.DB)) []byte {
		path := filepath.Join(t.TempDir(), FileName)
		s := open(t, path)
		keep(t, s, Home, home(0, 30))
		if change != nil {
			change(s.db)
		}
		if _, err := sqlite.Wipe(ctx, s.db); err != nil {
			t.Fatal(err)
		}
		s.Close()
		data, err := os.ReadFile(path)
		must(t, err)
		return data
	}
	ours := made(nil)
	newer := made(func(db *sql.DB) { db.Exec(fmt.Sprintf(`PRAGMA user_version = %d`, newest()+1)) })
	anothers := made(func(db *sql.DB) { db.Exec(`PRAGMA application_id = 77`) })
	torn := bytes.Clone(ours)
	for i := 4096; i < 3*4096; i++ {
		torn[i] ^= 0x5a
	}
	for name, c := range map[string]struct {
		data []byte
		code string
	}{
		"of a newer program":      {newer, "newer"},
		"of another program":      {anothers, "not_ours"},
		"no database":             {[]byte(strings.Repeat("These are my letters. ", 99)), "not_ours"},
		"damaged inside":          {torn, "damaged"},
		"cut to a header":         {ours[:100], "damaged"},
		"shorter than its header": {ours[:30], "damaged"},
	} {
		path := filepath.Join(t.TempDir(), FileName)
		must(t, os.WriteFile(path, c.data, 0o600))
		s, err := Open(ctx, path, clock)
		if err == nil {
			_, err = s.List(ctx, "")
			if _, e := s.Save(ctx, Home, home(0, 1)); err == nil {
				err = e
			}
			s.Close()
		}
		if got := Code(err); got != c.code {
			t.Errorf("%s: %v, code %q, want %q", name, err, got, c.code)
		}
		if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, c.data) {
			t.Errorf("%s: it was changed, %v", name, err)
		}
	}
}

// TestANewerLogIsRefusedToo: the number may still stand in the log of a program that was killed.
func TestANewerLogIsRefusedToo(t *testing.T) {
	path := filepath.Join(t.TempDir(), FileName)
	s := open(t, path)
	if _, err := s.db.Exec(fmt.Sprintf(`PRAGMA user_version = %d`, newest()+1)); err != nil {
		t.Fatal(err)
	}
	head, err := os.ReadFile(path)
	must(t, err)
	if n := binary.BigEndian.Uint32(head[60:]); int(n) > newest() {
		t.Fatalf("the number is in the file already: %d", n)
	}
	if _, err := Open(ctx, path, clock); Code(err) != "newer" {
		t.Errorf("got %v", err)
	}
}

func TestCodesOfNothing(t *testing.T) {
	if Code(nil) != "" || Code(fmt.Errorf("x")) != "other" {
		t.Error("nil or any error has a wrong code")
	}
	var none *Store
	if err := none.Close(); err != nil {
		t.Error(err)
	}
}

// TestEveryCodeHasItsSentenceInBothLanguages also wants no value left open.
func TestEveryCodeHasItsSentenceInBothLanguages(t *testing.T) {
	for _, c := range codes {
		for _, l := range i18n.Languages {
			text := report.HistoryText(i18n.New(l), c.code, "/folder/history.db", "detail")
			if !strings.Contains(text, ".") || strings.ContainsAny(text, "{}") || strings.HasPrefix(text, "history.") {
				t.Errorf("%s, %s: %q", l, c.code, text)
			}
		}
	}
}

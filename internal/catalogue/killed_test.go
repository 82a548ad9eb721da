package catalogue_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"houdbaar/internal/catalogue"
)

// installVariable makes the test below install a pack, for the test that kills it.
const installVariable = "HOUDBAAR_TEST_INSTALL" // folder and pack, a line each

func TestInstallForTheOneWhoKills(t *testing.T) {
	args := strings.Split(os.Getenv(installVariable), "\n")
	if len(args) != 2 {
		return
	}
	pack, err := os.ReadFile(args[1])
	must(t, err)
	os.Stdout.WriteString("installing\n")
	if _, err := catalogue.Install(ctx, bytes.NewReader(pack), args[0]); err != nil {
		t.Fatal(err)
	}
	os.Exit(0) // the other tests' catalogue is not to be built
}

// TestAKilledInstallLeavesTheOldOrTheNewCatalogue: the program is killed at many moments of
// an install. Whatever the moment, what is there is whole, and the next install works.
func TestAKilledInstallLeavesTheOldOrTheNewCatalogue(t *testing.T) {
	public, private := pair(t)
	real, err := built()
	must(t, err)
	big := filepath.Join(t.TempDir(), "big.pack") // the real catalogue: writing it takes a while
	must(t, os.WriteFile(big, pack(t, real, private), 0o600))
	old, next := pack(t, small(t, "2026-01-01"), private), pack(t, small(t, "2027-01-01"), private)
	before, after := 0, 0
	for round := range 12 {
		dir := trusting(t, public)
		if _, err := catalogue.Install(ctx, bytes.NewReader(old), dir); err != nil {
			t.Fatal(err)
		}
		was := version(t, dir)
		cmd := exec.Command(os.Args[0], "-test.run=^TestInstallForTheOneWhoKills$")
		cmd.Env = append(os.Environ(), installVariable+"="+dir+"\n"+big)
		out, err := cmd.StdoutPipe()
		must(t, err)
		must(t, cmd.Start())
		if _, err := out.Read(make([]byte, 32)); err != nil { // it has begun
			t.Fatal(err)
		}
		timer := time.AfterFunc(time.Duration(round)*25*time.Millisecond, func() { cmd.Process.Kill() })
		cmd.Wait()
		timer.Stop()
		switch is := version(t, dir); {
		case is == was:
			before++
		case is != "" && catalogue.Signer(dir, is) != "":
			after++
		default:
			t.Errorf("killed after %d ms: the catalogue is %q", round*25, is)
		}
		db, err := catalogue.Open(filepath.Join(dir, catalogue.FileName))
		must(t, err)
		if _, err := db.Search(ctx, "x1", 5); err != nil {
			t.Errorf("killed after %d ms: %v", round*25, err)
		}
		db.Close()
		left, _ := filepath.Glob(filepath.Join(dir, ".*"))
		for _, file := range left { // as if it had been yesterday
			must(t, os.Chtimes(file, time.Now(), time.Now().Add(-24*time.Hour)))
		}
		if _, err := catalogue.Install(ctx, bytes.NewReader(next), dir); err != nil {
			t.Errorf("killed after %d ms: the next install: %v", round*25, err)
		}
		if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
			t.Errorf("killed after %d ms: %v was left behind", round*25, left)
		}
	}
	t.Logf("the old one %d times, the new one %d times", before, after)
}

package ui

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/history"
	"houdbaar/internal/scan"
	"houdbaar/internal/sqlite"
)

// All households in this file are invented.

// keyed gives invented devices an identity by which they are known again.
func keyed(all []scan.Finding) []scan.Finding {
	out := slices.Clone(all)
	for i := range out {
		out[i].Device.ID = "mac-" + strings.ReplaceAll(out[i].Device.MAC, ":", "")
	}
	return out
}

// inventedVisits is a story with a history: a home that was scanned twice, and n visits.
func inventedVisits(n int) *storyEngine {
	return &storyEngine{findings: keyed(inventedHome()), visits: n}
}

// firstVisit is the reference of the first of inventedVisits.
const firstVisit = "2026-11-21-7A2B"

// written are the files of the histories by how many visits are in them, made once.
var written = map[int][]byte{}

// inventedBook is a history in a folder: empty, or with a home that was scanned twice and n
// visits.
func inventedBook(folder string, n int) *history.Store {
	path := filepath.Join(folder, history.FileName)
	if n > 0 && written[n] == nil {
		written[n] = writeBook(path, n)
	} else if n > 0 {
		must(os.WriteFile(path, written[n], 0o600))
	}
	return history.New(path, func() time.Time { return storyDay })
}

// writeBook writes the history of inventedVisits: the first was there twice, a month apart,
// the sixth was begun and not scanned.
func writeBook(path string, n int) []byte {
	now, ctx := storyDay, context.Background()
	book := history.New(path, func() time.Time { return now })
	save := func(ref string, at time.Time, all []scan.Finding) {
		_, err := book.Save(ctx, ref, scan.Scan{Started: at, Finished: at.Add(5 * time.Second), On: at.Truncate(24 * time.Hour), Catalogue: new(storyEngine).CatalogueMeta(), Interfaces: storyInterfaces, Findings: all})
		must(err)
	}
	today, found := storyDay.Add(10*time.Hour+30*time.Minute), keyed(inventedHome())
	save(history.Home, today.AddDate(0, 0, -7), found[:9])
	save(history.Home, today, found)
	file, err := sqlite.Open(path)
	must(err)
	names := []string{"Fam. Jansen, Dorpsstraat 12", "Mevrouw De Wit", "Buurthuis De Brug", "", "Familie Özdemir-Van den Heuvel, Burgemeester van Lanschotlaan 1204 bis", "Piet", "Sportclub VVO", "Fam. Bakker"}
	for i := n - 1; i >= 0; i-- {
		at := today.AddDate(0, 0, -i)
		if now = at; i == 0 {
			now = storyDay.AddDate(0, 0, -30).Add(14*time.Hour + 5*time.Minute)
		}
		v, err := book.NewVisit(ctx, names[i%len(names)])
		must(err)
		ref := fmt.Sprintf("%s-%04X", at.Format(time.DateOnly), 0x7A2B+i)
		_, err = file.Exec(`UPDATE visit SET ref = ? WHERE ref = ?`, ref, v.Ref) // the history's own is never twice the same
		must(err)
		switch i {
		case 0:
			save(ref, now, foundBefore())
			save(ref, today, found)
			must(book.Describe(ctx, ref, v.Household, "Router staat in de meterkast.\nTerugkomen in maart.", "Samira"))
			must(book.Note(ctx, ref, 2, found[1].Device, "in de hal, boven de deur"))
		case 5:
		default:
			save(ref, at, found[i%8:])
		}
	}
	must(file.Close())
	must(book.Close())
	all, err := os.ReadFile(path)
	must(err)
	return all
}

// foundBefore is the invented home a month earlier, with another router, older firmware and
// a camera that is no longer there.
func foundBefore() []scan.Finding {
	all := keyed(inventedHome())
	all[0] = keyed([]scan.Finding{invented(2, device.Router, "", "D-Link", "DIR-850L", "A1", "1.09", all[0].Verdict)})[0]
	all[0].Device.Gateway = true
	all[4].Identity.Firmware, all[4].Identity.FirmwareDisplay = "V3.4.0", "V3.4.0"
	return append(all, keyed([]scan.Finding{invented(90, device.Camera, "Schuur", "D-Link", "DCS-932L", "A1", "1.11", all[1].Verdict)})...)
}

// must ends everything where an invented history cannot be written.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

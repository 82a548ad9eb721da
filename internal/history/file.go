package history

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// Schema names the form of a visit file. A change that breaks readers gets a new number.
const Schema = "houdbaar.visit/1"

// Extension is how the name of a visit file ends.
const Extension = ".houdbaar"

// Bounds on a visit file from elsewhere. A visit of sixty devices and three scans is
// some 3 MB.
const (
	maxFile         = 64 << 20
	maxScans        = 1_000
	maxFindings     = 5_000 // of one scan
	maxObservations = 200_000
	maxSaid         = 10_000 // devices with a note or correction, and labels
)

// visitFile is a visit as one file.
type visitFile struct {
	Schema    string     `json:"schema"`
	Masked    bool       `json:"masked"`
	Ref       string     `json:"ref"`
	Household string     `json:"household"`
	Notes     string     `json:"notes"`
	Visitor   string     `json:"visitor"`
	Created   time.Time  `json:"created,omitzero"`
	Changed   time.Time  `json:"changed,omitzero"`
	Scans     []scanFile `json:"scans"`
	Devices   []Known    `json:"devices,omitempty"`
	Stickers  []Sticker  `json:"stickers,omitempty"`
}

type scanFile struct {
	Number     int              `json:"number"`
	Started    time.Time        `json:"started,omitzero"`
	Finished   time.Time        `json:"finished,omitzero"`
	Stopped    bool             `json:"stopped,omitempty"`
	On         string           `json:"on"`
	Only       string           `json:"only,omitempty"`
	Catalogue  catalogueFile    `json:"catalogue"`
	Interfaces []scan.Interface `json:"interfaces,omitempty"`
	Problems   []scan.Problem   `json:"problems,omitempty"`
	Findings   []scan.Finding   `json:"findings"`
}

type catalogueFile struct {
	Version  string `json:"version"`
	Date     string `json:"date"`
	Products int    `json:"products"`
}

// An Export says how a visit leaves the history file. The zero value is the careful one.
type Export struct {
	// Unmask writes hardware addresses, serial numbers, names, all that devices said and
	// all that people wrote in full. Without it the scans can still be compared with each
	// other and judged again, but not compared with a scan made elsewhere.
	Unmask bool
}

// Write writes a visit as one file for another computer.
func (s *Store) Write(ctx context.Context, w io.Writer, ref string, o Export) (err error) {
	defer wrap(&err, "export visit %s", ref)
	v, ok, err := s.Visit(ctx, ref)
	if err != nil {
		return err
	}
	if !ok {
		return ErrNotFound
	}
	out := visitFile{Schema: Schema, Masked: !o.Unmask, Ref: v.Ref, Household: v.Household, Notes: v.Notes, Visitor: v.Visitor,
		Created: v.Created, Changed: v.Changed, Scans: []scanFile{}}
	if !o.Unmask {
		out.Household, out.Notes, out.Visitor = "", "", ""
	}
	masker := scan.NewMasker(v.Ref)
	renamed := map[string]string{} // key of a device known in one scan only → its masked key
	for _, info := range v.Scans {
		done, ok, err := s.Scan(ctx, ref, info.Number)
		if err != nil {
			return err
		}
		if !ok {
			return ErrNotFound // forgotten by another program meanwhile
		}
		if !o.Unmask {
			bare := done.Findings
			done = masker.Scan(done)
			for i, f := range done.Findings {
				if keys := keysIn(info.Number, bare[i].Device); strings.HasPrefix(keys[0], "scan-") {
					renamed[keys[0]] = keysIn(info.Number, f.Device)[0]
				}
			}
		}
		out.Scans = append(out.Scans, scanFile{info.Number, done.Started, done.Finished, done.Stopped, calendarDay(done.On), done.Only,
			catalogueFile{done.Catalogue.Version, calendarDay(done.Catalogue.Date), done.Catalogue.Products}, done.Interfaces, done.Problems,
			append([]scan.Finding{}, done.Findings...)})
	}
	if !o.Unmask {
		maskSaid(v, func(key string) string { return cmp.Or(masker.Key(key), renamed[key]) })
	}
	out.Devices, out.Stickers = v.Devices, v.Stickers
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(out); err != nil {
		return err
	}
	if b.Len() > maxFile {
		return errTooLarge
	}
	_, err = b.WriteTo(w)
	return err
}

// maskSaid takes out of a visit what people wrote. mark is the made-up mark for a key of a
// device, "" where there is none.
func maskSaid(v Visit, mark func(key string) string) {
	for i := range v.Devices {
		k := &v.Devices[i]
		var marks []string
		for _, key := range k.Keys {
			if m := mark(key); m != "" && !slices.Contains(marks, m) {
				marks = append(marks, m)
			}
		}
		k.Keys, k.Note = marks, ""
		for j := range k.Corrections {
			k.Corrections[j].By = ""
		}
	}
	for i := range v.Stickers {
		v.Stickers[i].Place, v.Stickers[i].By = "", ""
	}
}

// Import reads a visit file that Write made, here or elsewhere, and keeps it as a visit
// of its own; a reference that is taken gets a number behind it. It returns the
// reference. A file that is not one, or that holds what cannot be, changes nothing.
func (s *Store) Import(ctx context.Context, r io.Reader) (ref string, err error) {
	defer wrap(&err, "import a visit")
	v, err := read(r)
	if err != nil {
		return "", err
	}
	now := s.now()
	err = s.change(ctx, func(tx *sql.Tx) error {
		id := int64(0)
		for n := 1; id == 0; n++ {
			if ref = v.visit.Ref; n > 1 {
				ref += "-" + strconv.Itoa(n)
			}
			if id, err = insertVisit(ctx, tx, Visit{Ref: ref, Household: v.visit.Household, Notes: v.visit.Notes, Visitor: v.visit.Visitor,
				Created: v.visit.Created, Changed: now, Imported: now}); err != nil {
				return err
			}
		}
		for i, done := range v.scans {
			if _, err := saveScan(ctx, tx, id, v.visit.Scans[i].Number, done); err != nil {
				return err
			}
		}
		for _, k := range v.visit.Devices {
			row, err := insertDevice(ctx, tx, id, k)
			if err != nil {
				return err
			}
			if err := insertKeys(ctx, tx, id, row, k.Keys); err != nil {
				return err
			}
			for _, c := range k.Corrections {
				if err := insertCorrection(ctx, tx, row, c); err != nil {
					return err
				}
			}
		}
		for _, st := range v.visit.Stickers {
			if _, err := insertSticker(ctx, tx, id, st); err != nil {
				return err
			}
		}
		return index(ctx, tx, id)
	})
	return ref, err
}

// imported is a visit file that was read and checked.
type imported struct {
	visit Visit
	scans []scan.Scan // as visit.Scans
}

// refForm is what a reference may look like.
var refForm = regexp.MustCompile(`^[0-9A-Za-z]{1,20}(-[0-9A-Za-z]{1,20}){0,6}$`)

// read reads a visit file: bounded, strict, nothing unknown in it.
func read(r io.Reader) (imported, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return imported{}, fmt.Errorf("%w: %w", errNoVisit, err)
	}
	if len(data) > maxFile {
		return imported{}, errTooLarge
	}
	var head struct{ Schema string }
	if err := json.Unmarshal(data, &head); err != nil {
		return imported{}, fmt.Errorf("%w: %v", errNoVisit, err)
	}
	if head.Schema != Schema {
		return imported{}, fmt.Errorf("%w: schema %.40q", errNoVisit, head.Schema)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	var f visitFile
	if err := dec.Decode(&f); err != nil {
		return imported{}, fmt.Errorf("%w: %v", errNoVisit, err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return imported{}, fmt.Errorf("%w: something follows it", errNoVisit)
	}
	out, err := f.check()
	if err != nil && !errors.Is(err, errTooLarge) {
		err = fmt.Errorf("%w: %v", errNoVisit, err)
	}
	return out, err
}

// check turns a file into a visit, and refuses what cannot be.
func (f visitFile) check() (imported, error) {
	if !refForm.MatchString(f.Ref) {
		return imported{}, fmt.Errorf("reference %.40q", f.Ref)
	}
	if len(f.Scans) > maxScans || len(f.Devices)+len(f.Stickers) > maxSaid {
		return imported{}, errTooLarge
	}
	out := imported{visit: Visit{Ref: f.Ref, Household: f.Household, Notes: f.Notes, Visitor: f.Visitor, Created: f.Created, Devices: f.Devices, Stickers: f.Stickers}}
	if f.Ref == Home {
		out.visit.Ref = newRef(f.Created) // another's home is not this one's
	}
	observations, last := 0, 0
	for _, s := range f.Scans {
		if s.Number <= last || s.Number > 1_000_000 {
			return imported{}, fmt.Errorf("scan number %d behind %d", s.Number, last)
		}
		last = s.Number
		if len(s.Findings) > maxFindings {
			return imported{}, errTooLarge
		}
		on, bad := readDay(s.On)
		date, badToo := readDay(s.Catalogue.Date)
		if err := cmp.Or(bad, badToo); err != nil {
			return imported{}, err
		}
		for _, x := range s.Findings {
			if observations += len(x.Device.Observations); observations > maxObservations {
				return imported{}, errTooLarge
			}
			if err := possible(x); err != nil {
				return imported{}, err
			}
		}
		out.scans = append(out.scans, scan.Scan{Started: s.Started, Finished: s.Finished, Stopped: s.Stopped, On: on, Only: s.Only,
			Catalogue:  scan.CatalogueMeta{Version: s.Catalogue.Version, Date: date, Products: s.Catalogue.Products},
			Interfaces: s.Interfaces, Problems: s.Problems, Findings: s.Findings})
		out.visit.Scans = append(out.visit.Scans, ScanInfo{Number: s.Number})
	}
	for _, k := range f.Devices {
		if len(k.Keys) > 100 {
			return imported{}, errTooLarge
		}
		for _, c := range k.Corrections {
			if err := possibleKind(c.Kind); err != nil {
				return imported{}, err
			}
		}
	}
	for _, st := range f.Stickers {
		if err := possibleKind(st.Kind); err != nil {
			return imported{}, err
		}
	}
	return out, nil
}

// readDay reads a calendar day, "" for none.
func readDay(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		err = fmt.Errorf("no day %.40q", text)
	}
	return t, err
}

func possibleKind(k device.Kind) error {
	if k != device.Unknown && !slices.Contains(device.Kinds, k) {
		return fmt.Errorf("no kind of device %.40q", k)
	}
	return nil
}

// possible refuses a finding that no program of ours can have written.
func possible(f scan.Finding) error {
	if f.Device.ID == "" {
		return errors.New("a device without an ID")
	}
	if err := possibleKind(f.Identity.Kind); err != nil {
		return err
	}
	for _, p := range slices.Concat(f.Match.Products, f.Match.Siblings) {
		if err := possibleKind(p.Kind); err != nil {
			return err
		}
		for _, fact := range p.Facts {
			if !slices.Contains(lifecycle.Statements, fact.Says) {
				return fmt.Errorf("no statement %.40q", fact.Says)
			}
		}
	}
	return nil
}

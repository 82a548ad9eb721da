package history

import (
	"bytes"
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
	Schema    string        `json:"schema"`
	Masked    bool          `json:"masked"`
	Ref       string        `json:"ref"`
	Household string        `json:"household"`
	Notes     string        `json:"notes"`
	Visitor   string        `json:"visitor"`
	Created   time.Time     `json:"created,omitzero"`
	Changed   time.Time     `json:"changed,omitzero"`
	Scans     []scanFile    `json:"scans"`
	Devices   []knownFile   `json:"devices,omitempty"`
	Stickers  []stickerFile `json:"stickers,omitempty"`
}

type scanFile struct {
	Number     int            `json:"number"`
	Started    time.Time      `json:"started,omitzero"`
	Finished   time.Time      `json:"finished,omitzero"`
	Stopped    bool           `json:"stopped,omitempty"`
	On         string         `json:"on"`
	Only       string         `json:"only,omitempty"`
	Catalogue  catalogueFile  `json:"catalogue"`
	Interfaces []netInterface `json:"interfaces,omitempty"`
	Problems   []problem      `json:"problems,omitempty"`
	Findings   []finding      `json:"findings"`
}

type catalogueFile struct {
	Version  string `json:"version"`
	Date     string `json:"date"`
	Products int    `json:"products"`
}

type knownFile struct {
	Keys        []string         `json:"keys"`
	Note        string           `json:"note,omitempty"`
	Gone        time.Time        `json:"gone,omitzero"`
	Corrections []correctionFile `json:"corrections,omitempty"`
}

type correctionFile struct {
	At        time.Time   `json:"at,omitzero"`
	By        string      `json:"by,omitempty"`
	Vendor    string      `json:"vendor,omitempty"`
	Model     string      `json:"model,omitempty"`
	Revision  string      `json:"hardware_revision,omitempty"`
	Firmware  string      `json:"firmware,omitempty"`
	Kind      device.Kind `json:"kind,omitempty"`
	Withdrawn time.Time   `json:"withdrawn,omitzero"`
}

type stickerFile struct {
	ID       int64       `json:"-"`
	At       time.Time   `json:"at,omitzero"`
	By       string      `json:"by,omitempty"`
	Place    string      `json:"place,omitempty"`
	Vendor   string      `json:"vendor,omitempty"`
	Model    string      `json:"model,omitempty"`
	Revision string      `json:"hardware_revision,omitempty"`
	Firmware string      `json:"firmware,omitempty"`
	Kind     device.Kind `json:"kind,omitempty"`
}

// An Export says how a visit leaves the history file. The zero value is the careful one.
type Export struct {
	// Unmask writes hardware addresses, serial numbers, names, all that devices said and
	// all that people wrote in full. Without it the scans can still be compared with each
	// other and judged again, but not compared with a scan made elsewhere.
	Unmask bool
}

// Write writes a visit as one file for another computer.
func (s *Store) Write(ctx context.Context, w io.Writer, ref string, o Export) error {
	if err := s.write(ctx, w, ref, o); err != nil {
		return fmt.Errorf("export visit %s: %w", ref, err)
	}
	return nil
}

func (s *Store) write(ctx context.Context, w io.Writer, ref string, o Export) error {
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
		done, ok, err := s.scan(ctx, ref, info.Number)
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
		c := toCircumstances(done)
		out.Scans = append(out.Scans, scanFile{info.Number, done.Started, done.Finished, done.Stopped, calendarDay(done.On), done.Only,
			catalogueFile{done.Catalogue.Version, calendarDay(done.Catalogue.Date), done.Catalogue.Products}, c.Interfaces, c.Problems,
			append([]finding{}, each(done.Findings, toStored)...)})
	}
	for _, k := range v.Devices {
		keys := k.Keys
		if !o.Unmask {
			keys, k.Note = nil, ""
			for _, key := range k.Keys {
				mark := masker.Key(key)
				if mark == "" {
					mark = renamed[key]
				}
				if mark != "" && !slices.Contains(keys, mark) {
					keys = append(keys, mark)
				}
			}
		}
		out.Devices = append(out.Devices, knownFile{keys, k.Note, k.Gone, each(k.Corrections, func(c Correction) correctionFile {
			if !o.Unmask {
				c.By = ""
			}
			return correctionFile(c)
		})})
	}
	out.Stickers = each(v.Stickers, func(st Sticker) stickerFile {
		if !o.Unmask {
			st.Place, st.By = "", ""
		}
		return stickerFile(st)
	})
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

// Import reads a visit file that Write made, here or elsewhere, and keeps it as a visit
// of its own; a reference that is taken gets a number behind it. It returns the
// reference. A file that is not one, or that holds what cannot be, changes nothing.
func (s *Store) Import(ctx context.Context, r io.Reader) (ref string, err error) {
	v, err := read(r)
	if err != nil {
		return "", fmt.Errorf("import a visit: %w", err)
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
	if err != nil {
		return "", fmt.Errorf("import a visit: %w", err)
	}
	return ref, nil
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
		return imported{}, err
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
	out := imported{visit: Visit{Ref: f.Ref, Household: f.Household, Notes: f.Notes, Visitor: f.Visitor, Created: f.Created}}
	if f.Ref == Home {
		out.visit.Ref = newRef(f.Created) // another's home is not this one's
	}
	var r reader
	observations, last := 0, 0
	for _, s := range f.Scans {
		if s.Number <= last || s.Number > 1_000_000 {
			return imported{}, fmt.Errorf("scan number %d behind %d", s.Number, last)
		}
		last = s.Number
		if len(s.Findings) > maxFindings {
			return imported{}, errTooLarge
		}
		done := scan.Scan{Started: s.Started, Finished: s.Finished, Stopped: s.Stopped, On: r.day(s.On),
			Catalogue: scan.CatalogueMeta{Version: s.Catalogue.Version, Date: r.day(s.Catalogue.Date), Products: s.Catalogue.Products}}
		circumstances{s.Only, s.Interfaces, s.Problems}.to(&done)
		for _, x := range s.Findings {
			if observations += len(x.Device.Observations); observations > maxObservations {
				return imported{}, errTooLarge
			}
			r.possible(x)
			done.Findings = append(done.Findings, r.finding(x))
		}
		out.scans = append(out.scans, done)
		out.visit.Scans = append(out.visit.Scans, ScanInfo{Number: s.Number})
	}
	for _, k := range f.Devices {
		if len(k.Keys) > 100 {
			return imported{}, errTooLarge
		}
		known := Known{Keys: k.Keys, Note: k.Note, Gone: k.Gone}
		for _, c := range k.Corrections {
			r.kind(c.Kind)
			known.Corrections = append(known.Corrections, Correction(c))
		}
		out.visit.Devices = append(out.visit.Devices, known)
	}
	for _, st := range f.Stickers {
		r.kind(st.Kind)
		out.visit.Stickers = append(out.visit.Stickers, Sticker(st))
	}
	return out, r.err
}

// day reads a calendar day, "" for none.
func (r *reader) day(text string) time.Time {
	if text == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		r.wrong(fmt.Errorf("no day %.40q", text))
	}
	return t
}

func (r *reader) kind(k device.Kind) {
	if k != device.Unknown && !slices.Contains(device.Kinds, k) {
		r.wrong(fmt.Errorf("no kind of device %.40q", k))
	}
}

// possible refuses a finding that no program of ours can have written.
func (r *reader) possible(f finding) {
	r.kind(f.Identity.Kind)
	if f.Device.ID == "" {
		r.wrong(errors.New("a device without an ID"))
	}
	for _, list := range [][]product{f.Match.Products, f.Match.Siblings} {
		for _, p := range list {
			r.kind(p.Kind)
			for _, fact := range p.Facts {
				if !slices.Contains(lifecycle.Statements, fact.Says) {
					r.wrong(fmt.Errorf("no statement %.40q", fact.Says))
				}
			}
		}
	}
}

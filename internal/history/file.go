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

// schema names the form of a visit file. A change that breaks readers gets a new number.
const schema = "houdbaar.visit/1"

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

type visitFile struct {
	Schema string `json:"schema"`
	Masked bool   `json:"masked"`
	Visit
	Scans []scanFile `json:"scans"`
}

type scanFile struct {
	Number     int              `json:"number"`
	Started    time.Time        `json:"started,omitzero"`
	Finished   time.Time        `json:"finished,omitzero"`
	Stopped    bool             `json:"stopped,omitempty"`
	On         day              `json:"on"`
	Only       string           `json:"only,omitempty"`
	Catalogue  catalogueFile    `json:"catalogue"`
	Interfaces []scan.Interface `json:"interfaces,omitempty"`
	Problems   []scan.Problem   `json:"problems,omitempty"`
	Findings   []scan.Finding   `json:"findings"`
}

type catalogueFile struct {
	Version  string `json:"version"`
	Date     day    `json:"date"`
	Products int    `json:"products"`
}

// A day is written without its hours, and as "" where it is not known.
type day time.Time

func (d day) MarshalText() ([]byte, error) { return []byte(calendarDay(time.Time(d))), nil }

func (d *day) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		return nil
	}
	t, err := time.Parse(time.DateOnly, string(text))
	if err != nil {
		return fmt.Errorf("no day %.40q", text)
	}
	*d = day(t)
	return nil
}

// newScanFile is a scan with its number, as it is written.
func newScanFile(number int, s scan.Scan) scanFile {
	return scanFile{Number: number, Started: s.Started, Finished: s.Finished, Stopped: s.Stopped, On: day(s.On), Only: s.Only,
		Catalogue:  catalogueFile{s.Catalogue.Version, day(s.Catalogue.Date), s.Catalogue.Products},
		Interfaces: s.Interfaces, Problems: s.Problems, Findings: append([]scan.Finding{}, s.Findings...)}
}

func (f scanFile) scan() scan.Scan {
	return scan.Scan{Started: f.Started, Finished: f.Finished, Stopped: f.Stopped, On: time.Time(f.On), Only: f.Only,
		Catalogue:  scan.CatalogueMeta{Version: f.Catalogue.Version, Date: time.Time(f.Catalogue.Date), Products: f.Catalogue.Products},
		Interfaces: f.Interfaces, Problems: f.Problems, Findings: f.Findings}
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
	out := visitFile{Schema: schema, Masked: !o.Unmask, Visit: v, Scans: []scanFile{}}
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
		out.Scans = append(out.Scans, newScanFile(info.Number, done))
	}
	if !o.Unmask {
		maskSaid(&out.Visit, func(key string) string { return cmp.Or(masker.Key(key), renamed[key]) })
	}
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
func maskSaid(v *Visit, mark func(key string) string) {
	v.Household, v.Notes, v.Visitor = "", "", ""
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
	f, err := read(r)
	if err != nil {
		return "", err
	}
	now := s.now()
	if f.Ref == Home {
		f.Ref = newRef(f.Created) // another's home is not this one's
	}
	err = s.change(ctx, func(tx *sql.Tx) error {
		id := int64(0)
		for n := 1; id == 0; n++ {
			if ref = f.Ref; n > 1 {
				ref += "-" + strconv.Itoa(n)
			}
			v := f.Visit
			v.Ref, v.Changed, v.Imported = ref, now, now
			if id, err = insertVisit(ctx, tx, v); err != nil {
				return err
			}
		}
		for _, done := range f.Scans {
			if _, err := saveScan(ctx, tx, id, done.Number, done.scan()); err != nil {
				return err
			}
		}
		if err := insertSaid(ctx, tx, id, f.Visit); err != nil {
			return err
		}
		return index(ctx, tx, id)
	})
	return ref, err
}

// insertSaid keeps what people said in a visit from elsewhere.
func insertSaid(ctx context.Context, tx *sql.Tx, id int64, v Visit) error {
	for _, k := range v.Devices {
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
	for _, st := range v.Stickers {
		if _, err := insertSticker(ctx, tx, id, st); err != nil {
			return err
		}
	}
	return nil
}

// refForm is what a reference may look like.
var refForm = regexp.MustCompile(`^[0-9A-Za-z]{1,20}(-[0-9A-Za-z]{1,20}){0,6}$`)

// read reads a visit file: bounded, strict, nothing unknown in it.
func read(r io.Reader) (f visitFile, err error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return f, fmt.Errorf("%w: %w", errNoVisit, err)
	}
	if len(data) > maxFile {
		return f, errTooLarge
	}
	var head struct{ Schema string }
	if err := json.Unmarshal(data, &head); err != nil {
		return f, fmt.Errorf("%w: %v", errNoVisit, err)
	}
	if head.Schema != schema {
		return f, fmt.Errorf("%w: schema %.40q", errNoVisit, head.Schema)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&f); err != nil {
		return f, fmt.Errorf("%w: %v", errNoVisit, err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return f, fmt.Errorf("%w: something follows it", errNoVisit)
	}
	if err = f.check(); err != nil && !errors.Is(err, errTooLarge) {
		err = fmt.Errorf("%w: %v", errNoVisit, err)
	}
	return f, err
}

func (f visitFile) check() error {
	if !refForm.MatchString(f.Ref) {
		return fmt.Errorf("reference %.40q", f.Ref)
	}
	if len(f.Scans) > maxScans || len(f.Devices)+len(f.Stickers) > maxSaid {
		return errTooLarge
	}
	observations, last := 0, 0
	for _, s := range f.Scans {
		if s.Number <= last || s.Number > 1_000_000 {
			return fmt.Errorf("scan number %d behind %d", s.Number, last)
		}
		last = s.Number
		if len(s.Findings) > maxFindings {
			return errTooLarge
		}
		for _, x := range s.Findings {
			if observations += len(x.Device.Observations); observations > maxObservations {
				return errTooLarge
			}
			if err := possible(x); err != nil {
				return err
			}
		}
	}
	for _, k := range f.Devices {
		if len(k.Keys) > 100 {
			return errTooLarge
		}
		for _, c := range k.Corrections {
			if err := possibleKind(c.Kind); err != nil {
				return err
			}
		}
	}
	for _, st := range f.Stickers {
		if err := possibleKind(st.Kind); err != nil {
			return err
		}
	}
	return nil
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

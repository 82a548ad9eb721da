package history

import (
	"bytes"
	"compress/flate"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// Save keeps a scan in a visit and returns its number. The visit Home is made when it
// is not there. When Save returns, the scan is on the disk.
func (s *Store) Save(ctx context.Context, ref string, done scan.Scan) (number int, err error) {
	defer wrap(&err, "save a scan in visit %s", ref)
	err = s.edit(ctx, ref, func(tx *sql.Tx, id int64) error {
		number, err = saveScan(ctx, tx, id, 0, done)
		return err
	})
	return number, err
}

// saveScan writes a scan; number 0 = the next.
func saveScan(ctx context.Context, tx *sql.Tx, visit int64, number int, done scan.Scan) (int, error) {
	if number == 0 {
		if err := tx.QueryRowContext(ctx, `SELECT coalesce(max(number), 0) + 1 FROM scan WHERE visit_id = ?`, visit).Scan(&number); err != nil {
			return 0, err
		}
	}
	counts := map[lifecycle.VerdictKind]int{}
	for _, f := range done.Findings {
		counts[f.Verdict.Kind]++
	}
	by, err := json.Marshal(counts)
	if err != nil {
		return 0, err
	}
	around, err := pack(circumstances{done.Only, done.Interfaces, done.Problems})
	if err != nil {
		return 0, err
	}
	r, err := tx.ExecContext(ctx, `
		INSERT INTO scan (visit_id, number, started, finished, stopped, judged_on, catalogue_version, catalogue_date, catalogue_products, devices, counts, no_router, circumstances)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		visit, number, stamp(done.Started), stamp(done.Finished), done.Stopped, calendarDay(done.On), done.Catalogue.Version, calendarDay(done.Catalogue.Date),
		done.Catalogue.Products, len(done.Findings), string(by), done.NoRouter(), around)
	if err != nil {
		return 0, err
	}
	id, err := r.LastInsertId()
	if err != nil {
		return 0, err
	}
	return number, saveFindings(ctx, tx, id, done.Findings)
}

func saveFindings(ctx context.Context, tx *sql.Tx, scan int64, findings []scan.Finding) error {
	insert, err := tx.PrepareContext(ctx, `
		INSERT INTO finding (scan_id, position, device, name, vendor, model, revision, firmware, kind, verdict, address, mac, body)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer insert.Close()
	for i, f := range findings {
		body, err := pack(f)
		if err != nil {
			return fmt.Errorf("device %d: %w", i+1, err)
		}
		address := ""
		if len(f.Device.Addrs) > 0 {
			address = f.Device.Addrs[0].String()
		}
		who := f.Identity
		if _, err := insert.ExecContext(ctx, scan, i, f.Device.ID, who.Name, who.Vendor, who.Model, who.Revision, who.Firmware,
			string(who.Kind), f.Verdict.Kind.String(), address, f.Device.MAC, body); err != nil {
			return err
		}
	}
	return nil
}

// Scan returns a scan of a visit as it was saved, with the verdicts of its day; number
// 0 is the newest. It is false when there is none.
func (s *Store) Scan(ctx context.Context, ref string, number int) (done scan.Scan, ok bool, err error) {
	defer wrap(&err, "read scan %d of visit %s", number, ref)
	db, err := s.reading(ctx)
	if db == nil {
		return scan.Scan{}, false, err
	}
	var id int64
	var started, finished, on, date string
	var around []byte
	err = db.QueryRowContext(ctx, `
		SELECT s.id, s.started, s.finished, s.stopped, s.judged_on, s.catalogue_version, s.catalogue_date, s.catalogue_products, s.circumstances
		FROM scan s JOIN visit v ON v.id = s.visit_id
		WHERE v.ref = ?1 AND (s.number = ?2 OR ?2 = 0)
		ORDER BY s.number DESC LIMIT 1`, ref, number).
		Scan(&id, &started, &finished, &done.Stopped, &on, &done.Catalogue.Version, &date, &done.Catalogue.Products, &around)
	if errors.Is(err, sql.ErrNoRows) {
		return scan.Scan{}, false, nil
	}
	if err != nil {
		return scan.Scan{}, false, err
	}
	done.Started, done.Finished, done.On, done.Catalogue.Date = moment(started), moment(finished), dayOf(on), dayOf(date)
	var c circumstances
	if err := unpack(around, &c); err != nil {
		return scan.Scan{}, false, err
	}
	done.Only, done.Interfaces, done.Problems = c.Only, c.Interfaces, c.Problems
	err = eachRow(ctx, db, `SELECT body FROM finding WHERE scan_id = ? ORDER BY position`, []any{id}, func(rows *sql.Rows) error {
		var body sql.RawBytes
		if err := rows.Scan(&body); err != nil {
			return err
		}
		var f scan.Finding
		if err := unpack(body, &f); err != nil {
			return fmt.Errorf("device %d: %w", len(done.Findings)+1, err)
		}
		done.Findings = append(done.Findings, f)
		return nil
	})
	return done, err == nil, err
}

// A Pick names one scan: its visit and its number, 0 = the newest or, as the earlier of
// two of one visit, the one before the later.
type Pick struct {
	Ref    string
	Number int
}

// A Pair is two scans, and what changed from the first to the second. Where the visits
// differ its numbers are as they were asked for.
type Pair struct {
	scan.Comparison
	Before, After scan.Scan
	Refs          [2]string
	Numbers       [2]int
}

// pair names two scans as Compare takes them, the earlier first.
func (v Visit) pair(before, after int) ([2]int, bool) {
	if after == 0 && len(v.Scans) > 0 {
		after = v.Scans[len(v.Scans)-1].Number
	}
	if before == 0 {
		for _, i := range v.Scans {
			if i.Number < after {
				before = i.Number
			}
		}
	}
	return [2]int{min(before, after), max(before, after)}, before != 0 && before != after
}

// readMost is how many scans are read at most to find witnesses among them.
const readMost = 30

// Compare says what changed from one scan to another, of one visit or of two. Within a
// visit what people said counts, and the scans between. The verdicts are those of their
// days. It is false when there are no two.
func (s *Store) Compare(ctx context.Context, before, after Pick) (out Pair, ok bool, err error) {
	defer wrap(&err, "compare scans of visit %s", after.Ref)
	out.Refs, out.Numbers = [2]string{before.Ref, after.Ref}, [2]int{before.Number, after.Number}
	with := scan.Compared{Apart: before.Ref != after.Ref}
	var v Visit
	if !with.Apart {
		if v, ok, err = s.Visit(ctx, after.Ref); err != nil || !ok {
			return out, false, err
		}
		if out.Numbers, ok = v.pair(before.Number, after.Number); !ok {
			return out, false, nil
		}
		with.Removed = func(f scan.Finding) bool { k, ok := v.Said(0, f.Device); return ok && !k.Gone.IsZero() }
	}
	for i, one := range []*scan.Scan{&out.Before, &out.After} {
		if *one, ok, err = s.Scan(ctx, out.Refs[i], out.Numbers[i]); err != nil || !ok {
			return out, false, err
		}
	}
	// As many witnesses between as, with the later one, make a device gone.
	for i, read := len(v.Scans)-1, 0; i >= 0 && len(with.Between) < scan.GoneAfter-1 && read < readMost; i-- {
		if info := v.Scans[i]; info.Number > out.Numbers[0] && info.Number < out.Numbers[1] && !info.Stopped {
			read++
			between, ok, err := s.Scan(ctx, v.Ref, info.Number)
			if err != nil || !ok {
				return out, false, err
			}
			if scan.Witness(between, out.Before, out.After) {
				with.Between = append([]scan.Scan{between}, with.Between...)
			}
		}
	}
	out.Comparison = scan.Compare(out.Before, out.After, with)
	return out, true, nil
}

// circumstances are what a scan says beside its findings, as they are kept.
type circumstances struct {
	Only       string           `json:"only,omitempty"` // the one address that was looked at
	Interfaces []scan.Interface `json:"interfaces,omitempty"`
	Problems   []scan.Problem   `json:"problems,omitempty"`
}

// maxBody is the most that one stored finding may unpack to. A thousand observations
// of the largest kind are a tenth of it.
const maxBody = 64 << 20

// pack makes v deflated JSON.
func pack(v any) ([]byte, error) {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.DefaultCompression)
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	err = w.Close()
	return out.Bytes(), err
}

// unpack reads what pack made.
func unpack(packed []byte, v any) error {
	data, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), maxBody+1))
	if err != nil {
		return err
	}
	if len(data) > maxBody {
		return fmt.Errorf("unpacks to more than %d bytes", maxBody)
	}
	return json.Unmarshal(data, v)
}

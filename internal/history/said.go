package history

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/scan"
)

// A Known is a device of a visit that a person said something about.
type Known struct {
	ID          int64        `json:"-"`
	Keys        []string     `json:"keys"`                  // as scan.Keys gives them; one beginning with "scan-" holds for one scan only
	Note        string       `json:"note,omitempty"`        // what a person wrote about it
	Gone        time.Time    `json:"gone,omitzero"`         // when a person said it was taken away, zero = nobody did
	Corrections []Correction `json:"corrections,omitempty"` // the oldest first, withdrawn ones too
}

// A Statement is what a person says a device is: rule 7 of the verdicts.
type Statement struct {
	At       time.Time   `json:"at,omitzero"`
	By       string      `json:"by,omitempty"` // who, may be empty
	Vendor   string      `json:"vendor,omitempty"`
	Model    string      `json:"model,omitempty"`
	Revision string      `json:"hardware_revision,omitempty"`
	Firmware string      `json:"firmware,omitempty"`
	Kind     device.Kind `json:"kind,omitempty"`
}

// A Correction is said of a device that a scan found.
type Correction struct {
	Statement
	Withdrawn time.Time `json:"withdrawn,omitzero"` // zero = it counts
}

// A Sticker is a device that no scan found, typed from its label.
type Sticker struct {
	ID    int64  `json:"-"`
	Place string `json:"place,omitempty"` // where it stands
	Statement
}

func statement(id device.Identity, at time.Time) Statement {
	return Statement{At: at, By: id.CorrectedBy, Vendor: id.Vendor, Model: id.Model, Revision: id.Revision, Firmware: id.Firmware, Kind: id.Kind}
}

// Identity is the statement as scan.Judge takes it, with the person as its evidence.
func (s Statement) Identity() device.Identity {
	id := device.Identity{Vendor: s.Vendor, Model: s.Model, Revision: s.Revision, Firmware: s.Firmware, FirmwareDisplay: s.Firmware, Kind: s.Kind,
		Corrected: true, CorrectedBy: s.By, CorrectedAt: s.At}
	id.Evidence = device.ByPerson(id, s.At)
	return id
}

// columns are a statement's in the tables, in the order of values.
const columns = "at, said_by, vendor, model, revision, firmware, kind"

func (s Statement) values(more ...any) []any {
	return append([]any{stamp(s.At), s.By, s.Vendor, s.Model, s.Revision, s.Firmware, string(s.Kind)}, more...)
}

// scan reads the columns, and others behind them.
func (s *Statement) scan(rows *sql.Rows, more ...any) error {
	var at string
	err := rows.Scan(append([]any{&at, &s.By, &s.Vendor, &s.Model, &s.Revision, &s.Firmware, &s.Kind}, more...)...)
	s.At = moment(at)
	return err
}

// Identity is what stands on the label.
func (s Sticker) Identity() device.Identity {
	id := s.Statement.Identity()
	id.Name = s.Place
	return id
}

// Device stands for the box with the label.
func (s Sticker) Device() device.Device {
	return device.Device{ID: device.Typed + strconv.FormatInt(s.ID, 10)}
}

// Corrector returns what scan.Judge asks: what a person said a device is. number is the
// scan that is judged again, 0 for a new one.
func (v Visit) Corrector(number int) func(device.Device) (device.Identity, bool) {
	return func(d device.Device) (device.Identity, bool) {
		k, ok := v.Said(number, d)
		if !ok {
			return device.Identity{}, false
		}
		return k.Is()
	}
}

// Is is what a person says a device is, false when nobody does or it was withdrawn.
func (k Known) Is() (device.Identity, bool) {
	for _, c := range slices.Backward(k.Corrections) {
		if c.Withdrawn.IsZero() {
			return c.Identity(), true
		}
	}
	return device.Identity{}, false
}

// Said returns what people said about a device of scan number (0 for a new scan).
func (v Visit) Said(number int, d device.Device) (Known, bool) {
	keys := keysIn(number, d)
	if i := matching(v.Devices, keys); i >= 0 {
		return v.Devices[i], true
	}
	return Known{}, false
}

// keysIn are the keys of a device. One that has none is known in its own scan only.
func keysIn(number int, d device.Device) []string {
	keys := scan.Keys(d)
	if len(keys) == 0 && number > 0 {
		keys = []string{keyInScan(number, d.ID)}
	}
	return keys
}

func keyInScan(number int, id string) string { return fmt.Sprintf("scan-%d-%s", number, id) }

// matching finds the one device with any of the keys, -1 when there is none. Two hardware
// addresses that differ are two devices, whatever else they share: makers were seen to
// give a whole series one UDN.
func matching(devices []Known, keys []string) int {
	for _, key := range keys {
		for i, k := range devices {
			if slices.Contains(k.Keys, key) && !differ(k.Keys, keys) {
				return i
			}
		}
	}
	return -1
}

func differ(a, b []string) bool {
	x, y := hardware(a), hardware(b)
	return x != "" && y != "" && x != y && !slices.Contains(a, y)
}

// hardware is the key made of a hardware address.
func hardware(keys []string) string {
	for _, key := range keys {
		if strings.HasPrefix(key, "mac-") {
			return key
		}
	}
	return ""
}

// lookedThrough is in how many scans of a visit the devices are looked for of which a
// person said something.
const lookedThrough = 20

// A Spoken is a device of which a person said something, as the newest scan that met it
// found it. Finding is nil when none of the newest did.
type Spoken struct {
	Known
	Finding *scan.Finding
}

// Spoken lists the devices of a visit of which a person said something.
func (s *Store) Spoken(ctx context.Context, v Visit) ([]Spoken, error) {
	var out []Spoken
	for _, k := range v.Devices {
		if k.Note != "" || !k.Gone.IsZero() || len(k.Corrections) > 0 {
			out = append(out, Spoken{Known: k})
		}
	}
	missing := len(out)
	for _, info := range slices.Backward(v.Scans[max(0, len(v.Scans)-lookedThrough):]) {
		if missing == 0 {
			break
		}
		done, _, err := s.Scan(ctx, v.Ref, info.Number) // without findings where another program forgot it meanwhile
		if err != nil {
			return nil, err
		}
		for i, f := range done.Findings {
			k, _ := v.Said(info.Number, f.Device)
			at := slices.IndexFunc(out, func(one Spoken) bool { return one.ID == k.ID })
			if at >= 0 && out[at].Finding == nil {
				out[at].Finding = &done.Findings[i]
				missing--
			}
		}
	}
	return out, nil
}

// looksBack is in how many earlier scans a device is looked for.
const looksBack = 10

// A Seen is a device in an earlier scan.
type Seen struct {
	At       time.Time
	Verdict  lifecycle.VerdictKind
	Firmware string
}

// Earlier tells of the devices of a scan, by Device.ID, in which scans of the visit before
// it they were seen, the newest first.
func (s *Store) Earlier(ctx context.Context, v Visit, now scan.Scan) (map[string][]Seen, error) {
	known := map[string]string{} // from key to Device.ID
	for _, f := range now.Findings {
		for _, key := range scan.Keys(f.Device) {
			known[key] = f.Device.ID
		}
	}
	out, looked := map[string][]Seen{}, 0
	for _, info := range slices.Backward(v.Scans) {
		if !info.Started.Before(now.Started) {
			continue
		}
		if looked++; looked > looksBack {
			break
		}
		before, _, err := s.Scan(ctx, v.Ref, info.Number)
		if err != nil {
			return out, err
		}
		for _, f := range before.Findings {
			for _, key := range scan.Keys(f.Device) {
				if id := known[key]; id != "" {
					out[id] = append(out[id], Seen{At: before.Started, Verdict: f.Verdict.Kind, Firmware: cmp.Or(f.Identity.FirmwareDisplay, f.Identity.Firmware)})
					break
				}
			}
		}
	}
	return out, nil
}

// Correct keeps what a person says a device is. It survives rescans: the device is
// known again by its keys. One without any keeps it for scan number only.
func (s *Store) Correct(ctx context.Context, ref string, number int, d device.Device, id device.Identity) error {
	return s.say(ctx, "correct", ref, number, d, func(tx *sql.Tx, row int64) error {
		return insertCorrection(ctx, tx, row, Correction{Statement: statement(id, s.now())})
	})
}

func insertCorrection(ctx context.Context, tx *sql.Tx, device int64, c Correction) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO correction (`+columns+`, withdrawn, device_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, c.values(stamp(c.Withdrawn), device)...)
	return err
}

// Withdraw takes back every correction of a device; they stay on record.
func (s *Store) Withdraw(ctx context.Context, ref string, number int, d device.Device) error {
	return s.run(ctx, "withdraw the correction of", ref, number, d, `UPDATE correction SET withdrawn = ?2 WHERE device_id = ?1 AND withdrawn = ''`, stamp(s.now()))
}

// Note keeps what a person writes about a device; "" takes it away.
func (s *Store) Note(ctx context.Context, ref string, number int, d device.Device, text string) error {
	return s.run(ctx, "write about", ref, number, d, `UPDATE device SET note = ?2 WHERE id = ?1`, text)
}

// SayGone keeps that a person says a device was taken away; SayBack takes that back.
func (s *Store) SayGone(ctx context.Context, ref string, number int, d device.Device) error {
	return s.run(ctx, "say gone", ref, number, d, `UPDATE device SET gone = ?2 WHERE id = ?1`, stamp(s.now()))
}

// SayBack keeps that a device was not taken away after all.
func (s *Store) SayBack(ctx context.Context, ref string, number int, d device.Device) error {
	return s.run(ctx, "say back", ref, number, d, `UPDATE device SET gone = '' WHERE id = ?1`)
}

// run changes what is said of a device: in the statement ?1 is its row, and args follow.
func (s *Store) run(ctx context.Context, what, ref string, number int, d device.Device, statement string, args ...any) error {
	return s.say(ctx, what, ref, number, d, func(tx *sql.Tx, id int64) error {
		_, err := tx.ExecContext(ctx, statement, append([]any{id}, args...)...)
		return err
	})
}

// say finds or makes the row of a device, lets it know the keys of today, and changes it.
func (s *Store) say(ctx context.Context, what, ref string, number int, d device.Device, f func(tx *sql.Tx, id int64) error) (err error) {
	defer wrap(&err, "%s a device of visit %s", what, ref)
	keys := keysIn(number, d)
	return s.edit(ctx, ref, func(tx *sql.Tx, visit int64) error {
		if len(keys) == 0 {
			return errors.New("the device cannot be known again, and no scan was named")
		}
		devices, err := known(ctx, tx, visit)
		if err != nil {
			return err
		}
		var id int64
		if i := matching(devices, keys); i >= 0 {
			id = devices[i].ID
		} else if id, err = insertDevice(ctx, tx, visit, Known{}); err != nil {
			return err
		}
		if err := insertKeys(ctx, tx, visit, id, keys); err != nil {
			return err
		}
		return f(tx, id)
	})
}

func insertDevice(ctx context.Context, tx *sql.Tx, visit int64, k Known) (int64, error) {
	r, err := tx.ExecContext(ctx, `INSERT INTO device (visit_id, note, gone) VALUES (?, ?, ?)`, visit, k.Note, stamp(k.Gone))
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

// insertKeys gives a device its keys; one that is another's stays the other's.
func insertKeys(ctx context.Context, tx *sql.Tx, visit, id int64, keys []string) error {
	for _, key := range keys {
		if _, err := tx.ExecContext(ctx, `INSERT INTO device_key (visit_id, key, device_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, visit, key, id); err != nil {
			return err
		}
	}
	return nil
}

// known reads what people said of the devices of a visit. What another program says of
// one more between two of the questions is left for the next time.
func known(ctx context.Context, q querier, visit int64) ([]Known, error) {
	var out []Known
	at := map[int64]int{}
	err := eachRow(ctx, q, `SELECT id, note, gone FROM device WHERE visit_id = ? ORDER BY id`, []any{visit}, func(rows *sql.Rows) error {
		var k Known
		var gone string
		if err := rows.Scan(&k.ID, &k.Note, &gone); err != nil {
			return err
		}
		k.Gone = moment(gone)
		at[k.ID] = len(out)
		out = append(out, k)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = eachRow(ctx, q, `SELECT device_id, key FROM device_key WHERE visit_id = ? ORDER BY key`, []any{visit}, func(rows *sql.Rows) error {
		var id int64
		var key string
		if err := rows.Scan(&id, &key); err != nil {
			return err
		}
		if i, ok := at[id]; ok {
			out[i].Keys = append(out[i].Keys, key)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = eachRow(ctx, q, `SELECT `+columns+`, withdrawn, device_id FROM correction
		WHERE device_id IN (SELECT id FROM device WHERE visit_id = ?) ORDER BY id`, []any{visit}, func(rows *sql.Rows) error {
		var id int64
		var c Correction
		var withdrawn string
		if err := c.scan(rows, &withdrawn, &id); err != nil {
			return err
		}
		if i, ok := at[id]; ok {
			c.Withdrawn = moment(withdrawn)
			out[i].Corrections = append(out[i].Corrections, c)
		}
		return nil
	})
	return out, err
}

// AddSticker keeps a device that was typed from its label, and returns it as kept.
func (s *Store) AddSticker(ctx context.Context, ref, place string, id device.Identity) (st Sticker, err error) {
	defer wrap(&err, "keep a label in visit %s", ref)
	st = Sticker{Place: place, Statement: statement(id, s.now())}
	err = s.edit(ctx, ref, func(tx *sql.Tx, visit int64) (err error) {
		st.ID, err = insertSticker(ctx, tx, visit, st)
		return err
	})
	return st, err
}

func insertSticker(ctx context.Context, tx *sql.Tx, visit int64, st Sticker) (int64, error) {
	r, err := tx.ExecContext(ctx, `INSERT INTO sticker (`+columns+`, place, visit_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, st.values(st.Place, visit)...)
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

// RemoveSticker forgets a label; one that is not there is no error.
func (s *Store) RemoveSticker(ctx context.Context, ref string, id int64) (err error) {
	defer wrap(&err, "forget a label of visit %s", ref)
	return s.edit(ctx, ref, func(tx *sql.Tx, visit int64) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM sticker WHERE id = ? AND visit_id = ?`, id, visit)
		return err
	})
}

func stickers(ctx context.Context, q querier, visit int64) ([]Sticker, error) {
	var out []Sticker
	err := eachRow(ctx, q, `SELECT `+columns+`, place, id FROM sticker WHERE visit_id = ? ORDER BY id`, []any{visit}, func(rows *sql.Rows) error {
		var st Sticker
		err := st.scan(rows, &st.Place, &st.ID)
		out = append(out, st)
		return err
	})
	return out, err
}

package catalogue

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"aead.dev/minisign"

	"houdbaar/internal/scan"
	"houdbaar/internal/sqlite"
)

// A pack is one file that brings a newer catalogue: a line that says so, a minisign
// signature, an empty line, and the packed catalogue that was signed.
const packHead = "houdbaar catalogue pack 1\n"

const (
	maxPack      = 256 << 20 // bytes of a pack; today's is about one million
	maxCatalogue = 1 << 30   // bytes of a catalogue; a pack must not fill the disk
	previousName = "catalogue.previous.db"
)

// Why a pack is refused, besides ErrDamaged, ErrForeign and ErrSchema. A refused pack
// has changed nothing.
var (
	ErrNoPack    = refusal{"no_pack", "not a catalogue pack"}
	ErrSignature = refusal{"signature", "signature of the pack does not fit"}
	ErrNoKey     = refusal{"no_key", "no key to check a pack with"}
	ErrTooLarge  = refusal{"too_large", "pack is too large"}
	ErrNotNewer  = refusal{"not_newer", "pack is not newer than the catalogue in use"}
	ErrNoBefore  = refusal{"no_before", "no catalogue to go back to"}
)

// A refusal is why a catalogue, a pack or a key is not taken: a word that has a sentence,
// "pack.<code>", and what an error says.
type refusal struct{ code, text string }

func (r refusal) Error() string { return r.text }

// Code returns the word for why a pack or a key was refused.
func Code(err error) string {
	var why refusal
	switch {
	case errors.As(err, &why):
		return why.code
	case errors.Is(err, context.Canceled):
		return "cancelled"
	}
	return "other"
}

// WritePack signs a finished catalogue file and writes the pack.
func WritePack(w io.Writer, path string, key minisign.PrivateKey) (err error) {
	defer wrap(&err, "pack")
	db, err := Open(path)
	if err != nil {
		return err
	}
	meta := db.Meta()
	if err := db.Close(); err != nil {
		return err
	}
	body, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var packed bytes.Buffer // writing to which cannot fail
	gz, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	gz.Write(body)
	gz.Close()
	comment := fmt.Sprintf("houdbaar catalogue %s, %d products", meta.Version, meta.Products)
	signature := minisign.SignWithComments(key, packed.Bytes(), comment, "signature of the packed catalogue below")
	pack := slices.Concat([]byte(packHead), bytes.TrimSpace(signature), []byte("\n\n"), packed.Bytes())
	_, err = w.Write(pack)
	return err
}

// Install checks a pack and makes it the catalogue in dir: the signature by one of the
// Publishers, that it is a whole catalogue of this program and schema, and newer than the
// one in dir. The one before stays for StepBack. Whatever goes wrong, and if the
// power goes, the catalogue in dir is the old one or the new one, whole. Who has it
// open must close it before, and open it again.
func Install(ctx context.Context, pack io.Reader, dir string) (_ scan.CatalogueMeta, err error) {
	defer wrap(&err, "install pack")
	var none scan.CatalogueMeta
	publishers, err := trusted(dir)
	if err != nil {
		return none, err
	}
	body, signer, err := unpack(pack, publishers)
	if err != nil {
		return none, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return none, err
	}
	tidy(dir)
	temp, err := writeTemp(dir, ".pack-*.db", body)
	if err != nil {
		return none, err
	}
	defer os.Remove(temp)
	meta, err := inspect(ctx, temp)
	if err != nil {
		return none, err
	}
	path := filepath.Join(dir, FileName)
	if have, err := Open(path); err == nil {
		old := have.Meta()
		have.Close()
		if !newer(meta.Version, old.Version) {
			return none, fmt.Errorf("%s, in use is %s: %w", meta.Version, old.Version, ErrNotNewer)
		}
		if err := copyFile(path, filepath.Join(dir, previousName)); err != nil {
			return none, fmt.Errorf("keep the catalogue before: %w", err)
		}
	}
	if err := sign(dir, meta.Version, signer); err != nil {
		return none, err
	}
	if err := os.Rename(temp, path); err != nil {
		return none, err
	}
	return meta, nil
}

// abandoned is how old a half-written file is when nobody writes it any more.
const abandoned = time.Hour

// tidy removes what an install that was cut off left behind. It cannot do harm, and does
// not matter, when it fails.
func tidy(dir string) {
	for _, pattern := range []string{".pack-*.db", ".new-*.db"} {
		left, _ := filepath.Glob(filepath.Join(dir, pattern))
		for _, file := range left {
			if info, err := os.Stat(file); err == nil && time.Since(info.ModTime()) > abandoned {
				os.Remove(file)
			}
		}
	}
}

// StepBack makes the catalogue before the last Install the one in dir again.
func StepBack(ctx context.Context, dir string) (_ scan.CatalogueMeta, err error) {
	defer wrap(&err, "step back")
	previous := filepath.Join(dir, previousName)
	meta, err := inspect(ctx, previous)
	if errors.Is(err, ErrMissing) {
		err = ErrNoBefore
	}
	if err != nil {
		return meta, err
	}
	return meta, os.Rename(previous, filepath.Join(dir, FileName))
}

// unpack checks a pack's form and signature and returns the catalogue in it, and who signed it.
func unpack(pack io.Reader, publishers []Publisher) (_ io.Reader, signer Publisher, err error) {
	all, err := io.ReadAll(&bounded{pack, maxPack})
	if err != nil {
		return nil, signer, err
	}
	rest, ok := bytes.CutPrefix(all, []byte(packHead))
	if !ok {
		return nil, signer, ErrNoPack
	}
	signature, packed, ok := bytes.Cut(rest, []byte("\n\n"))
	if !ok {
		return nil, signer, ErrNoPack
	}
	by := slices.IndexFunc(publishers, func(p Publisher) bool { return minisign.Verify(p.Key, packed, signature) })
	if by < 0 {
		return nil, signer, ErrSignature
	}
	gz, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, signer, fmt.Errorf("%w: %w", ErrNoPack, err)
	}
	return &bounded{gz, maxCatalogue}, publishers[by], nil
}

// bounded fails, instead of ending quietly, when more comes than allowed.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, ErrTooLarge
	}
	return n, err
}

// inspect opens a catalogue and checks the whole file.
func inspect(ctx context.Context, path string) (scan.CatalogueMeta, error) {
	db, err := Open(path)
	if err != nil {
		return scan.CatalogueMeta{}, err
	}
	defer db.Close()
	if err := sqlite.Check(ctx, db.db); err != nil {
		return scan.CatalogueMeta{}, fmt.Errorf("%w: %w", cmp.Or(ctx.Err(), error(ErrDamaged)), err)
	}
	if db.meta.Products == 0 || db.meta.Version == "" || db.meta.Date.IsZero() {
		return scan.CatalogueMeta{}, fmt.Errorf("%w: it is empty", ErrDamaged)
	}
	return db.Meta(), nil
}

func copyFile(from, to string) error {
	f, err := os.Open(from)
	if err != nil {
		return err
	}
	defer f.Close()
	return replace(f, to)
}

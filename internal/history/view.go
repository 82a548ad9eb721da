package history

import (
	"context"
	"fmt"
	"time"

	"houdbaar/internal/sqlite"
)

// View opens a history file that may not be written, for reading alone: every method
// that changes something fails, with the code "forbidden". What another program has
// written and not yet put into the file itself is not seen. A file of an older schema
// cannot be viewed: bringing it up to date would write.
func View(ctx context.Context, path string, now func() time.Time) (*Store, error) {
	if err := look(path); err != nil {
		return nil, fmt.Errorf("view %s: %w", path, err)
	}
	db, err := sqlite.OpenReadOnly(path)
	if err != nil {
		return nil, err
	}
	schema, err := sqlite.UserVersion(ctx, db)
	if err == nil && schema != newest() {
		err = fmt.Errorf("schema %d, this program knows %d", schema, newest())
	}
	if err != nil {
		db.Close()
		return nil, fmt.Errorf("view %s: %w", path, err)
	}
	return &Store{db: db, path: path, now: now}, nil
}

// OpenOrView opens the history file, and views one that cannot be written: because it may
// not be, or because the disk is full. stuck is then why, otherwise nil.
func OpenOrView(ctx context.Context, path string, now func() time.Time) (s *Store, stuck, err error) {
	s, err = Open(ctx, path, now)
	if code := Code(err); code != "forbidden" && code != "full" {
		return s, nil, err
	}
	if s, viewErr := View(ctx, path, now); viewErr == nil {
		return s, err, nil
	}
	return nil, nil, err
}

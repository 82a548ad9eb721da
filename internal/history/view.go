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

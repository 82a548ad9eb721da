package main

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"time"

	"houdbaar/internal/app"
	"houdbaar/internal/history"
	"houdbaar/internal/ui"
)

// A book is the history file. It is made when there is something to keep, and only
// viewed where it cannot be written.
type book struct {
	folder string // "" = the program's data folder

	mu    sync.Mutex
	store *history.Store
	stuck error // why it can only be viewed, nil = it can be written
}

func (b *book) Where() string {
	if b.folder != "" {
		return b.folder
	}
	dir, err := app.DataFolder()
	if err != nil {
		return ""
	}
	return dir
}

func (b *book) path() string { return filepath.Join(b.Where(), history.FileName) }

// loss is an error of the file, with its code.
func (b *book) loss(err error) error {
	return ui.Loss{Err: err, Code: history.Code(err), Path: b.path()}
}

// read calls f with the open history. A file that is not there is no error, and f is
// not called.
func (b *book) read(ctx context.Context, f func(*history.Store) error) error {
	return b.with(ctx, false, f)
}

// write calls f with the open history, which is made where it is not there.
func (b *book) write(ctx context.Context, f func(*history.Store) error) error {
	return b.with(ctx, true, f)
}

func (b *book) with(ctx context.Context, write bool, f func(*history.Store) error) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.Where() == "" {
		return b.loss(history.ErrNowhere)
	}
	if b.stuck != nil && write {
		b.drop() // perhaps it may be written by now
	}
	if b.store == nil {
		if !write && !history.Exists(b.path()) {
			return nil
		}
		store, stuck, err := history.OpenOrView(ctx, b.path(), time.Now)
		if err == nil && stuck != nil && write {
			err = errors.Join(stuck, store.Close())
		}
		if err != nil {
			return b.loss(err)
		}
		b.store, b.stuck = store, stuck
	}
	if err := f(b.store); err != nil {
		return b.loss(err)
	}
	return nil
}

// onlyViewed says why nothing can be kept, nil when it can.
func (b *book) onlyViewed() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.stuck == nil {
		return nil
	}
	return b.loss(b.stuck)
}

// drop closes the file, so that the next use opens it anew.
func (b *book) drop() error {
	store := b.store
	b.store, b.stuck = nil, nil
	return store.Close()
}

func (b *book) close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.drop()
}

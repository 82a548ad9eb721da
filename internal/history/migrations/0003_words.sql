-- The words a visit is found by, folded, in one row: a search reads two thousand rows
-- and not a hundred thousand. A visit without a row gets one when the file is opened.
CREATE TABLE words (
	visit_id INTEGER PRIMARY KEY REFERENCES visit ON DELETE CASCADE,
	text     TEXT NOT NULL
) STRICT;

-- What the owner set: "keep_days" (visits older than that are forgotten, 0 = never),
-- "wipe" (something was forgotten and traces may be left: see Store.Forget).
CREATE TABLE setting (
	name  TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

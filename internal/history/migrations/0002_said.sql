-- What people said: of a device that was found, and of one that only its label names.

-- A device of a visit that somebody said something about.
CREATE TABLE device (
	id       INTEGER PRIMARY KEY,
	visit_id INTEGER NOT NULL REFERENCES visit ON DELETE CASCADE,
	note     TEXT NOT NULL,
	gone     TEXT NOT NULL -- when it was said to be taken away, "" = it was not
) STRICT;

-- By what the device is known again; never its address alone.
CREATE TABLE device_key (
	visit_id  INTEGER NOT NULL REFERENCES visit ON DELETE CASCADE,
	key       TEXT NOT NULL,
	device_id INTEGER NOT NULL REFERENCES device ON DELETE CASCADE,
	PRIMARY KEY (visit_id, key)
) STRICT, WITHOUT ROWID;

-- What a person says a device is. The newest counts; a withdrawn one counts no more.
CREATE TABLE correction (
	id        INTEGER PRIMARY KEY,
	device_id INTEGER NOT NULL REFERENCES device ON DELETE CASCADE,
	at        TEXT NOT NULL,
	said_by   TEXT NOT NULL,
	vendor    TEXT NOT NULL,
	model     TEXT NOT NULL,
	revision  TEXT NOT NULL,
	firmware  TEXT NOT NULL,
	kind      TEXT NOT NULL,
	withdrawn TEXT NOT NULL -- when, "" = it counts
) STRICT;

-- A device that no scan found, typed from its label.
CREATE TABLE sticker (
	id       INTEGER PRIMARY KEY,
	visit_id INTEGER NOT NULL REFERENCES visit ON DELETE CASCADE,
	at       TEXT NOT NULL,
	said_by  TEXT NOT NULL,
	place    TEXT NOT NULL,
	vendor   TEXT NOT NULL,
	model    TEXT NOT NULL,
	revision TEXT NOT NULL,
	firmware TEXT NOT NULL,
	kind     TEXT NOT NULL
) STRICT;

CREATE INDEX device_of_visit ON device (visit_id);
CREATE INDEX key_of_device ON device_key (device_id);
CREATE INDEX correction_of_device ON correction (device_id);
CREATE INDEX sticker_of_visit ON sticker (visit_id);

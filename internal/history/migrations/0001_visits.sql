-- Times are RFC 3339 with the zone they were read in; days are 2006-01-02.
-- Every table is written by package history and by nobody else.

PRAGMA application_id = 1215264118; -- "Houv"

-- A home that was looked at. The visit with ref "home" is the home of whoever owns
-- this computer.
CREATE TABLE visit (
	id        INTEGER PRIMARY KEY,
	ref       TEXT NOT NULL UNIQUE,
	household TEXT NOT NULL,
	notes     TEXT NOT NULL,
	visitor   TEXT NOT NULL,
	created   TEXT NOT NULL,
	changed   TEXT NOT NULL,
	imported  TEXT NOT NULL -- when it came from another computer, "" = made here
) STRICT;

-- One run of the scanner, and the list that judged it.
CREATE TABLE scan (
	id                 INTEGER PRIMARY KEY,
	visit_id           INTEGER NOT NULL REFERENCES visit ON DELETE CASCADE,
	number             INTEGER NOT NULL, -- 1, 2, ... within the visit
	started            TEXT NOT NULL,
	finished           TEXT NOT NULL,
	stopped            INTEGER NOT NULL,
	judged_on          TEXT NOT NULL,
	catalogue_version  TEXT NOT NULL,
	catalogue_date     TEXT NOT NULL,
	catalogue_products INTEGER NOT NULL,
	devices            INTEGER NOT NULL,
	counts             TEXT NOT NULL, -- devices by verdict, JSON
	circumstances      BLOB NOT NULL, -- interfaces and problems, deflated JSON
	UNIQUE (visit_id, number)
) STRICT;

-- One device of a scan: what it said, who it is, what it matched, what was decided.
-- The columns before body are there to be searched.
CREATE TABLE finding (
	scan_id  INTEGER NOT NULL REFERENCES scan ON DELETE CASCADE,
	position INTEGER NOT NULL,
	device   TEXT NOT NULL,
	name     TEXT NOT NULL,
	vendor   TEXT NOT NULL,
	model    TEXT NOT NULL,
	revision TEXT NOT NULL,
	firmware TEXT NOT NULL,
	kind     TEXT NOT NULL,
	verdict  TEXT NOT NULL,
	address  TEXT NOT NULL,
	mac      TEXT NOT NULL,
	body     BLOB NOT NULL, -- all of it, deflated JSON
	PRIMARY KEY (scan_id, position)
) STRICT;

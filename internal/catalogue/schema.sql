-- The catalogue, schema 2. Every table is written once by catalogue/build, sorted,
-- in one transaction, and only read after that. No clock, no row without an order:
-- the same sources give the same bytes.

-- key and value: version, date (the newest day a source was read), products.
CREATE TABLE meta (
	key   TEXT PRIMARY KEY,
	value TEXT NOT NULL
) WITHOUT ROWID;

-- Where facts were read. read is a day; trust is second_hand, authority or vendor;
-- via and via_url are set where the publisher's words were read in a copy.
CREATE TABLE source (
	id        INTEGER PRIMARY KEY,
	publisher TEXT NOT NULL,
	title     TEXT NOT NULL,
	url       TEXT NOT NULL,
	read      TEXT NOT NULL,
	trust     TEXT NOT NULL,
	via       TEXT NOT NULL,
	via_url   TEXT NOT NULL
);

-- Who must be named where the catalogue is shown or passed on.
CREATE TABLE credit (
	id   INTEGER PRIMARY KEY,
	text TEXT NOT NULL
);

-- A model of a vendor, whatever its revision: what a person searches for. words are
-- the spellings to compare with, folded and separated by a line feed. The shorter
-- vendor and name are together, the lower the id: a search shows those first.
CREATE TABLE model (
	id         INTEGER PRIMARY KEY,
	vendor     TEXT NOT NULL,
	name       TEXT NOT NULL,
	words      TEXT NOT NULL
);

-- A product: vendor, model and hardware revision. slug is its stable ID; ids are in the
-- order of slugs.
CREATE TABLE product (
	id       INTEGER PRIMARY KEY,
	slug     TEXT NOT NULL UNIQUE,
	model    INTEGER NOT NULL REFERENCES model (id),
	revision TEXT NOT NULL,
	kind     TEXT NOT NULL,
	provider TEXT NOT NULL,
	page     TEXT NOT NULL,
	aliases  TEXT NOT NULL  -- separated by a line feed
);
CREATE INDEX product_model ON product (model);

-- What a product can be looked up by: every lifecycle.ProductVendorKeys with every
-- lifecycle.ProductKeys of it.
CREATE TABLE name (
	vendor_key TEXT NOT NULL,
	key        TEXT NOT NULL,
	product    INTEGER NOT NULL REFERENCES product (id),
	PRIMARY KEY (vendor_key, key, product)
) WITHOUT ROWID;

-- What one source says about one product; n keeps their order. date is "2026-11-21",
-- "2026-11", "2026", "tba" or empty.
CREATE TABLE fact (
	product   INTEGER NOT NULL REFERENCES product (id),
	n         INTEGER NOT NULL,
	says      TEXT NOT NULL,
	date      TEXT NOT NULL,
	version   TEXT NOT NULL,
	region    TEXT NOT NULL,
	campaign  TEXT NOT NULL,
	detail    TEXT NOT NULL,
	source    INTEGER NOT NULL REFERENCES source (id),
	PRIMARY KEY (product, n)
) WITHOUT ROWID;

-- What was said and taken back, and why: on record, never judged on. slug is the ID of
-- the product that it speaks of, which need not be one (the FBI's Linksys E100). They
-- are few, and read as a whole.
CREATE TABLE withdrawn (
	id       INTEGER PRIMARY KEY,
	slug     TEXT NOT NULL,
	vendor   TEXT NOT NULL,
	model    TEXT NOT NULL,
	revision TEXT NOT NULL,
	says     TEXT NOT NULL,
	date     TEXT NOT NULL,
	version  TEXT NOT NULL,
	region   TEXT NOT NULL,
	campaign TEXT NOT NULL,
	detail   TEXT NOT NULL,
	why      TEXT NOT NULL,
	source   INTEGER NOT NULL REFERENCES source (id)
);

-- For searching as one types: which models hold a piece of text. models is the
-- ascending list of model ids, each written as the difference to the one before it,
-- as unsigned varints.
CREATE TABLE gram (
	gram   TEXT PRIMARY KEY,
	models BLOB NOT NULL
) WITHOUT ROWID;

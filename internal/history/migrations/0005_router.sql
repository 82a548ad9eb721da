-- Whether the router was looked for and not found: what the scan came to is then not the
-- whole picture. Of older scans nobody wrote it down.
ALTER TABLE scan ADD COLUMN no_router INTEGER NOT NULL DEFAULT 0;

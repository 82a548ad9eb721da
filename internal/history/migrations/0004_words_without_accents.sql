-- Words are folded without their accents now: all are written again when the file is
-- opened.
DELETE FROM words;

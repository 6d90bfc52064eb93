-- The survey's file, for drafts of surveys that no list has; the checksum covers it where there is one.
ALTER TABLE drafts ADD COLUMN file TEXT;

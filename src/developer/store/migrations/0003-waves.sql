-- The wave a response or a decline counts for; none for surveys without waves. The checksum covers it where there is one.
ALTER TABLE responses ADD COLUMN wave TEXT;
ALTER TABLE declines ADD COLUMN wave TEXT;

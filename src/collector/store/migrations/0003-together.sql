-- Submissions of a burst, until they are moved into their places in `responses`, moments after the last of it. Those of a part that were
-- stored together are one row, in the order of their nullifiers, under the lowest, which tells nothing of when that was.
INSERT INTO responses (nullifier, wave, part, version, payload, hash)
SELECT nullifier, wave, part, version, payload, hash FROM arrivals WHERE true ON CONFLICT DO NOTHING;
DROP TABLE arrivals;
CREATE TABLE arrivals (
    lowest BLOB PRIMARY KEY,
    wave BLOB NOT NULL,
    part TEXT NOT NULL,
    submissions INTEGER NOT NULL,
    entries BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Submissions of a burst, until they are moved into their places in `responses`, moments after the last of it. Those that were stored
-- together stand beside one another, under the lowest nullifier among them, which tells nothing of when that was.
CREATE TABLE arrivals (
    beside BLOB NOT NULL,
    nullifier BLOB NOT NULL,
    wave BLOB NOT NULL,
    part TEXT NOT NULL,
    version INTEGER NOT NULL,
    payload BLOB NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (beside, nullifier)
) STRICT, WITHOUT ROWID;

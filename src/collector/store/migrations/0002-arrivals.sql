-- Submissions of a burst, as they came, until they are moved into their places in `responses`: moments after the last of it.
CREATE TABLE arrivals (
    nullifier BLOB NOT NULL,
    wave BLOB NOT NULL,
    part TEXT NOT NULL,
    version INTEGER NOT NULL,
    payload BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;

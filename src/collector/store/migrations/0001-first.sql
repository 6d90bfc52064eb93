-- Marks the file as a collector's: "dxpc" in ASCII.
PRAGMA application_id = 1685614691;

-- No table has row numbers, times or addresses: what was stored first can't be told from what was stored last.

-- The roster. A person is 16 random bytes; the code of an invitation and the credential are kept as their SHA-256.
CREATE TABLE people (
    person BLOB PRIMARY KEY,
    contact TEXT NOT NULL UNIQUE,
    segments TEXT NOT NULL,
    language TEXT,
    code_hash BLOB UNIQUE,
    credential_hash BLOB UNIQUE
) STRICT, WITHOUT ROWID;

-- Published waves; closing and ledger come with the close.
CREATE TABLE waves (
    wave BLOB PRIMARY KEY,
    survey TEXT NOT NULL,
    name TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    bundle TEXT NOT NULL,
    closing TEXT,
    ledger BLOB,
    UNIQUE (survey, sequence),
    UNIQUE (survey, name)
) STRICT, WITHOUT ROWID;

-- The one token of each part that a credential got, as the hash of what was asked and the answer to it, until the close.
CREATE TABLE issued (
    wave BLOB NOT NULL,
    part TEXT NOT NULL,
    credential BLOB NOT NULL,
    request BLOB NOT NULL,
    answer BLOB NOT NULL,
    PRIMARY KEY (wave, part, credential)
) STRICT, WITHOUT ROWID;

-- Submissions; one that was taken back is an empty payload.
CREATE TABLE responses (
    nullifier BLOB PRIMARY KEY,
    wave BLOB NOT NULL,
    part TEXT NOT NULL,
    version INTEGER NOT NULL,
    payload BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- How many responses a wave had by the end of a day, in steps of 5.
CREATE TABLE days (
    day TEXT NOT NULL,
    wave BLOB NOT NULL,
    responses INTEGER NOT NULL,
    PRIMARY KEY (day, wave)
) STRICT, WITHOUT ROWID;

-- Signed results, by the hash of their document.
CREATE TABLE results (
    document TEXT NOT NULL,
    hash BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Who may read progress and responses, by the hash of their token.
CREATE TABLE admins (
    token_hash BLOB PRIMARY KEY,
    label TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- 'dxpu': tells a database of ours from any other SQLite file.
PRAGMA application_id = 1685614709;

-- What was asked, word for word, so that an export shows the labels of its day.
CREATE TABLE surveys (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL
) STRICT;

-- At most a handful of rows, so no index: a save touches one page.
CREATE TABLE drafts (
    id INTEGER PRIMARY KEY,
    survey TEXT NOT NULL,
    answered INTEGER NOT NULL,
    asked INTEGER NOT NULL,
    saved_at TEXT NOT NULL,
    checksum BLOB NOT NULL,
    body TEXT NOT NULL
) STRICT;

CREATE TABLE responses (
    id INTEGER PRIMARY KEY,
    response TEXT NOT NULL UNIQUE,
    survey TEXT NOT NULL,
    version INTEGER NOT NULL,
    title TEXT NOT NULL,
    answered_at TEXT NOT NULL,
    source TEXT NOT NULL REFERENCES surveys (hash),
    checksum BLOB NOT NULL,
    body TEXT NOT NULL
) STRICT;

CREATE TABLE declines (
    id INTEGER PRIMARY KEY,
    survey TEXT NOT NULL,
    version INTEGER NOT NULL,
    title TEXT NOT NULL,
    declined_at TEXT NOT NULL,
    checksum BLOB NOT NULL
) STRICT;

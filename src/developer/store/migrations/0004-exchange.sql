-- What is exchanged with collectors: enrolments, waves, tokens and the outbox, each as JSON under a name of its kind.
CREATE TABLE records (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    checksum BLOB NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (kind, name)
) STRICT;

-- The same tables as in a file, in a schema of their own. Texts are compared by their bytes, as in a file.
CREATE SCHEMA IF NOT EXISTS dxpulse_collector;

-- No table has row numbers, times or addresses: what was stored first can't be told from what was stored last.

-- The roster. A person is 16 random bytes; the code of an invitation and the credential are kept as their SHA-256.
CREATE TABLE people (
    person BYTEA PRIMARY KEY,
    contact TEXT COLLATE "C" NOT NULL UNIQUE,
    segments TEXT COLLATE "C" NOT NULL,
    language TEXT COLLATE "C",
    code_hash BYTEA UNIQUE,
    credential_hash BYTEA UNIQUE
);

-- Published waves; closing and ledger come with the close.
CREATE TABLE waves (
    wave BYTEA PRIMARY KEY,
    survey TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    sequence BIGINT NOT NULL,
    bundle TEXT COLLATE "C" NOT NULL,
    closing TEXT COLLATE "C",
    ledger BYTEA,
    UNIQUE (survey, sequence),
    UNIQUE (survey, name)
);

-- The one token of each part that a credential got, as the hash of what was asked and the answer to it, until the close.
CREATE TABLE issued (
    wave BYTEA NOT NULL,
    part TEXT COLLATE "C" NOT NULL,
    credential BYTEA NOT NULL,
    request BYTEA NOT NULL,
    answer BYTEA NOT NULL,
    PRIMARY KEY (wave, part, credential)
);

-- Submissions; one that was taken back is an empty payload.
CREATE TABLE responses (
    nullifier BYTEA PRIMARY KEY,
    wave BYTEA NOT NULL,
    part TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    payload BYTEA NOT NULL,
    hash BYTEA NOT NULL
);

-- How many responses a wave had by the end of a day, in steps of 5.
CREATE TABLE days (
    day TEXT COLLATE "C" NOT NULL,
    wave BYTEA NOT NULL,
    responses BIGINT NOT NULL,
    PRIMARY KEY (day, wave)
);

-- Signed results, by the hash of their document.
CREATE TABLE results (
    document TEXT COLLATE "C" NOT NULL,
    hash BYTEA PRIMARY KEY
);

-- Who may read progress and responses, by the hash of their token.
CREATE TABLE admins (
    token_hash BYTEA PRIMARY KEY,
    label TEXT COLLATE "C" NOT NULL
);

-- Marks the schema as a collector's, in this version.
CREATE TABLE format (version BIGINT PRIMARY KEY);
INSERT INTO format VALUES (1);

-- Statistics would keep samples of what was erased.
DO $$
DECLARE here record;
BEGIN
    FOR here IN SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'dxpulse_collector' LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN %I SET STATISTICS 0', here.table_name, here.column_name);
    END LOOP;
END $$;

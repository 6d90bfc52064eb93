-- Stores submissions of open waves where nothing is stored under their nullifiers, and gives the nullifiers of those. It waits until
-- nobody else writes, by the lock that every writer holds, and sees what they wrote: each statement of a function looks anew.
CREATE FUNCTION take(BYTEA[], BYTEA[], TEXT[], BIGINT[], BYTEA[], BYTEA[]) RETURNS SETOF BYTEA LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(28279922072777573);
    RETURN QUERY
        INSERT INTO responses (nullifier, wave, part, version, payload, hash)
        SELECT new.* FROM unnest($1, $2, $3, $4, $5, $6) AS new (nullifier, wave, part, version, payload, hash)
        WHERE new.wave IN (SELECT waves.wave FROM waves WHERE closing IS NULL)
        ON CONFLICT DO NOTHING RETURNING responses.nullifier;
END $$;

UPDATE format SET version = 2;

-- Sealed columns are XChaCha20-Poly1305 under the store key, bound to table and row.
CREATE TABLE meta (mark BLOB NOT NULL); -- sealed: it opens under this store's key alone
CREATE TABLE draft (                    -- a sensor whose registration may be on its way
    serial BLOB PRIMARY KEY,            -- a keyed hash of its serial number
    secret BLOB NOT NULL                -- sealed: key seed, salt
);
CREATE TABLE sensor (
    device INTEGER PRIMARY KEY,
    pairing INTEGER NOT NULL,
    deployment BLOB NOT NULL,
    next_sequence INTEGER NOT NULL,
    secret BLOB NOT NULL                -- sealed: key seed, settings
);
CREATE TABLE batch (
    device INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    pairing INTEGER NOT NULL,
    category INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    closed INTEGER NOT NULL DEFAULT 0,
    seed BLOB NOT NULL,                 -- sealed
    PRIMARY KEY (device, sequence)
) WITHOUT ROWID;
CREATE TABLE sample (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    device INTEGER NOT NULL,
    sequence INTEGER,                   -- the batch it is in, absent while it waits
    place INTEGER,
    body BLOB NOT NULL                  -- sealed
);
CREATE INDEX sample_place ON sample (device, sequence, place);
CREATE TABLE placed (                   -- when the last reading in a batch was measured
    device INTEGER NOT NULL,
    category INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (device, category)
) WITHOUT ROWID;
CREATE TABLE mark (                     -- keyed hashes of payloads that came
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    device INTEGER NOT NULL,
    stamped INTEGER NOT NULL,           -- whether the payload names its own time or number
    mark BLOB NOT NULL,
    at_ms INTEGER NOT NULL,             -- of arrival
    delivery INTEGER                    -- the transport's number of it
);
CREATE INDEX mark_of ON mark (device, mark, id);
CREATE INDEX mark_age ON mark (device, stamped, id);
CREATE TABLE aside (                    -- what came and was not taken
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    device INTEGER NOT NULL,
    code TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    payload BLOB NOT NULL               -- sealed
);
CREATE TABLE counter (
    device INTEGER NOT NULL,
    name TEXT NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (device, name)
) WITHOUT ROWID;

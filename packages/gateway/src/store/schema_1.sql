-- Sealed columns are XChaCha20-Poly1305 under the key file, bound to table and row.
CREATE TABLE meta (owner BLOB NOT NULL); -- sealed
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
CREATE TABLE device (
    device INTEGER PRIMARY KEY,
    pairing INTEGER NOT NULL,
    scheme INTEGER NOT NULL,
    key BLOB NOT NULL,
    categories INTEGER NOT NULL,
    lost_from INTEGER,
    anchored INTEGER NOT NULL -- the chain's last batch number when last asked
);
CREATE TABLE batch (
    device INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    pairing INTEGER NOT NULL,
    category INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    state INTEGER NOT NULL,
    count INTEGER NOT NULL DEFAULT 0,
    last_ms INTEGER NOT NULL DEFAULT 0,
    due INTEGER NOT NULL DEFAULT 0,    -- to be closed now
    again INTEGER NOT NULL DEFAULT 0,  -- its readings come a second time, and were watched
    measured BLOB,
    signature BLOB,
    seed BLOB,                         -- sealed
    generation INTEGER,
    digest BLOB,
    length INTEGER,
    sent INTEGER NOT NULL DEFAULT 0,   -- given to the chain, outcome unknown
    parked BLOB,                       -- age file for the patient
    waiting TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '',
    since_ms INTEGER NOT NULL,
    PRIMARY KEY (device, sequence)
) WITHOUT ROWID;
CREATE INDEX batch_state ON batch (state, device, sequence);
CREATE TABLE frame (
    device INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    first_index INTEGER NOT NULL,
    readings BLOB NOT NULL,            -- sealed
    PRIMARY KEY (device, sequence, first_index)
) WITHOUT ROWID;
CREATE TABLE monitor (device INTEGER PRIMARY KEY, state BLOB NOT NULL); -- sealed
CREATE TABLE blob (
    digest BLOB PRIMARY KEY,
    bytes BLOB NOT NULL,
    category INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    device INTEGER,                    -- of a batch; absent for an alert's detail
    sequence INTEGER
);
CREATE TABLE delivery (
    digest BLOB NOT NULL REFERENCES blob (digest) ON DELETE CASCADE,
    vault TEXT NOT NULL,
    PRIMARY KEY (digest, vault)
);
CREATE TABLE alert (
    id INTEGER PRIMARY KEY,
    state INTEGER NOT NULL,
    finding BLOB,                      -- sealed; gone once it is encrypted to the patient
    rule INTEGER NOT NULL,
    ladder INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    digest BLOB,
    number INTEGER,
    body BLOB,
    signature BLOB,
    waiting TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '',
    since_ms INTEGER NOT NULL
);
CREATE TABLE cover (
    generation INTEGER NOT NULL,
    category INTEGER NOT NULL,
    nodes BLOB NOT NULL,               -- sealed
    PRIMARY KEY (generation, category)
);
CREATE TABLE quarantine (
    id INTEGER PRIMARY KEY,
    first_ms INTEGER NOT NULL,
    last_ms INTEGER NOT NULL,
    times INTEGER NOT NULL,
    code TEXT NOT NULL,
    device INTEGER,
    sequence INTEGER,
    line_digest BLOB NOT NULL,
    line BLOB NOT NULL,                -- sealed
    UNIQUE (line_digest, code)
);

-- Sealed columns are XChaCha20-Poly1305 under the key file, bound to table and row.
CREATE TABLE meta (owner BLOB NOT NULL); -- sealed
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
CREATE TABLE device (
    device INTEGER PRIMARY KEY,
    pairing INTEGER NOT NULL, -- the last with our patient
    categories INTEGER NOT NULL,
    lost_from INTEGER,
    anchored INTEGER NOT NULL, -- the chain's last batch number when last asked
    paired_from INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE device_key (
    device INTEGER NOT NULL REFERENCES device (device) ON DELETE CASCADE,
    from_sequence INTEGER NOT NULL,    -- first batch it signs
    scheme INTEGER NOT NULL,
    key BLOB NOT NULL,
    PRIMARY KEY (device, from_sequence)
) WITHOUT ROWID;
-- Pairings with our patient that ended while batches of them were not on the chain.
CREATE TABLE ended_pairing (
    device INTEGER NOT NULL REFERENCES device (device) ON DELETE CASCADE,
    pairing INTEGER NOT NULL,
    to_ms INTEGER NOT NULL,
    PRIMARY KEY (device, pairing)
) WITHOUT ROWID;
-- The chain's last reading of a device and category, when last asked.
CREATE TABLE anchored_until (
    device INTEGER NOT NULL REFERENCES device (device) ON DELETE CASCADE,
    category INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (device, category)
) WITHOUT ROWID;
-- First hour that is sealed in any case, when last asked.
CREATE TABLE sealed_from (epoch INTEGER NOT NULL);
CREATE TABLE heard (
    device INTEGER PRIMARY KEY,
    last_seen_ms INTEGER,              -- our clock when a reading of it was last stored
    battery INTEGER,                   -- per cent
    battery_ms INTEGER                 -- our clock when it said so
);
-- Devices that spoke and are not known: to be asked for (asked_ms absent), or asked for in vain.
CREATE TABLE wanted (device INTEGER PRIMARY KEY, asked_ms INTEGER);
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
    half INTEGER NOT NULL DEFAULT 0,   -- measure at last_ms whose other half has not come; 0: none
    implausible INTEGER NOT NULL DEFAULT 0, -- readings that the analysis flagged as such
    poor INTEGER NOT NULL DEFAULT 0,
    sudden INTEGER NOT NULL DEFAULT 0,
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
    assessed BLOB,                     -- sealed, a byte a reading; absent: nothing was flagged
    PRIMARY KEY (device, sequence, first_index)
) WITHOUT ROWID;
CREATE TABLE gap (
    device INTEGER NOT NULL,
    first INTEGER NOT NULL,            -- missing number
    next INTEGER NOT NULL,             -- number the device goes on with
    notice BLOB NOT NULL,
    signature BLOB NOT NULL,
    stage INTEGER NOT NULL,
    waiting TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '',
    since_ms INTEGER NOT NULL,
    PRIMARY KEY (device, first)
) WITHOUT ROWID;
CREATE TABLE trouble (what TEXT PRIMARY KEY, reason TEXT NOT NULL, since_ms INTEGER NOT NULL);
CREATE TABLE condition (
    rule INTEGER NOT NULL,
    subject TEXT NOT NULL,             -- a device's number, a vault's name, or empty
    since_ms INTEGER NOT NULL,
    PRIMARY KEY (rule, subject)
) WITHOUT ROWID;
-- What the analysis knows after all readings stored but those noted in `watched`, which it was given
-- since, a group at a time.
CREATE TABLE watching (id INTEGER PRIMARY KEY, state BLOB NOT NULL); -- sealed
CREATE TABLE watched (
    number INTEGER NOT NULL,           -- of the group
    device INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    first_index INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (number, device, sequence)
) WITHOUT ROWID;
-- The one it watches by.
CREATE TABLE care_plan (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,              -- of its encrypted file, as the chain has it
    document BLOB NOT NULL             -- sealed
);
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
    finding BLOB,                      -- or condition; sealed; gone once encrypted to the patient
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
    part INTEGER NOT NULL,             -- no two parts open the same hour
    nodes BLOB NOT NULL,               -- sealed
    PRIMARY KEY (generation, category, part)
);
CREATE TABLE quarantine (
    id INTEGER PRIMARY KEY,
    first_ms INTEGER NOT NULL,
    last_ms INTEGER NOT NULL,
    times INTEGER NOT NULL,
    code TEXT NOT NULL,
    device INTEGER,
    sequence INTEGER,
    line_digest BLOB NOT NULL,         -- a mark under the store's key
    line BLOB NOT NULL,                -- sealed
    source INTEGER,                    -- device that the transport authenticated
    UNIQUE (line_digest, code)
);
CREATE INDEX quarantine_source ON quarantine (source, code, id);

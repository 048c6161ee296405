-- What was told whom, how often it was tried, and how far the chain has been read.

CREATE TABLE progress (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    height INTEGER NOT NULL,
    -- Of that block, milliseconds: another time at the same height is another history.
    time_ms INTEGER NOT NULL,
    -- The highest number of an alert that was looked at.
    alert INTEGER NOT NULL DEFAULT 0
);

-- Blocks that could not be read.
CREATE TABLE gap (
    from_height INTEGER PRIMARY KEY,
    to_height INTEGER NOT NULL,
    why TEXT NOT NULL,
    noted_ms INTEGER NOT NULL
);

CREATE TABLE notice (
    id TEXT PRIMARY KEY,
    -- What happened, once for each person.
    thing TEXT NOT NULL,
    person TEXT NOT NULL,
    message TEXT NOT NULL,
    urgency INTEGER NOT NULL,
    alert INTEGER,
    tier INTEGER,
    made_ms INTEGER NOT NULL,
    deadline_ms INTEGER NOT NULL,
    state INTEGER NOT NULL DEFAULT 0,
    -- Code of the last failure.
    why TEXT,
    -- Of the route that is tried next, and how often all were.
    route INTEGER NOT NULL DEFAULT 0,
    round INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    next_ms INTEGER NOT NULL,
    ended_ms INTEGER,
    -- An alert that reached nobody still has to be carried on.
    carry_on INTEGER NOT NULL DEFAULT 0,
    UNIQUE (thing, person)
);
CREATE INDEX notice_waiting ON notice (person, urgency DESC, next_ms) WHERE state = 0;
CREATE INDEX notice_alert ON notice (alert) WHERE state = 0 AND alert IS NOT NULL;
CREATE INDEX notice_carry_on ON notice (id) WHERE carry_on = 1;
CREATE INDEX notice_ended ON notice (ended_ms) WHERE state > 0;

CREATE TABLE attempt (
    notice TEXT NOT NULL REFERENCES notice (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    route TEXT NOT NULL,
    outcome TEXT NOT NULL,
    PRIMARY KEY (notice, number)
) WITHOUT ROWID;

-- Routes behind which nobody is any more, by SHA-256.
CREATE TABLE gone (
    route TEXT PRIMARY KEY,
    at_ms INTEGER NOT NULL
) WITHOUT ROWID;

-- What to look at again, and when, in block seconds.
CREATE TABLE later (
    kind TEXT NOT NULL,
    about TEXT NOT NULL,
    at_s INTEGER NOT NULL,
    PRIMARY KEY (kind, about)
) WITHOUT ROWID;
CREATE INDEX later_at ON later (at_s);

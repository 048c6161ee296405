-- From version 1 to 2. A fresh store is made by schema.sql; a test holds the two to the same shape.
ALTER TABLE batch ADD COLUMN half INTEGER NOT NULL DEFAULT 0;
ALTER TABLE batch ADD COLUMN implausible INTEGER NOT NULL DEFAULT 0;
ALTER TABLE batch ADD COLUMN poor INTEGER NOT NULL DEFAULT 0;
ALTER TABLE batch ADD COLUMN sudden INTEGER NOT NULL DEFAULT 0;
ALTER TABLE frame ADD COLUMN assessed BLOB;
ALTER TABLE quarantine ADD COLUMN source INTEGER;
CREATE INDEX quarantine_source ON quarantine (source, code, id);
CREATE TABLE heard (
    device INTEGER PRIMARY KEY,
    last_seen_ms INTEGER,
    battery INTEGER,
    battery_ms INTEGER
);
CREATE TABLE wanted (device INTEGER PRIMARY KEY, asked_ms INTEGER);
CREATE TABLE gap (
    device INTEGER NOT NULL,
    first INTEGER NOT NULL,
    next INTEGER NOT NULL,
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
    subject TEXT NOT NULL,
    since_ms INTEGER NOT NULL,
    PRIMARY KEY (rule, subject)
) WITHOUT ROWID;

-- From version 3 to 4. A key holds for the batches from its number on; of the one that is stored the
-- registry tells that number when it is asked.
CREATE TABLE device_key (
    device INTEGER NOT NULL REFERENCES device (device) ON DELETE CASCADE,
    from_sequence INTEGER NOT NULL,
    scheme INTEGER NOT NULL,
    key BLOB NOT NULL,
    PRIMARY KEY (device, from_sequence)
) WITHOUT ROWID;
INSERT INTO device_key SELECT device, 0, scheme, key FROM device;
ALTER TABLE device DROP COLUMN scheme;
ALTER TABLE device DROP COLUMN key;
CREATE TABLE ended_pairing (
    device INTEGER NOT NULL REFERENCES device (device) ON DELETE CASCADE,
    pairing INTEGER NOT NULL,
    to_ms INTEGER NOT NULL,
    PRIMARY KEY (device, pairing)
) WITHOUT ROWID;

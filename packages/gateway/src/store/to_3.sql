-- From version 2 to 3. The analysis begins anew: it is of the patient now, not of each device.
DROP TABLE monitor;
CREATE TABLE watching (id INTEGER PRIMARY KEY, state BLOB NOT NULL);
CREATE TABLE watched (
    number INTEGER NOT NULL,
    device INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    first_index INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (number, device, sequence)
) WITHOUT ROWID;
CREATE TABLE care_plan (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    document BLOB NOT NULL
);

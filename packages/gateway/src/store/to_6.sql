-- From version 5 to 6. What is not told here the registry tells when it is asked.
ALTER TABLE device ADD COLUMN paired_from INTEGER NOT NULL DEFAULT 0;
CREATE TABLE anchored_until (
    device INTEGER NOT NULL REFERENCES device (device) ON DELETE CASCADE,
    category INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (device, category)
) WITHOUT ROWID;
CREATE TABLE sealed_from (epoch INTEGER NOT NULL);
-- A digest without a key told which of few lines it was.
UPDATE quarantine SET line_digest = randomblob(32);
